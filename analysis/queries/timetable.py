"""A release's statements laid out along time once, and any selection of them as a timeline draws it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.queries.lanes import MOST_LANES, By, Lane, LaneTable, Standing
from analysis.queries.period_counts import PeriodCounts, count, totals
from analysis.queries.shares import Whole
from analysis.queries.timeline import (
    MOST_BARS_ASKED,
    PERIODS,
    Calendar,
    Marks,
    Unit,
    drawable,
    marks,
    periods_in,
    unit_for,
)

Days = tuple[date | None, date | None]


class Timetable:
    """The days and lanes of a release's statements. Laying out 100,000 takes some 80 ms, a selection some 5 ms."""

    def __init__(self, statements: pd.DataFrame) -> None:
        self._statements = statements
        self.calendar = Calendar(statements)
        self._tables: dict[By, LaneTable] = {}

    def lane_table(self, by: By) -> LaneTable:
        """The table's lanes by side, speaker or publisher."""
        if by not in self._tables:
            self._tables[by] = LaneTable(self._statements, by)
        return self._tables[by]

    def along(self, places: np.ndarray | None, by: By, asked: Days = (None, None), most: int = MOST_LANES) -> Along:
        """The statements at ``places`` along time; all when None.

        asked: the first and last day that the filters ask for. most: lanes, beside that for what is not known.
        """
        return Along(self.calendar, self.lane_table(by), places, asked, most)


class Along:
    """Some statements along time, in their lanes. Everything is by their places in the statements table."""

    def __init__(self, calendar: Calendar, table: LaneTable, places: np.ndarray | None, asked: Days, most: int) -> None:
        self.calendar = calendar
        self._dated = calendar.known(places)  # in the table's order
        self.lanes: list[Lane] = table.lanes(self._dated, most)
        self.standing: Standing = table.standing(self.lanes)
        self._asked = asked
        self._units: dict[Unit | None, Unit] = {}
        self.reach = self._reach()

    @cached_property
    def rows(self) -> np.ndarray:
        """Places of the dated ones, oldest first."""
        return self.calendar.dated(self._dated)

    def _reach(self) -> tuple[date, date] | None:
        """The first and last day to draw: those asked for, within the release's own; None where none is dated."""
        every, own = self.calendar.reach(self.calendar.known()), self.calendar.reach(self._dated)
        if every is None or own is None:
            return None
        since, until = self._asked
        return max(since, every[0]) if since else own[0], min(until, every[1]) if until else own[1]

    @cached_property
    def marks(self) -> Marks:
        """Where they stand as marks; only for so few that they can be drawn."""
        if self.reach is None:
            none = np.zeros(0, dtype=np.int64)
            return Marks(none, none, none)
        return marks(self.calendar, self.rows, self.standing, self.reach)

    def unit(self, asked: Unit | None = None) -> Unit:
        """How to draw them: as ``asked``, where a browser can, else as finely as can be read."""
        if asked not in self._units:
            self._units[asked] = self._unit(asked)
        return self._units[asked]

    def _unit(self, asked: Unit | None) -> Unit:
        if asked is not None:
            return self._with_few_bars(drawable(asked, len(self._dated), self.reach))
        found = unit_for(len(self._dated), self.reach)
        return found if found is not Unit.STATEMENT else unit_for(len(self._dated), self.reach, self.marks.highest)

    def _with_few_bars(self, unit: Unit) -> Unit:
        """``unit``, or the next coarser one of which a browser can draw all bars."""
        while unit not in (Unit.STATEMENT, Unit.YEAR) and self.reach is not None:
            room = MOST_BARS_ASKED // max(1, len(self.lanes))
            counts = None if periods_in(self.reach, unit) <= room else self.counts(unit)
            if counts is None or np.count_nonzero(counts.counts) <= MOST_BARS_ASKED:
                break
            unit = PERIODS[PERIODS.index(unit) + 1]
        return unit

    def counts(self, unit: Unit, of: Whole | None = None) -> PeriodCounts | None:
        """Their counts by lane and period, as shares of what the dates and lanes alone keep; None where none is dated.

        of: what they are a share of; None for counts alone.
        """
        if self.reach is None:
            return None
        counted = count(self.calendar, self._dated, self.standing, self.lanes, unit, self.reach)
        if of is None:
            return counted
        since, until = self._asked
        every = self.calendar.known()
        if since or until:
            every = self.calendar.between(self.calendar.dated(), since or date.min, until or date.max)
        if of is Whole.PERIOD:
            return counted.of_all(totals(self.calendar, every, unit, self.reach))
        return counted.of_lanes(count(self.calendar, every, self.standing, self.lanes, unit, self.reach))

    def bar(self, lane: str, since: date, until: date) -> np.ndarray:
        """Those of a lane from ``since`` to ``until``, oldest first; none where there is no such lane."""
        at = next((at for at, drawn in enumerate(self.lanes) if drawn.lane == lane), -1)
        within = self.calendar.between(self.rows, since, until)
        return self.standing.within(within, at) if at >= 0 else within[:0]
