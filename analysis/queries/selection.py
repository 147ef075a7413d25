"""One selection feeds every page: what it holds, how a link carries it, and which statements it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.archive.served.attached import served_of

PARAMETERS = ("speaker", "side", "kind", "publisher", "from", "to", "formula")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements to show. An empty field asks for nothing and so keeps all.

    Every value is an identifier or a table's own word, never a label, so that links keep their meaning.
    """

    speakers: tuple[str, ...] = ()  # entity ids; a group's statement counts for each of its members
    sides: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: date | None = None  # first day, inclusive; a day asked for leaves undated statements out
    until: date | None = None  # last day, inclusive
    formulas: tuple[str, ...] = ()  # fixed wordings, by identifier: "no-limits"; any of them will do

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"the first day, {self.since}, is after the last, {self.until}")

    @property
    def is_empty(self) -> bool:
        """True when nothing is asked for."""
        return self == Selection()

    def to_parameters(self) -> dict[str, list[str]]:
        """The selection as query parameters, sorted, without empty ones."""
        values = {
            "speaker": sorted(self.speakers),
            "side": sorted(self.sides),
            "kind": sorted(self.kinds),
            "publisher": sorted(self.publishers),
            "from": [self.since.isoformat()] if self.since else [],
            "to": [self.until.isoformat()] if self.until else [],
            "formula": sorted(self.formulas),
        }
        return {name: asked for name, asked in values.items() if asked}


@dataclass(frozen=True, slots=True)
class ReadSelection:
    """A selection read from a link, and what the link asked for that could not be used."""

    selection: Selection
    lost: tuple[str, ...]  # one sentence each, for the reader


def read_selection(parameters: Mapping[str, Sequence[str]], known: Mapping[str, Iterable[str]]) -> ReadSelection:
    """The selection that query ``parameters`` describe, against the values the archive knows.

    known: for "speaker", "side", "kind", "publisher" and "formula", the values that exist; none where a name is
    missing. A value that is not among them, or a day that is no date, is left out and named in ``lost``: dropping
    it silently would widen the answer.
    """
    lost: list[str] = []
    kept: dict[str, tuple[str, ...]] = {}
    for name in ("speaker", "side", "kind", "publisher", "formula"):
        exists = set(known.get(name, ()))
        asked = list(dict.fromkeys(parameters.get(name, ())))
        kept[name] = tuple(sorted(value for value in asked if value in exists))
        lost.extend(f"{name} “{value}” is not in this archive" for value in asked if value not in exists)
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        asked_day = next(iter(parameters.get(name, ())), "")
        try:
            days[name] = date.fromisoformat(asked_day) if asked_day else None
        except ValueError:
            days[name] = None
            lost.append(f"{name} “{asked_day}” is no date; write it as 2022-02-24")
    since, until = days["from"], days["to"]
    if since and until and since > until:
        lost.append(f"the days run backwards, {since} to {until}; they were swapped")
        since, until = until, since
    selection = Selection(kept["speaker"], kept["side"], kept["kind"], kept["publisher"], since, until, kept["formula"])
    return ReadSelection(selection, tuple(lost))


def select(statements: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of the statements table that ``selection`` keeps, in the table's order.

    Asking for a first or last day leaves undated statements out; callers show how many (``undated``).
    """
    return statements[keeping(statements, selection)]


def keeping(statements: pd.DataFrame, selection: Selection) -> np.ndarray:
    """Which rows of the statements table ``selection`` keeps: (n,) bool."""
    keep = np.ones(len(statements), dtype=bool)
    for column, wanted in (
        ("speaker_members", selection.speakers),
        ("sides", selection.sides),
        ("publishers", selection.publishers),
        ("formulas", selection.formulas),
        ("kind", selection.kinds),
    ):
        if wanted:
            keep &= having(statements, column, wanted)
    if selection.since or selection.until:
        days = days_of(statements)
        if selection.since:
            keep &= days >= np.datetime64(selection.since)
        if selection.until:
            keep &= days <= np.datetime64(selection.until)
    return keep


def having(statements: pd.DataFrame, column: str, wanted: Iterable[str]) -> np.ndarray:
    """Which statements hold any of ``wanted`` in ``column``, a word or a tuple of words in each: (n,) bool."""
    asked = set(wanted)
    served = served_of(statements)
    if served is not None:
        values = served.columns.values[column]
        held = np.fromiter((not asked.isdisjoint(_words(value)) for value in values), dtype=bool, count=len(values))
        return np.asarray(held[served.columns.codes[column]])
    lists = statements[column]
    return np.fromiter((not asked.isdisjoint(_words(value)) for value in lists), dtype=bool, count=len(lists))


def coded(statements: pd.DataFrame, column: str) -> tuple[np.ndarray, list[Any]]:
    """A column whose values recur, by number: each statement's place in the list of different values, and that list."""
    served = served_of(statements)
    if served is not None:
        return served.columns.codes[column], served.columns.values[column]
    known: dict[Any, int] = {}
    made = (value if isinstance(value, str) else tuple(_words(value)) for value in statements[column])
    codes = np.fromiter((known.setdefault(value, len(known)) for value in made), dtype=np.int32, count=len(statements))
    return codes, list(known)


def days_of(statements: pd.DataFrame) -> np.ndarray:
    """The day of every statement: (n,) datetime64[D], NaT where it is not known."""
    served = served_of(statements)
    return served.columns.days("said_on") if served else statements["said_on"].to_numpy(dtype="datetime64[D]")


def _words(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, Iterable) else ()
