"""The directory of speakers for any filter, counted without touching one statement: 10 ms for 100,000 of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.entities.names import words_of
from analysis.queries.codes import coded, days_of

COLUMNS = ("speaker_id", "name", "side", "kind", "office", "statements", "undated", "first", "last")
_NEVER = np.datetime64("NaT", "D")


class Order(StrEnum):
    """How a directory can be sorted."""

    STATEMENTS = "statements"  # most first
    NAME = "name"
    FIRST = "first"  # earliest first
    LAST = "last"  # latest first


class SpeakerTable:
    """Who speaks in each statement, laid out once."""

    def __init__(self, statements: pd.DataFrame, entities: pd.DataFrame, names: Mapping[str, str]) -> None:
        """entities: the release's. names: by speaker, also of those that ``entities`` does not list."""
        self._codes, lists = coded(statements, "speaker_members")
        self._days = days_of(statements)
        members: list[tuple[str, ...]] = [tuple(each or ()) for each in lists]
        self.speakers = sorted({member for each in members for member in each})
        number = {speaker: at for at, speaker in enumerate(self.speakers)}
        pairs = [(place, number[member]) for place, each in enumerate(members) for member in dict.fromkeys(each)]
        self._lists = len(members)
        self._places = np.array([place for place, _ in pairs], dtype=np.intp)
        self._numbers = np.array([member for _, member in pairs], dtype=np.intp)
        self._alone = np.array([number[each[0]] if len(each) == 1 else -1 for each in members], dtype=np.intp)
        self._order = np.lexsort((_ranks(statements["statement_id"]), self._days.view("int64")))  # undated first
        self._offices, self._office_values = coded(statements, "office")
        self._side_codes, self._side_values = coded(statements, "side")
        columns = [entities[name].tolist() for name in ("entity_id", "kind", "side", "aliases")]
        known = {str(key): (kind, side, aliases) for key, kind, side, aliases in zip(*columns, strict=True)}
        met = [known.get(speaker, (None, None, ())) for speaker in self.speakers]
        self._kinds = [_text(kind) for kind, _, _ in met]
        self._sides = [_text(side) for _, side, _ in met]
        self._names = [names.get(speaker, speaker) for speaker in self.speakers]
        self.spelled: Mapping[str, Names] = {
            speaker: names_of(name, also or ())
            for speaker, name, (_, _, also) in zip(self.speakers, self._names, met, strict=True)
        }

    def __contains__(self, speaker: object) -> bool:
        return speaker in self.spelled

    def count(self, keep: np.ndarray | None = None) -> pd.DataFrame:
        """One row a speaker with at least one of the statements that ``keep``, (n,) bool, says to count.

        Columns ``COLUMNS``, most statements first, then by name. A group's statement counts for each member, but its
        side and office are not theirs: office is the latest that a statement of their own gives; side the entity's,
        else the latest so given. first, last: datetime64, NaT where none is dated.
        """
        rows = self._order if keep is None else self._order[keep[self._order]]
        codes = self._codes[rows]
        dated = ~np.isnat(self._days[rows])
        statements = self._summed(np.bincount(codes, minlength=self._lists))
        undated = statements - self._summed(np.bincount(codes[dated], minlength=self._lists))
        first, last = self._reach(codes[dated], self._days[rows[dated]])
        alone = self._alone[codes]
        offices = self._latest(alone, self._offices[rows], self._office_values)
        sides = self._latest(alone, self._side_codes[rows], self._side_values)
        table = pd.DataFrame(
            {
                "speaker_id": self.speakers,
                "name": self._names,
                "side": pd.Series([own or met for own, met in zip(self._sides, sides, strict=True)], dtype=object),
                "kind": pd.Series(self._kinds, dtype=object),
                "office": pd.Series(offices, dtype=object),
                "statements": statements,
                "undated": undated,
                "first": first.astype("datetime64[s]"),
                "last": last.astype("datetime64[s]"),
            }
        )
        return ordered(table[table["statements"] > 0], Order.STATEMENTS)

    def _summed(self, of_lists: np.ndarray) -> np.ndarray:
        summed = np.bincount(self._numbers, weights=of_lists[self._places], minlength=len(self.speakers))
        return np.asarray(summed.astype(np.int64))

    def _latest(self, alone: np.ndarray, codes: np.ndarray, values: Sequence[str | None]) -> list[str | None]:
        """Each speaker's latest known value, of the statements that are theirs alone; given in order of day."""
        known = np.fromiter((bool(value) for value in values), dtype=bool, count=len(values))
        useful = (alone >= 0) & known[codes]
        latest = np.full(len(self.speakers), -1, dtype=np.intp)
        latest[alone[useful]] = codes[useful]  # of several values for one place, the last stays
        return [values[code] if code >= 0 else None for code in latest.tolist()]

    def _reach(self, codes: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first and last day of each speaker; ``days`` run upwards."""
        lists = [np.full(self._lists, _NEVER), np.full(self._lists, _NEVER)]
        lists[0][codes[::-1]] = days[::-1]
        lists[1][codes] = days
        reach = [np.full(len(self.speakers), _NEVER), np.full(len(self.speakers), _NEVER)]
        for ends, of_lists, chosen in zip(reach, lists, (np.fmin, np.fmax), strict=True):
            chosen.at(ends, self._numbers, of_lists[self._places])
        return reach[0], reach[1]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the directory's own choices keep."""

    rows: pd.DataFrame
    kinds: dict[str, int]  # speakers of each kind, with the other choices as they are; "" for those of none
    sides: dict[str, int]


def narrowed(
    table: pd.DataFrame,
    names: Mapping[str, Names],
    *,
    kind: str | None = None,
    side: str | None = None,
    asked: str = "",
) -> Kept:
    """The rows of a directory of one kind and side whose name fits; "" asks for those without one.

    names: by identifier, which is the table's first column.
    """
    wanted = wanted_of(asked)
    named = np.ones(len(table), dtype=bool)
    if wanted:
        keys = table.iloc[:, 0]
        named = np.fromiter((fits(names.get(key, ()), wanted) for key in keys), dtype=bool, count=len(keys))
    kinds, sides = table["kind"].fillna("").to_numpy(), table["side"].fillna("").to_numpy()
    of_kind = kinds == kind if kind is not None else np.ones(len(table), dtype=bool)
    of_side = sides == side if side is not None else np.ones(len(table), dtype=bool)
    return Kept(table[named & of_kind & of_side], _counts(kinds[named & of_side]), _counts(sides[named & of_kind]))


def ordered(table: pd.DataFrame, order: Order) -> pd.DataFrame:
    """The rows of a directory in an order; ties by name, then by identifier."""
    named = table.sort_values(["name", "speaker_id"], kind="stable")
    if order is Order.NAME:
        return named.reset_index(drop=True)
    ascending = order is Order.FIRST
    column = str(order)
    return named.sort_values(column, ascending=ascending, na_position="last", kind="stable").reset_index(drop=True)


def _counts(values: np.ndarray) -> dict[str, int]:
    found, counts = np.unique(values.astype(str), return_counts=True)
    pairs = sorted(zip(found.tolist(), counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return dict(pairs)


def _ranks(ids: pd.Series) -> np.ndarray:
    """The place of each identifier among them all, sorted."""
    if ids.is_monotonic_increasing:  # as releases keep them
        return np.arange(len(ids))
    order = np.argsort(ids.to_numpy(dtype=object), kind="stable")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


Names = tuple[tuple[str, ...], ...]  # the folded words of each name


def names_of(name: str, aliases: Sequence[str]) -> Names:
    """Everything somebody goes by, for ``fits``."""
    return tuple(tuple(word.folded for word in words_of(each)) for each in (name, *map(str, aliases)))


def wanted_of(asked: str) -> list[str]:
    """The words of what a reader asks for, for ``fits``."""
    return [word.folded for word in words_of(asked)]


def fits(names: Names, wanted: Sequence[str]) -> bool:
    """True where one name has for each word wanted a word that begins so."""
    return any(all(any(word.startswith(each) for word in name) for each in wanted) for name in names)
