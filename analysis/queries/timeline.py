"""Statements along time: their order, the periods that bars count, and where marks stand.

A statement is named by its place in the statements table, so that nothing is built for what is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.messages import message
from analysis.queries.codes import days_of
from analysis.queries.lanes import Standing

MOST_MARKS = 300  # above it, marks hide each other on a screen's width
MOST_MARKS_ASKED = 1_000  # above it, a browser is slow to draw them, so even who asks gets bars
MOST_BARS = 96  # above it, bars become hairlines
MOST_PERIODS_ASKED = 400  # above it, bars cannot be told apart at all
MOST_BARS_ASKED = 800  # of all lanes together; above it, a browser takes seconds to draw them
PILES_ACROSS = 140  # marks nearer to each other than a 140th of the width pile up
HIGHEST_PILE = 24  # above it, the marks of a pile cover each other


class Unit(StrEnum):
    """How a timeline is drawn: every statement, or counts by period."""

    STATEMENT = "statement"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
PERIODS = (Unit.DAY, Unit.MONTH, Unit.QUARTER, Unit.YEAR)  # finest first


class Calendar:
    """The days of a statements table, laid out once so that ordering and counting are quick."""

    def __init__(self, statements: pd.DataFrame) -> None:
        self._days = days_of(statements)
        known = ~np.isnat(self._days)
        self._known = dated = np.flatnonzero(known)
        self._oldest = dated[np.argsort(self._days[dated], kind="stable")]
        self._newest = dated[np.argsort(-self._days[dated].astype(np.int64), kind="stable")]
        self._undated = np.flatnonzero(~known)
        months = self._days.astype("datetime64[M]").astype(np.int64)
        self._numbers = {unit: (months // each).astype(np.int32) for unit, each in _MONTHS.items()}
        self._numbers[Unit.DAY] = self._days.astype(np.int64).astype(np.int32)

    def dated(self, places: np.ndarray | None = None) -> np.ndarray:
        """Those of ``places`` whose day is known, oldest first; one day's in the table's order.

        places: of statements in the table, ascending; all of them when None. So in the other methods.
        """
        return self._among(self._oldest, places)

    def known(self, places: np.ndarray | None = None) -> np.ndarray:
        """Those of ``places`` whose day is known, in the table's order: for counting, which it makes quicker."""
        return self._known if places is None else places[~np.isnat(self._days[places])]

    def undated(self, places: np.ndarray | None = None) -> np.ndarray:
        """Those of ``places`` whose day is not known, in the table's order."""
        return self._among(self._undated, places)

    def in_order(self, places: np.ndarray | None = None) -> np.ndarray:
        """All of ``places``, the dated ones oldest first, then the undated ones."""
        return np.concatenate([self.dated(places), self.undated(places)])

    def newest_first(self, places: np.ndarray | None = None) -> np.ndarray:
        """All of ``places``, newest first, one day's in the table's order, undated ones last."""
        return np.concatenate([self._among(self._newest, places), self.undated(places)])

    def _among(self, order: np.ndarray, places: np.ndarray | None) -> np.ndarray:
        if places is None:
            return order
        kept = np.zeros(len(self._days), dtype=bool)
        kept[places] = True
        return np.asarray(order[kept[order]])

    def days(self, rows: np.ndarray) -> np.ndarray:
        """The days of the statements at ``rows``: (n,) datetime64[D]."""
        return np.asarray(self._days[rows])

    def reach(self, rows: np.ndarray) -> tuple[date, date] | None:
        """The first and last day of ``rows``, dated places; None where there are none."""
        if rows is self._known and len(rows):
            return self._days[self._oldest[0]].item(), self._days[self._oldest[-1]].item()
        days = self._days[rows]
        return (days.min().item(), days.max().item()) if len(rows) else None

    def between(self, rows: np.ndarray, since: date, until: date) -> np.ndarray:
        """Those of ``rows``, dated places oldest first, from ``since`` to ``until``, both inclusive."""
        days = self._days[rows]
        first = np.searchsorted(days, np.datetime64(since), side="left")
        return rows[first : np.searchsorted(days, np.datetime64(until), side="right")]

    def numbers(self, rows: np.ndarray, unit: Unit) -> np.ndarray:
        """The numbers of the periods that dated ``rows`` fall in, see ``number``: (n,) int32."""
        return np.asarray(self._numbers[unit][rows])


def number(day: date, unit: Unit) -> int:
    """The number of the period of ``unit`` that ``day`` falls in; that of 1 January 1970 is 0."""
    if unit is Unit.DAY:
        return (day - date(1970, 1, 1)).days
    return ((day.year - 1970) * 12 + day.month - 1) // _MONTHS[unit]


