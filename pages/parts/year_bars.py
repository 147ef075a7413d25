"""Statements by year and side as bars of plain HTML: the first page needs no charting program, which is 4.7 MB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analysis.queries import timeline
from analysis.queries.lanes import Lane
from analysis.queries.timeline import Unit
from pages.parts import charts, coverage, data, palette, plot, text
from pages.parts.charts import PATTERNS
from pages.parts.language import number, tr
from pages.parts.picked import Picked

_GRID = 5  # lines at most
_NAMED, _NAMED_NARROW = 15, 5  # years at most; style.css says from which width on
_SIGNS = {"": "", "/": "slash", "x": "cross", ".": "dots", "-": "lines", "+": "plus", "|": "bars", "\\": "back"}


def draw(picked: Picked) -> None:
    """Draw the chart with the numbers behind it; who opens these gets Plotly's, whose camera saves a picture."""
    st.subheader(tr("Statements by year and side"), anchor=False)
    counts, last = picked.bars(Unit.YEAR), data.current().last_day
    place = st.container()
    coverage.unfinished_note(counts["period"])
    numbers = st.expander(tr("The numbers behind the chart"), on_change="rerun", key="numbers")
    lanes, names = picked.along().lanes, picked.lane_names()
    if not numbers.open:
        place.html(picked.keep("year_bars", lambda: html(counts, lanes, names, last)))
        return
    ticks = _NAMED_NARROW if charts.is_phone() else _NAMED
    chart = picked.keep(("years", ticks), lambda: charts.years_by_side(counts, lanes, names, ticks, last))
    with place:
        plot.draw(chart, "years", charts.config("by-year-and-side"))
    with numbers:
        coverage.by_year(picked)


def html(counts: pd.DataFrame, lanes: Sequence[Lane], names: Sequence[str], last: date | None) -> str:
    """HTML of the bars. ``counts`` is from ``PeriodCounts.bars`` by year.

    last: the archive's last day; the year that it leaves unfinished is paler.
    """
    summary = charts.in_words(counts, last)
    if counts.empty:
        return f'<p class="or-soft">{text.escape(summary)}</p>'
    by_year: dict[int, dict[str, int]] = {}
    for since, lane, count in zip(counts["since"], counts["lane"], counts["count"], strict=True):
        by_year.setdefault(since.year, {})[lane] = int(count)
    years = range(min(by_year), max(by_year) + 1)
    top, step = _scale(max(sum(each.values()) for each in by_year.values()))
    cut = timeline.unfinished(last, Unit.YEAR)
    columns = "".join(_column(year, by_year.get(year, {}), lanes, names, top, str(year) == cut) for year in years)
    lines = "".join(
        f'<hr class="or-line" style="bottom:{100 * value / top:.2f}%">'
        f'<span style="bottom:{100 * value / top:.2f}%">{number(value)}</span>'
        for value in range(0, top + 1, step)
    )
    below = "".join(_label(year, len(years)) for year in years)
    named = "".join(
        f'<li><i class="{_sign(lane.lane)}" style="--side:{palette.colour(lane.lane)}"></i>{text.escape(name)}</li>'
        for lane, name in zip(lanes, names, strict=True)
    )
    return (
        f'<figure class="or-years"><div role="img" aria-label="{text.escape(summary)}">'
        f'<p class="or-soft or-unit">{tr("Statements")}</p>'
        f'<div class="or-bars"><div class="or-grid">{lines}</div>{columns}</div>'
        f'<div class="or-below">{below}</div></div>'
        f'<ul class="or-key">{named}</ul></figure>'
    )


def _column(
    year: int, found: dict[str, int], lanes: Sequence[Lane], names: Sequence[str], top: int, is_cut: bool
) -> str:
    """One year's bar, the first side lowest."""
    parts = [
        f'<b class="{_sign(lane.lane)}" style="height:{100 * found[lane.lane] / top:.3f}%;'
        f'--side:{palette.colour(lane.lane)}" title="{text.escape(name)}, {year}: {number(found[lane.lane])}"></b>'
        for lane, name in zip(lanes, names, strict=True)
        if found.get(lane.lane)
    ]
    return f"<div{' class=or-cut' if is_cut else ''}>{''.join(reversed(parts))}</div>"


def _sign(lane: str) -> str:
    """The class of a side's pattern: a second sign beside colour."""
    name = _SIGNS[PATTERNS.get(lane, "\\")]
    return f"or-sign-{name}" if name else ""


def _scale(most: int) -> tuple[int, int]:
    """The height of the axis and the step between its lines, round numbers both."""
    step = 1
    while most / step > _GRID:
        step = step * 10 // 4 if str(step).startswith("2") else step * 2  # 1, 2, 5, 10, 20 …
    return -(-most // step) * step, step


def _label(year: int, years: int) -> str:
    """The place of a year's name, empty where there is no room for it; how wide the chart is only the browser knows."""
    wide, narrow = (year % _apart(years, most) == 0 for most in (_NAMED, _NAMED_NARROW))
    if not wide and not narrow:
        return "<span></span>"
    return f"<span{'' if wide and narrow else ' class=or-wide' if wide else ' class=or-narrow'}>{year}</span>"


def _apart(years: int, ticks: int) -> int:
    """Every how many years one is named."""
    return next(each for each in (1, 2, 5, 10, 20, 50, 100) if years <= each * ticks or each == 100)
