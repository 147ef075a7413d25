"""The rows of a timeline: which sides, speakers or publishers have one, and which statements stand in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.queries.codes import UNKNOWN, coded

OTHER = "other"  # the lane that gathers what has fewest statements
MOST_LANES = 7  # beside UNKNOWN


class By(StrEnum):
    """What has a lane."""

    SIDE = "side"
    SPEAKER = "speaker"
    PUBLISHER = "publisher"


_COLUMNS = {By.SIDE: "side", By.SPEAKER: "speaker_id", By.PUBLISHER: "publishers"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a timeline: a side, speaker or publisher, a group of them ("CN+RU"), ``OTHER`` or ``UNKNOWN``."""

    lane: str
    members: tuple[str, ...]  # the values gathered in it; empty for UNKNOWN
    count: int  # dated statements in it


class LaneTable:
    """The values that each statement of a table has for lanes, laid out once so that counting is quick.

    What several sides or speakers said together has a value of its own, so that counts add up. What several
    publishers print has each of their values and stands in each one's lane.
    """

    def __init__(self, statements: pd.DataFrame, by: By) -> None:
        self.by = by
        self._codes, lists = coded(statements, _COLUMNS[by])
        pairs = [(place, value) for place, values in enumerate(lists) for value in _texts(values)]
        self._values = sorted({value for _, value in pairs})
        self._number = {value: number for number, value in enumerate(self._values)}
        self._lists = np.array([place for place, _ in pairs], dtype=np.intp)
        self._numbers = np.array([self._number[value] for _, value in pairs], dtype=np.intp)
        self._size = len(lists)
        self._without = np.bincount(self._lists, minlength=self._size) == 0  # lists that name nothing

    def lanes(self, rows: np.ndarray, most: int = MOST_LANES) -> list[Lane]:
        """The lanes of the statements at ``rows``, fullest first, then ``OTHER`` and ``UNKNOWN`` where they hold any.

        rows: places in the table. most: lanes for single values or groups; what is left over is gathered in
        ``OTHER``. What the two fullest said together is never left over, where they have room themselves.
        """
        of_list = np.bincount(self._codes[rows], minlength=self._size)
        weights = of_list[self._lists]
        counts = np.bincount(self._numbers, weights=weights, minlength=len(self._values)).astype(np.int64)
        order = [int(at) for at in np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]]
        own = [at for at in order if self._values[at] not in (OTHER, UNKNOWN)]  # a publisher may be called so
        named = own if len(order) == len(own) <= most else own[: most - 1]
        together = self._number.get("+".join(sorted(self._values[at] for at in named[:2])), -1)
        if len(named) > 2 and together >= 0 and counts[together] and together not in named:
            named = [*named[:-1], together]
        drawn = [Lane(self._values[at], (self._values[at],), int(counts[at])) for at in named]
        if rest := [at for at in order if at not in set(named)]:
            left = np.zeros(self._size, dtype=bool)
            left[self._lists[np.isin(self._numbers, rest)]] = True
            drawn.append(Lane(OTHER, tuple(self._values[at] for at in rest), int(of_list[left].sum())))
        if without := int(of_list[self._without].sum()):
            drawn.append(Lane(UNKNOWN, (), without))
        return drawn

    def standing(self, drawn: Sequence[Lane]) -> Standing:
        """Where every statement of the table stands among ``drawn``.

        ``OTHER`` holds all that has no lane of its own, also what the statements lack that ``drawn`` was made for.
        """
        places = {lane.lane: at for at, lane in enumerate(drawn)}
        lane_of = np.full(len(self._values), places.get(OTHER, -1), dtype=np.int64)
        for name, at in places.items():
            if name not in (OTHER, UNKNOWN):
                lane_of[self._number[name]] = at
        found = lane_of[self._numbers]
        keys = np.unique(self._lists[found >= 0] * len(drawn) + found[found >= 0])
        lists, lanes = np.divmod(keys, max(1, len(drawn)))
        depth = np.arange(len(keys)) - np.searchsorted(lists, lists)
        table = np.full((int(depth.max(initial=0)) + 1, self._size), -1, dtype=np.int32)
        table[depth, lists] = lanes
        table[0, self._without] = places.get(UNKNOWN, -1)
        return Standing(self._codes, table)


@dataclass(frozen=True, slots=True)
class Standing:
    """In which of the drawn lanes each statement stands, by the lanes' places; made by ``LaneTable.standing``."""

    codes: np.ndarray  # (n,) each statement's list
    table: np.ndarray  # (d, lists) the first, second, … lane of a list; -1: no more

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each lane of each statement at ``rows``: places within ``rows``, and the lanes' places.

        In the order of ``rows``; a statement that stands in no lane is not among them.
        """
        found = self.table[:, self.codes[rows]]
        if len(found) == 1:
            at = np.flatnonzero(found[0] >= 0)
            return at, found[0][at]
        at, depth = np.nonzero(found.T >= 0)
        return at, found[depth, at]

    def within(self, rows: np.ndarray, lane: int) -> np.ndarray:
        """Those of ``rows`` that stand in the lane at the place ``lane``, in their order."""
        return np.asarray(rows[(self.table == lane).any(axis=0)[self.codes[rows]]])


def _texts(values: object) -> Iterable[str]:
    if isinstance(values, str):
        return (values,)
    return dict.fromkeys(str(value) for value in values if value) if isinstance(values, Iterable) else ()