def first_day(period: int, unit: Unit) -> date:
    """The first day of the period that ``number`` gave."""
    if unit is Unit.DAY:
        return date(1970, 1, 1) + timedelta(days=period)
    months = period * _MONTHS[unit]
    return date(1970 + months // 12, months % 12 + 1, 1)


def periods_in(reach: tuple[date, date], unit: Unit) -> int:
    """How many periods of ``unit`` the days from first to last touch."""
    return number(reach[1], unit) - number(reach[0], unit) + 1


def unit_for(count: int, reach: tuple[date, date] | None, highest: int = 0) -> Unit:
    """The finest way to draw ``count`` dated statements from first to last day that can still be read.

    highest: of their marks, how many stand on each other at most.
    """
    if reach is None or (count <= MOST_MARKS and highest <= HIGHEST_PILE):
        return Unit.STATEMENT
    return next((unit for unit in PERIODS if periods_in(reach, unit) <= MOST_BARS), Unit.YEAR)


def drawable(asked: Unit, count: int, reach: tuple[date, date] | None) -> Unit:
    """``asked``, or what is nearest to it where so many marks or bars could not be drawn."""
    if reach is None or (asked is Unit.STATEMENT and count <= MOST_MARKS_ASKED):
        return asked
    if asked is Unit.STATEMENT:
        return unit_for(MOST_MARKS + 1, reach)
    coarser = PERIODS[PERIODS.index(asked) :]
    return next((unit for unit in coarser if periods_in(reach, unit) <= MOST_PERIODS_ASKED), Unit.YEAR)


@dataclass(frozen=True, slots=True)
class Marks:
    """Where statements stand as marks: three arrays of one length, in the order of their days."""

    rows: np.ndarray  # places in the statements table
    lanes: np.ndarray  # places of their lanes
    levels: np.ndarray  # 0 stands on the lane's line, 1 above it, and so on

    @property
    def highest(self) -> int:
        """How many marks stand on each other at most."""
        return int(self.levels.max(initial=-1)) + 1


def marks(calendar: Calendar, rows: np.ndarray, standing: Standing, reach: tuple[date, date]) -> Marks:
    """The marks of ``rows``, dated places oldest first, over the width of ``reach``.

    Statements of a lane that would cover each other on a screen are piled in order of day and place.
    """
    at, lanes = standing.of(rows)
    placed = rows[at]
    days = (calendar.days(placed) - np.datetime64(reach[0])).astype(np.int64)
    width = max(1.0, ((reach[1] - reach[0]).days + 1) / PILES_ACROSS)
    piles = lanes * (PILES_ACROSS + 2) + np.floor(days / width).astype(np.int64)
    order = np.argsort(piles, kind="stable")
    ranked = piles[order]
    levels = np.empty(len(piles), dtype=np.int64)
    levels[order] = np.arange(len(piles)) - np.searchsorted(ranked, ranked)
    return Marks(placed, lanes, levels)


def period_name(day: date, unit: Unit) -> str:
    """The period of ``unit`` that ``day`` falls in, as links carry it: "2023", "2023-Q1", "2023-03", "2023-03-21"."""
    if unit is Unit.YEAR:
        return f"{day.year:04d}"
    if unit is Unit.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}" if unit is Unit.MONTH else day.isoformat()


def period_days(name: str) -> tuple[date, date]:
    """The first and last day of a period that ``period_name`` wrote.

    Raises ValueError, in words for a reader, for anything else.
    """
    try:
        first, unit = _period(name)
    except ValueError:
        raise ValueError(
            message("period “{name}” is none; write it as 2023, 2023-Q1, 2023-03 or 2023-03-21", name=name)
        ) from None
    return first, last_day(first, unit)


def last_day(first: date, unit: Unit) -> date:
    """The last day of the period of ``unit`` that begins on ``first``."""
    if unit is Unit.DAY:
        return first
    behind = first.month - 1 + _MONTHS[unit]
    return date(first.year + behind // 12, behind % 12 + 1, 1) - timedelta(days=1)


def _period(name: str) -> tuple[date, Unit]:
    year, _, part = name.partition("-")
    if len(year) != 4 or not year.isdecimal():
        raise ValueError
    if not part:
        return date(int(year), 1, 1), Unit.YEAR
    if len(part) == 2 and part.startswith("Q"):
        return date(int(year), int(part[1:]) * 3 - 2, 1), Unit.QUARTER
    if len(part) == 2:
        return date(int(year), int(part), 1), Unit.MONTH
    if len(part) == 5:
        return date.fromisoformat(name), Unit.DAY
    raise ValueError


def whole_periods(since: datetime, until: datetime, unit: Unit) -> tuple[date, date]:
    """The first and last day of what a reader meant who drew a range from ``since`` to ``until``.

    Of periods, those whose middle lies within; of statements, the days whose beginning does. Where there is none, the
    period or day that the range begins in.
    """
    if unit is Unit.STATEMENT:
        first = since.date() + timedelta(days=since.time() > time())
        return (first, until.date()) if first <= until.date() else (since.date(), since.date())
    opening, closing = number(since.date(), unit), number(until.date(), unit)
    opening += _middle(opening, unit) < since
    closing -= _middle(closing, unit) > until
    if opening > closing:
        opening = closing = number(since.date(), unit)
    return first_day(opening, unit), last_day(first_day(closing, unit), unit)


def _middle(period: int, unit: Unit) -> datetime:
    first = first_day(period, unit)
    days = last_day(first, unit) - first + timedelta(days=1)
    return datetime.combine(first, time()) + days / 2


def shifted(since: date, until: date, by: int) -> tuple[date, date]:
    """As many days before (``by`` = -1) or after (1) the days from ``since`` to ``until``; whole months stay whole."""
    after = until + timedelta(days=1)
    if since.day == after.day == 1:
        first, next_one = number(since, Unit.MONTH), number(after, Unit.MONTH)
        months = (next_one - first) * by
        return first_day(first + months, Unit.MONTH), first_day(next_one + months, Unit.MONTH) - timedelta(days=1)
    days = (after - since) * by
    return since + days, until + days


def unfinished(last: date | None, unit: Unit) -> str | None:
    """The period of ``unit`` that data which end on ``last`` do not fill, by its name; None where they fill it."""
    if last is None or unit is Unit.STATEMENT:
        return None
    name = period_name(last, unit)
    return name if period_days(name)[1] > last else None


def neighbours(order: Sequence[str], current: str) -> tuple[str | None, str | None]:
    """The identifiers before and after ``current``; None at an end, both None where it is not in ``order``."""
    try:
        at = list(order).index(current)
    except ValueError:
        return None, None
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def position(order: np.ndarray, place: int) -> int | None:
    """Where ``place`` stands in ``order``; None where it does not."""
    found = np.flatnonzero(order == place)
    return int(found[0]) if len(found) else None
