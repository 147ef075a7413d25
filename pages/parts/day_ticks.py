"""How days are written below a chart where the reader's language is not English, whose months are all Plotly knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pages.parts import charts, language

_DAYS, _MONTHS = (1, 2, 7, 14), (1, 2, 3, 6, 12, 24, 60, 120)  # from one tick to the next
_MOST = {True: 4, False: 9}  # ticks there is room for: on a phone, and else


def day_ticks(since: date, until: date) -> dict[str, Any]:
    """Properties of an axis from ``since`` to ``until``: ticks at round days, named in the reader's language."""
    if language.current() == "en":
        return {}
    most = _MOST[charts.is_phone()]
    for step in _DAYS:
        if (until - since).days / step < most:
            days = [since + timedelta(days=past) for past in range(0, (until - since).days + 1, step)]
            return _axis(days, list(_days_named(days)))
    step = next((each for each in _MONTHS if len(list(_firsts(since, until, each))) <= most), _MONTHS[-1])
    firsts = list(_firsts(since, until, step))
    return _axis(firsts, [str(day.year) if step >= 12 else language.short_month(day) for day in firsts])


def _axis(days: list[date], names: list[str]) -> dict[str, Any]:
    return {"tickmode": "array", "tickvals": days, "ticktext": names}


def _days_named(days: list[date]) -> Iterator[str]:
    """Day and month; below it the year, where it is another than before."""
    year = None
    for day in days:
        yield language.short_day(day) + (f"<br>{day.year}" if day.year != year else "")
        year = day.year


def _firsts(since: date, until: date, step: int) -> Iterator[date]:
    """The first days of every ``step`` months, counted from a year that they divide."""
    number = -(-(since.year * 12 + since.month - 1 + (since.day > 1)) // step) * step
    while (day := date(number // 12, number % 12 + 1, 1)) <= until:
        yield day
        number += step
