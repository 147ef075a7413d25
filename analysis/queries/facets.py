"""What can be asked for: the values of each filter, with their names and how many statements each keeps."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.messages import all_of, message
from analysis.queries.codes import BANDS, UNKNOWN, coded, days_of, words_in
from analysis.queries.selection import CAN_BE_UNKNOWN, FACETS, Selection
from analysis.schema import Basis, Kind

KIND_NAMES: dict[str, str] = {
    Kind.DIRECT: message("Direct: in quotation marks"),
    Kind.MIXED: message("Mixed: reported, partly in quotation marks"),
    Kind.INDIRECT: message("Indirect: reported without quotation marks"),
}
BASIS_NAMES: dict[str, str] = {
    Basis.STATED: message("Stated: the text gives the day"),
    Basis.RESOLVED: message("Resolved: worked out from “on Tuesday” and the like"),
    Basis.DATELINE: message("Dateline of the report"),
    Basis.PUBLISHED: message("Published: only the publication date is known"),
    Basis.UNKNOWN: message("Unknown: undated"),
}
BAND_NAMES: dict[str, str] = {
    "high": message("High: some 80 of 100 or more are right"),
    "fair": message("Fair: some 60 to 80 of 100"),
    "low": message("Low: read the context before you cite"),
}
_ORDER: dict[str, tuple[str, ...]] = {"kind": tuple(Kind), "basis": tuple(Basis), "confidence": BANDS[::-1]}


class Facet(NamedTuple):  # of which thousands are made at each count
    """One value that a filter can ask for."""

    value: str  # what links carry
    name: str  # what readers see
    count: int  # type: ignore[assignment]  # statements it keeps; hides the tuple's own method


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of every filter, those that keep most first; equal counts by name.

    Kinds, bases and confidence keep their own order. Values that keep nothing are there too, last.
    """

    offered: Mapping[str, tuple[Facet, ...]]  # by the parameter of a link that names their values

    def __getitem__(self, facet: str) -> tuple[Facet, ...]:
        """One filter's values."""
        return self.offered[facet]

    def known(self) -> dict[str, dict[str, Facet]]:
        """The values that a link may name, by parameter."""
        return {name: {facet.value: facet for facet in offered} for name, offered in self.offered.items()}


class FacetTable:
    """The values that each statement has in every filter, laid out once so that counting is quick.

    At 5,000 statements one count of all filters takes some 2 ms, at a million some 50 ms.
    """

    def __init__(self, statements: pd.DataFrame, names: Mapping[str, Mapping[str, str]]) -> None:
        """names: facet → value → name, where a value has one; without it is shown as it stands."""
        self._size = len(statements)
        self._days = days_of(statements)
        given = {"kind": KIND_NAMES, "basis": BASIS_NAMES, "confidence": BAND_NAMES} | dict(names)
        self._columns = {
            name: _column(statements, column, given.get(name, {}), unknown=name in CAN_BE_UNKNOWN)
            for name, column in FACETS.items()
            if column in statements
        }

    def keeping(self, selection: Selection) -> np.ndarray | None:
        """Which statements ``selection`` keeps: (n,) bool; None for all."""
        masks = [mask for mask in self._masks(selection).values() if mask is not None]
        return np.logical_and.reduce(masks) if masks else None

    def count(self, selection: Selection, among: np.ndarray | None = None) -> Facets:
        """Every value with the statements that it keeps while the other filters stand as they are.

        among: (n,) bool, the only statements that count, as those that a query finds; None: all of the release.
        A filter's own choice does not change its counts: they say what another choice would bring. What keeps
        nothing is listed too, last, so that a link may still name it. A group's statement counts for each member.
        """
        kept = self._masks(selection)
        counted: dict[str, tuple[Facet, ...]] = {}
        for name, column in self._columns.items():
            others = [mask for other, mask in kept.items() if other != name and mask is not None]
            others += [] if among is None else [among]
            counted[name] = column.count(np.logical_and.reduce(others) if others else None)
        for name, order in _ORDER.items():
            if name in counted:
                present = {facet.value: facet for facet in counted[name]}
                counted[name] = tuple(present[value] for value in order if value in present)
        return Facets(counted)

    def _masks(self, selection: Selection) -> dict[str, np.ndarray | None]:
        kept: dict[str, np.ndarray | None] = {}
        for name, column in self._columns.items():
            wanted, left_out = column.having(selection.asked(name)), column.having(selection.excluded(name))
            if left_out is not None:
                wanted = ~left_out if wanted is None else wanted & ~left_out
            kept[name] = wanted
        for name in FACETS:
            if name not in self._columns and selection.asked(name):
                kept[name] = np.zeros(self._size, dtype=bool)
        if selection.since or selection.until:
            mask = ~np.isnat(self._days)
            if selection.since:
                mask &= self._days >= np.datetime64(selection.since)
            if selection.until:
                mask &= self._days <= np.datetime64(selection.until)
            kept["days"] = mask
        return kept


