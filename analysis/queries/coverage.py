"""What an archive holds much of and what it hardly holds: the gaps that a reader of its counts must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.queries.dates import as_day
from analysis.schema import Basis, Kind

_THIN = 0.5  # a year with less than half of the median year's statements is thin


@dataclass(frozen=True, slots=True)
class Share:
    """A value and how many statements have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the counts of some statements rest on. Every count is of ``statements`` unless it says otherwise."""

    statements: int
    undated: int
    published: int  # stand at their publication date, for want of a better one
    nameless: int  # without a speaker
    indirect: int  # reported, without quotation marks
    once: int  # printed in one place only
    first: date | None
    last: date | None
    half_since: int | None  # the latest year from which on half of the dated statements stand; None: none is dated
    recent: int  # dated statements from that year on
    thin_years: tuple[Share, ...]  # with less than half of the median year's, fewest first
    empty_years: tuple[int, ...]  # between the first and the last
    sides: tuple[Share, ...]  # most first; a joint statement counts for each side
    speakers: tuple[Share, ...]  # by entity id, most first; a joint statement counts for each
    sources: tuple[Share, ...]  # who prints them, most first

    @property
    def dated(self) -> int:
        """Statements whose day is known."""
        return self.statements - self.undated

    @property
    def heard_once(self) -> int:
        """Speakers with a single statement."""
        return sum(share.count == 1 for share in self.speakers)


def coverage(statements: pd.DataFrame) -> Coverage:
    """What ``statements`` hold much of and what they lack. Equal counts go by value."""
    basis, days = statements["said_on_basis"], statements["said_on"]
    years = days.dropna().dt.year
    by_year = years.value_counts().sort_index()
    half_since, recent = _latest_half(by_year)
    typical = float(by_year.median()) if len(by_year) else 0.0
    thin = sorted((int(count), int(year)) for year, count in by_year.items() if count < _THIN * typical)
    span = range(int(years.min()), int(years.max()) + 1) if len(years) else range(0)
    return Coverage(
        statements=len(statements),
        undated=int(days.isna().sum()),
        published=int((basis == Basis.PUBLISHED).sum()),
        nameless=int(statements["speaker_id"].isna().sum()),
        indirect=int((statements["kind"] == Kind.INDIRECT).sum()),
        once=int((statements["prints"] == 1).sum()),
        first=as_day(days.min()),
        last=as_day(days.max()),
        half_since=half_since,
        recent=recent,
        thin_years=tuple(Share(str(year), count) for count, year in thin),
        empty_years=tuple(year for year in span if year not in by_year.index),
        sides=_shares(statements["sides"].explode()),
        speakers=_shares(statements["speaker_members"].explode()),
        sources=_shares(statements["source_publisher"]),
    )


def most_printed(statements: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The statements printed more than once, most prints first; equal ones newest first, then by identifier."""
    several = statements[statements["prints"] > 1].sort_values("statement_id", kind="stable")
    ordered = several.sort_values(["prints", "said_on"], ascending=False, na_position="last", kind="stable")
    return ordered.head(limit)


def _latest_half(by_year: pd.Series) -> tuple[int | None, int]:
    """The latest year from which on at least half of the statements stand, and how many these are."""
    total, recent = int(by_year.sum()), 0
    for year, count in reversed(list(by_year.items())):
        recent += int(count)
        if 2 * recent >= total:
            return int(year), recent
    return None, 0


def _shares(values: pd.Series | Sequence[str]) -> tuple[Share, ...]:
    counts = pd.Series(values).dropna().value_counts()
    return tuple(
        Share(str(value), int(count))
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    )
