"""What the filters keep, and what pages derive from it: computed once for each selection and release, then shared."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.queries.coverage import Coverage, coverage
from analysis.queries.lanes import By
from analysis.queries.period_counts import PeriodCounts, bars_of
from analysis.queries.selection import Selection
from analysis.queries.shares import Whole
from analysis.queries.timeline import Unit
from analysis.queries.timetable import Along, Timetable
from pages.parts import language
from pages.parts.lane_names import lane_colour, lane_name

Kept = TypeVar("Kept")
_MOST_KEPT = 48  # figures of one selection: units, with and without events, opened bars


class Picked:
    """The statements of one selection. Frames and figures are shared between sessions: never change one."""

    def __init__(
        self,
        table: pd.DataFrame,
        places: np.ndarray | None,
        asked: Selection,
        timetable: Timetable,
        names: Mapping[str, str],
        sides: Mapping[str, str],
        side_names: Mapping[str, str],
    ) -> None:
        """table: every statement of the release. places: (m,) ascending, of those that are kept; None for all."""
        self._table, self._kept_places = table, places
        self._asked, self._timetable = asked, timetable
        self._names, self._sides, self._side_names = names, sides, side_names
        self._along: dict[By, Along] = {}
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._table if self._kept_places is None else self._kept_places)

    @cached_property
    def places(self) -> np.ndarray:
        """Their places in the release's statements table, ascending: (m,) intp."""
        return np.arange(len(self._table)) if self._kept_places is None else self._kept_places

    def holds(self, place: int) -> bool:
        """True when the statement at this place of the table is kept."""
        if self._kept_places is None:
            return 0 <= place < len(self._table)
        at = int(np.searchsorted(self._kept_places, place))
        return at < len(self._kept_places) and int(self._kept_places[at]) == place

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Their rows, in the table's order: for large releases rather look up the few that are shown."""
        return self._table if self._kept_places is None else self._table.iloc[self._kept_places]

    @cached_property
    def dated(self) -> np.ndarray:
        """Places of those whose day is known, oldest first."""
        return self._timetable.calendar.dated(self._kept_places)

    @cached_property
    def undated(self) -> np.ndarray:
        """Places of those whose day is not known."""
        return self._timetable.calendar.undated(self._kept_places)

    @cached_property
    def newest_first(self) -> np.ndarray:
        """Places of all of them, newest first, undated ones last."""
        return self._timetable.calendar.newest_first(self._kept_places)

    @cached_property
    def order(self) -> np.ndarray:
        """Places of all of them in the order of the timeline, oldest first, undated ones last."""
        return self._timetable.calendar.in_order(self._kept_places)

    @cached_property
    def gaps(self) -> Coverage:
        """What they hold much of and what they lack."""
        return coverage(self._table, self.places)

    def along(self, by: By = By.SIDE) -> Along:
        """All of them along time, in lanes by side, speaker or publisher."""
        if by not in self._along:
            asked = self._asked
            self._along[by] = self._timetable.along(self._kept_places, by, (asked.since, asked.until))
        return self._along[by]

    def counts(self, unit: Unit, by: By = By.SIDE, of: Whole | None = None) -> PeriodCounts | None:
        """Dated statements by lane and period of ``unit``, as shares of ``of``; None where none is dated."""
        return self.keep(("counts", unit, by, of), lambda: self.along(by).counts(unit, of))

    def bars(self, unit: Unit, by: By = By.SIDE) -> pd.DataFrame:
        """The same without shares as a table, which ``PeriodCounts.bars`` explains."""
        return self.keep(("bars", unit, by), lambda: bars_of(self.counts(unit, by)))

    def lane_names(self, by: By = By.SIDE) -> list[str]:
        """The names of the lanes in the reader's language."""
        return self.keep(
            ("lane names", by),
            lambda: [lane_name(lane, by, self._names, self._side_names) for lane in self.along(by).lanes],
        )

    def lane_colours(self, by: By = By.SIDE) -> list[str]:
        """The colours of the lanes."""
        return [lane_colour(lane, by, self._sides) for lane in self.along(by).lanes]

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What ``make`` gives, made once for each ``key`` and language; the least used are dropped."""
        key = (language.current(), key)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Kept = self._kept[key]
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