class _Column:
    """One filter's values: which of the different lists of values each statement has, and what is in each list."""

    def __init__(self, codes: np.ndarray, lists: Sequence[Iterable[str]], names: Mapping[str, str]) -> None:
        """codes: (n,) int, each statement's place in ``lists``."""
        self._codes = codes
        self._lists = len(lists)
        pairs = [(place, value) for place, values in enumerate(lists) for value in sorted(set(values))]
        self._values = sorted({value for _, value in pairs})
        self._number = {value: number for number, value in enumerate(self._values)}
        self._names = [names.get(value) or value for value in self._values]
        self._by_name = np.empty(len(self._values), dtype=np.intp)  # of each value, its place among all by name
        named = sorted(zip(map(str.casefold, self._names), self._values, range(len(self._values)), strict=True))
        self._by_name[[number for _, _, number in named]] = np.arange(len(named))
        self._places = np.array([place for place, _ in pairs], dtype=np.intp)
        self._numbers = np.array([self._number[value] for _, value in pairs], dtype=np.intp)

    def having(self, wanted: Iterable[str]) -> np.ndarray | None:
        """(n,) bool: which statements have any of ``wanted``; None where nothing is wanted."""
        asked = tuple(wanted)
        if not asked:
            return None
        numbers = [self._number[value] for value in asked if value in self._number]
        held = np.zeros(self._lists, dtype=bool)
        held[self._places[np.isin(self._numbers, numbers)]] = True
        return np.asarray(held[self._codes])

    def count(self, rows: np.ndarray | None) -> tuple[Facet, ...]:
        """How many of the statements in ``rows``, a mask, have each value; most first, equal counts by name."""
        of_list = np.bincount(self._codes if rows is None else self._codes[rows], minlength=self._lists)
        weighed = np.bincount(self._numbers, weights=of_list[self._places], minlength=len(self._values))
        counts = weighed.astype(np.int64)
        order = np.lexsort((self._by_name, -counts))
        return tuple(
            Facet(self._values[number], self._names[number], count)
            for number, count in zip(order.tolist(), counts[order].tolist(), strict=True)
        )


def _column(statements: pd.DataFrame, column: str, names: Mapping[str, str], *, unknown: bool) -> _Column:
    """unknown: statements without a value are offered as ``UNKNOWN``."""
    codes, values = coded(statements, column)
    lists = [[each for each in words_in(value) if unknown or each != UNKNOWN or value] for value in values]
    return _Column(codes, lists, {UNKNOWN: message("Not known")} | dict(names) if unknown else names)


def side_name(side: str | None, side_names: Mapping[str, str]) -> str:
    """A side's name; a group's sides joined by "and"; "Side not known" for None."""
    if side is None:
        return message("Side not known")
    return all_of([side_names.get(part, part) for part in side.split("+")])


def load_side_names(file: Path) -> dict[str, str]:
    """Side → name, a message, from the gazetteer's sides.csv; empty where the file is absent or has no such columns."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        return {
            row["side"]: message(row["name"]) for row in csv.DictReader(rows) if row.get("side") and row.get("name")
        }
