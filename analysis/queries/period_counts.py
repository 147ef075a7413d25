"""How many statements stand in each lane and period, and what share of that period's statements they are.

Counted from numbers and days laid out once, without touching a statement: some 20 ms for a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.queries.lanes import Lane, Standing
from analysis.queries.timeline import Calendar, Unit, first_day, last_day, number, period_name, periods_in

LEAST_OF = 10  # a share of fewer statements is an accident's


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """Dated statements by lane and period."""

    lanes: tuple[Lane, ...]
    unit: Unit  # never STATEMENT
    first: int  # the first period, as ``timeline.number`` counts
    counts: np.ndarray  # (lanes, periods) int64
    of: np.ndarray | None = None  # (lanes, periods) int64: what each count is a share of; None: nothing

    def bars(self) -> pd.DataFrame:
        """The counts that are not 0, in lane order, then by period.

        Columns: lane, period ("2023", "2023-Q1", "2023-03", "2023-03-21"), since (its first day), until (its last),
        count, and of: the statements it is a share of, 0 where nothing is said about shares.
        """
        at, periods = np.nonzero(self.counts)
        starts = {int(period): first_day(self.first + int(period), self.unit) for period in np.unique(periods)}
        days = [starts[int(period)] for period in periods]
        columns = {
            "lane": [self.lanes[lane].lane for lane in at],
            "period": [period_name(day, self.unit) for day in days],
            "since": days,
            "until": [last_day(day, self.unit) for day in days],
        }
        of = np.zeros(len(at), dtype=np.int64) if self.of is None else self.of[at, periods]
        made = {name: pd.Series(column, dtype=object) for name, column in columns.items()}
        return pd.DataFrame({**made, "count": self.counts[at, periods], "of": of})

    @property
    def reach(self) -> tuple[date, date]:
        """The first day of the first period and the last of the last."""
        last = first_day(self.first + self.counts.shape[1] - 1, self.unit)
        return first_day(self.first, self.unit), last_day(last, self.unit)

    def names(self) -> list[str]:
        """The name of every period, also of those without statements."""
        spans = range(self.first, self.first + self.counts.shape[1])
        return [period_name(first_day(period, self.unit), self.unit) for period in spans]

    def of_lanes(self, others: PeriodCounts) -> PeriodCounts:
        """The same counts as shares of ``others``' of the same lane and period."""
        return replace(self, of=others.counts)

    def of_all(self, totals: np.ndarray) -> PeriodCounts:
        """The same counts as shares of ``totals``, (periods,): every lane's together."""
        return replace(self, of=np.broadcast_to(totals, self.counts.shape))


def bars_of(counts: PeriodCounts | None) -> pd.DataFrame:
    """The bars of ``counts``; without them none, with the same columns."""
    nothing = np.zeros((0, 0), dtype=np.int64)
    return (counts or PeriodCounts((), Unit.YEAR, 0, nothing)).bars()


def count(
    calendar: Calendar,
    rows: np.ndarray,
    standing: Standing,
    lanes: Sequence[Lane],
    unit: Unit,
    reach: tuple[date, date],
) -> PeriodCounts:
    """The statements at ``rows``, dated places, by lane and by the periods of ``unit`` that ``reach`` touches.

    What falls outside ``reach``, or into none of ``lanes``, is not counted; what stands in two lanes is in both.
    """
    first, width = number(reach[0], unit), periods_in(reach, unit)
    at, of_lane = standing.of(rows)
    periods = calendar.numbers(rows, unit)[at] - first
    inside = (periods >= 0) & (periods < width)
    cells = of_lane * width + periods  # fewer than 2**31: MOST_LANES lanes of some thousand periods
    if not inside.all():
        cells = cells[inside]
    counted = np.bincount(cells, minlength=len(lanes) * width)
    return PeriodCounts(tuple(lanes), unit, first, counted.reshape(len(lanes), width))


def totals(calendar: Calendar, rows: np.ndarray, unit: Unit, reach: tuple[date, date]) -> np.ndarray:
    """The statements at ``rows``, dated places, by the periods of ``unit`` that ``reach`` touches: (periods,) int64.

    Each is counted once, in however many lanes it stands.
    """
    first, width = number(reach[0], unit), periods_in(reach, unit)
    periods = calendar.numbers(rows, unit) - first
    return np.bincount(periods[(periods >= 0) & (periods < width)], minlength=width)
