"""How often something is said, when and by whom: counts of some statements of a release, beside all of a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.queries.codes import coded, days_of, words_in
from analysis.queries.timeline import Unit, period_name

_MONTHS_EACH = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_MOST_MONTHS = 30  # bars by month
_MOST_QUARTERS = 40  # bars by quarter


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """Dated statements of several queries by period, each period from the first that holds any to the last."""

    unit: Unit
    periods: tuple[str, ...]  # "2023", "2023-Q1" or "2023-03"
    counts: tuple[tuple[int, ...], ...]  # of each query, by period
    of: tuple[int, ...]  # by period: dated statements of the selection
    undated: tuple[int, ...]  # of each query

    def shares(self, query: int) -> list[float]:
        """The query's share of each period's statements, in percent; 0 where the period has none."""
        return [100 * count / of if of else 0.0 for count, of in zip(self.counts[query], self.of, strict=True)]


def by_period(
    statements: pd.DataFrame, selected: np.ndarray, queries: Sequence[np.ndarray], unit: Unit | None = None
) -> PeriodCounts:
    """Count what each query found. selected, queries: places in the table. unit: None for one that can be read.

    At a million statements selected it takes some 20 ms, mostly for counting these.
    """
    months = days_of(statements).astype("datetime64[M]")
    found = [months[places] for places in queries]
    known = [each[~np.isnat(each)].astype(np.int64) for each in found]
    undated = tuple(len(each) - len(dated) for each, dated in zip(found, known, strict=True))
    if not any(map(len, known)):
        return PeriodCounts(unit or Unit.YEAR, (), tuple(() for _ in queries), (), undated)
    first, last = (
        min(int(each.min()) for each in known if len(each)),
        max(int(each.max()) for each in known if len(each)),
    )
    unit = unit or readable_unit(last - first + 1)
    each_months = _MONTHS_EACH[unit]
    start, end = first // each_months, last // each_months
    every = months[selected]
    counted = [_counted(each, each_months, start, end) for each in (*known, every[~np.isnat(every)].astype(np.int64))]
    return PeriodCounts(unit, _names(unit, start, end), tuple(counted[:-1]), counted[-1], undated)


def readable_unit(months: int) -> Unit:
    """The finest unit whose bars can be told apart over so many months."""
    if months <= _MOST_MONTHS:
        return Unit.MONTH
    return Unit.QUARTER if months <= 3 * _MOST_QUARTERS else Unit.YEAR


def _counted(months: np.ndarray, each: int, start: int, end: int) -> tuple[int, ...]:
    periods = months // each
    inside = periods[(periods >= start) & (periods <= end)] - start
    return tuple(np.bincount(inside, minlength=end - start + 1).tolist())


def _names(unit: Unit, start: int, end: int) -> tuple[str, ...]:
    firsts = (np.arange(start, end + 1) * _MONTHS_EACH[unit]).astype("datetime64[M]").astype("datetime64[D]")
    return tuple(period_name(day, unit) for day in firsts.tolist())


def by_value(statements: pd.DataFrame, column: str, places: np.ndarray) -> dict[str, int]:
    """How many of the statements at ``places`` have each value of a facet's column; most first, equal ones by value.

    A statement with several values counts for each; one without counts for ``codes.UNKNOWN``.
    """
    codes, values = coded(statements, column)
    counts: dict[str, int] = {}
    for code, count in _tallied(codes[places], len(values)):
        for value in words_in(values[code]):
            counts[value] = counts.get(value, 0) + count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def by_year(statements: pd.DataFrame, places: np.ndarray) -> dict[int, int]:
    """How many of the statements at ``places`` were said in each year that has any, in order; undated ones nowhere."""
    days = days_of(statements)[places]
    years = days[~np.isnat(days)].astype("datetime64[Y]").astype(np.int64) + 1970
    found, counts = np.unique(years, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def years_of_value(statements: pd.DataFrame, column: str, value: str, places: np.ndarray) -> dict[int, int]:
    """``by_year`` of those at ``places`` that have ``value`` in a facet's column."""
    codes, values = coded(statements, column)
    having = np.fromiter((value in words_in(each) for each in values), dtype=bool, count=len(values))
    return by_year(statements, places[having[codes[places]]])


def _tallied(codes: np.ndarray, most: int) -> list[tuple[int, int]]:
    """Each code that is there, with how often."""
    counts = np.bincount(codes, minlength=most)
    there = np.flatnonzero(counts)
    return list(zip(there.tolist(), counts[there].tolist(), strict=True))
