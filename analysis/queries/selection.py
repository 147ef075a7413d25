"""One selection feeds every page: what it holds, how a link carries it, and which statements it keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.messages import message
from analysis.queries.codes import coded, days_of, values_by_word

FACETS = {  # parameter of a link → column of the statements table: what can be asked for, and excluded, by value
    "speaker": "speaker_members",
    "side": "sides",
    "office": "office",
    "kind": "kind",
    "publisher": "publishers",
    "entity": "entities",
    "formula": "formulas",
    "basis": "said_on_basis",
    "confidence": "confidence",
}
_FIELDS = {
    "speaker": "speakers",
    "side": "sides",
    "office": "offices",
    "kind": "kinds",
    "publisher": "publishers",
    "entity": "entities",
    "formula": "formulas",
    "basis": "bases",
    "confidence": "confidences",
}
EXCLUDED = "not_"  # before a facet's parameter: what is left out
PARAMETERS = (*FACETS, *(EXCLUDED + name for name in FACETS), "from", "to")
CAN_BE_UNKNOWN = ("speaker", "side", "office", "publisher")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements to show. An empty field asks for nothing and so keeps all.

    Every value is an identifier or a table's own word, never a label, so that links keep their meaning. Any value of
    a facet will do, all facets hold at once, and a statement with an excluded value is left out.
    """

    speakers: tuple[str, ...] = ()  # entity ids; a group's statement counts for each of its members
    sides: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: date | None = None  # first day, inclusive; a day asked for leaves undated statements out
    until: date | None = None  # last day, inclusive
    formulas: tuple[str, ...] = ()  # fixed wordings, by identifier: "no-limits"; any of them will do
    offices: tuple[str, ...] = ()  # as the statements table writes them
    entities: tuple[str, ...] = ()  # ids of whom or what the words name
    bases: tuple[str, ...] = ()  # what the day rests on: "stated", "resolved", …
    confidences: tuple[str, ...] = ()  # ``BANDS``
    without: tuple[tuple[str, str], ...] = ()  # (facet, value) pairs that are left out, sorted

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"the first day, {self.since}, is after the last, {self.until}")

    @property
    def is_empty(self) -> bool:
        """True when nothing is asked for."""
        return self == Selection()

    def asked(self, facet: str) -> tuple[str, ...]:
        """The values asked for of a facet, by its parameter."""
        values: tuple[str, ...] = getattr(self, _FIELDS[facet])
        return values

    def excluded(self, facet: str) -> tuple[str, ...]:
        """The values left out of a facet, by its parameter."""
        return tuple(value for name, value in self.without if name == facet)

    def asking(self, facet: str, values: Iterable[str]) -> Selection:
        """The same with ``values`` asked for of one facet, and no longer left out."""
        wanted = tuple(sorted(set(values)))
        kept = tuple(pair for pair in self.without if not (pair[0] == facet and pair[1] in wanted))
        return self._with(facet, wanted, kept)

    def excluding(self, facet: str, values: Iterable[str]) -> Selection:
        """The same with ``values`` left out of one facet, and no longer asked for."""
        left = set(values)
        pairs = {pair for pair in self.without if pair[0] != facet} | {(facet, value) for value in left}
        wanted = tuple(value for value in self.asked(facet) if value not in left)
        return self._with(facet, wanted, tuple(sorted(pairs)))

    def _with(self, facet: str, wanted: tuple[str, ...], without: tuple[tuple[str, str], ...]) -> Selection:
        changed: dict[str, Any] = {_FIELDS[facet]: wanted, "without": without}
        return replace(self, **changed)

    def to_parameters(self) -> dict[str, list[str]]:
        """The selection as query parameters, sorted, without empty ones, in the order of ``PARAMETERS``."""
        values = {name: sorted(self.asked(name)) for name in FACETS}
        values |= {EXCLUDED + name: sorted(self.excluded(name)) for name in FACETS}
        values["from"] = [self.since.isoformat()] if self.since else []
        values["to"] = [self.until.isoformat()] if self.until else []
        return {name: asked for name, asked in values.items() if asked}


@dataclass(frozen=True, slots=True)
class ReadSelection:
    """A selection read from a link, and what the link asked for that could not be used."""

    selection: Selection
    lost: tuple[str, ...]  # one sentence each, for the reader


def read_selection(parameters: Mapping[str, Sequence[str]], known: Mapping[str, Collection[str]]) -> ReadSelection:
    """The selection that query ``parameters`` describe, against the values the archive knows.

    known: for each of ``FACETS``, the values that exist; none where a name is missing. A value that is not among
    them, or a day that is no date, is left out and named in ``lost``: dropping it silently would widen the answer.
    """
    lost: list[str] = []
    selection = Selection()
    for name in FACETS:
        exists = known.get(name, ())
        for parameter in (name, EXCLUDED + name):
            asked = list(dict.fromkeys(parameters.get(parameter, ())))
            lost.extend(
                message("{name} “{value}” is not in this archive", name=name, value=value)
                for value in asked
                if value not in exists
            )
            there = [value for value in asked if value in exists]
            if there:
                selection = (selection.asking if parameter == name else selection.excluding)(name, there)
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        asked_day = next(iter(parameters.get(name, ())), "")
        try:
            days[name] = date.fromisoformat(asked_day) if asked_day else None
        except ValueError:
            days[name] = None
            lost.append(message("{name} “{day}” is no date; write it as 2022-02-24", name=name, day=asked_day))
    since, until = days["from"], days["to"]
    if since and until and since > until:
        lost.append(message("the days run backwards, {since} to {until}; they were swapped", since=since, until=until))
        since, until = until, since
    return ReadSelection(replace(selection, since=since, until=until), tuple(lost))


def select(statements: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of the statements table that ``selection`` keeps, in the table's order.

    Asking for a first or last day leaves undated statements out; callers show how many (``undated``).
    """
    return statements[keeping(statements, selection)]


def keeping(statements: pd.DataFrame, selection: Selection) -> np.ndarray:
    """Which rows of the statements table ``selection`` keeps: (n,) bool."""
    keep = np.ones(len(statements), dtype=bool)
    for name, column in FACETS.items():
        if asked := selection.asked(name):
            keep &= having(statements, column, asked)
        if excluded := selection.excluded(name):
            keep &= ~having(statements, column, excluded)
    if selection.since or selection.until:
        days = days_of(statements)
        if selection.since:
            keep &= days >= np.datetime64(selection.since)
        if selection.until:
            keep &= days <= np.datetime64(selection.until)
    return keep


def having(statements: pd.DataFrame, column: str, wanted: Iterable[str]) -> np.ndarray:
    """Which statements hold any of ``wanted`` in ``column``, a word or a tuple of words in each: (n,) bool.

    ``UNKNOWN`` is what a statement holds that has nothing there.
    """
    codes, values = coded(statements, column)
    if not values:
        return np.zeros(len(statements), dtype=bool)
    by_word = values_by_word(statements, column)
    held = np.zeros(len(values), dtype=bool)
    for word in set(wanted):
        held[by_word.get(word, [])] = True
    return np.take(held, codes)
