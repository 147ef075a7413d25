"""Days, months and years as a query writes them: 2022-02-24, 2022-02, 2022, "February 2022", 2022-02..2022-05."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.calendar_days import MONTHS, read_day

DATE_FIELDS = ("after", "before", "until", "on", "near")

_LONGEST = 60  # characters
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})\.(\d{4})|(\d{4})年(\d{1,2})月")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\.?[ ,_-]+(\d{4})|(\d{4})[ _-]+([^\W\d_]+)")
_AROUND = re.compile(r"(.*?)(?:~|±|\+-|\+/-)(\d{1,4})")
_DAYS_AROUND = {"day": 7, "month": 15, "year": 90}  # what "near" adds on either side unless it is told


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive; None: open at that end."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """True when ``day`` is in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def is_empty(self) -> bool:
        """True when it runs backwards and so holds no day."""
        return bool(self.first and self.last and self.first > self.last)


def read_period(field: str, written: str) -> tuple[str, Period] | None:
    """What ``written`` after "after:", "before:", "until:", "on:" or "near:" means, and its plainest spelling.

    "after" begins with the first day of what is written, "before" ends on the day before it, "until" ends with its
    last day, "on" is the whole of it, or a range "2022-02..2022-05". "near" adds 7 days on either side of a day,
    15 of a month, 90 of a year, or as many as "2022-02-24~30" says. None where no day can be read.
    """
    written = " ".join(written.split())
    if len(written) > _LONGEST:
        return None
    if field == "on" and ".." in written:
        return _range(written)
    around = _AROUND.fullmatch(written) if field == "near" else None
    found = _stretch(around[1].strip() if around else written)
    if found is None:
        return None
    plain, first, last = found
    try:
        match field:
            case "after":
                return plain, Period(first, None)
            case "before":
                return plain, Period(None, first - timedelta(1))
            case "until":
                return plain, Period(None, last)
            case "on":
                return plain, Period(first, last)
    except OverflowError:
        return None
    days = int(around[2]) if around else _DAYS_AROUND[("year", "month", "day")[plain.count("-")]]
    return f"{plain}~{days}" if around else plain, _widened(first, last, days)


def _range(written: str) -> tuple[str, Period] | None:
    start, _, end = written.partition("..")
    ends = [_stretch(part.strip()) if part.strip() else ("", None, None) for part in (start, end)]
    if ends[0] is None or ends[1] is None or not (ends[0][0] or ends[1][0]):
        return None
    return f"{ends[0][0]}..{ends[1][0]}", Period(ends[0][1], ends[1][2])


def _stretch(written: str) -> tuple[str, date, date] | None:
    """The plainest spelling, first and last day of a day, a month or a year."""
    if day := read_day(written):
        return day.isoformat(), day, day
    if _YEAR.fullmatch(written):
        return _year(int(written))
    numbers = _MONTH.fullmatch(written)
    if numbers:
        year = next(int(part) for part in numbers.group(1, 4, 5) if part)
        month = next(int(part) for part in numbers.group(2, 3, 6) if part)
        return _month(year, month)
    named = _NAMED_MONTH.fullmatch(written)
    if named:
        name, number = (named[1], named[2]) if named[1] else (named[4], named[3])
        return _month(int(number), MONTHS.get(name.casefold(), 0))
    return None


def _year(year: int) -> tuple[str, date, date] | None:
    return (f"{year:04d}", date(year, 1, 1), date(year, 12, 31)) if year >= 1 else None


def _month(year: int, month: int) -> tuple[str, date, date] | None:
    if year < 1 or not 1 <= month <= 12:
        return None
    return f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _widened(first: date, last: date, days: int) -> Period:
    """``days`` more on either side, as far as the calendar goes."""
    return Period(
        date.fromordinal(max(first.toordinal() - days, 1)),
        date.fromordinal(min(last.toordinal() + days, date.max.toordinal())),
    )
