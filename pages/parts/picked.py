"""What the filters keep, and what pages derive from it: computed once for each selection and release, then shared."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.queries import speakers, timeline
from analysis.queries.coverage import Coverage, coverage
from analysis.queries.timeline import Lane, Unit
from pages.parts import language
from pages.parts.lane_charts import lane_name

Kept = TypeVar("Kept")
_MOST_KEPT = 48  # figures of one selection: units, with and without events, opened bars


class Picked:
    """The statements of one selection. Frames and figures are shared between sessions: never change one."""

    def __init__(
        self,
        table: pd.DataFrame,
        places: np.ndarray | None,
        side_names: Mapping[str, str],
    ) -> None:
        """table: every statement of the release. places: (m,) ascending, of those that are kept; None for all."""
        self._table, self._kept_places = table, places
        self._side_names = side_names
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
    def dated(self) -> pd.DataFrame:
        """Those whose day is known, oldest first."""
        return timeline.dated(self.statements)

    @cached_property
    def undated(self) -> pd.DataFrame:
        """Those whose day is not known."""
        return timeline.undated(self.statements)

    @cached_property
    def newest_first(self) -> pd.DataFrame:
        """All of them, newest first, undated ones last."""
        return speakers.newest_first(self.statements)

    @cached_property
    def order(self) -> list[str]:
        """The identifiers in the order of the timeline, oldest first, undated ones last."""
        return [*map(str, self.dated["statement_id"]), *map(str, self.undated["statement_id"])]

    @cached_property
    def gaps(self) -> Coverage:
        """What they hold much of and what they lack."""
        return coverage(self._table, self.places)

    @cached_property
    def lanes(self) -> list[Lane]:
        """The timeline's lanes."""
        return timeline.lanes(self.dated)

    @property
    def lane_names(self) -> list[str]:
        """The names of the lanes in the reader's language."""
        return self.keep("lane names", lambda: [lane_name(lane, self._side_names) for lane in self.lanes])

    def bars(self, unit: Unit) -> pd.DataFrame:
        """Dated statements counted by lane and period of ``unit``."""
        return self.keep(("bars", unit), lambda: timeline.bars(self.dated, self.lanes, unit))

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
