"""What the values of a query's filters mean in one release: names or ids, in any case, whole or in part."""

from __future__ import annotations

import difflib
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import pandas as pd

from analysis.messages import any_of, message
from analysis.queries.codes import coded, words_in
from analysis.queries.query_days import DATE_FIELDS, Period, read_period
from analysis.queries.query_language import UNKNOWN, Clause, Query, Term
from analysis.queries.selection import FACETS
from analysis.schema import Kind
from analysis.wording import forms

COLUMNS = {name: FACETS[name] for name in ("speaker", "side", "publisher", "formula", "entity")}
_CAN_BE_UNKNOWN = ("speaker", "side", "publisher", "on")
_EITHER = ("speaker", "side", "publisher", "kind", "formula", "on", "near")  # given twice, either will do

_COMPARED = 20_000  # spellings looked through for one that was meant
_MOST_MEANT = 50  # values that one part of a name may mean


@dataclass(frozen=True, slots=True)
class Condition:
    """A term that statements pass or not, with what it means in a release."""

    term: Term
    values: tuple[str, ...] = ()  # identifiers, sorted; any of them will do
    period: Period | None = None  # of a date filter
    is_unknown: bool = False  # asks for what is not known: no speaker, no day


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as one release understands it."""

    query: Query
    clauses: tuple[tuple[Condition, ...], ...]  # every one holds; one holds when any of its conditions does
    hints: tuple[str, ...]


class Named(Protocol):
    """What has names: a release. Its entities table, where it has one, gives aliases too."""

    @property
    def statements(self) -> pd.DataFrame:
        """The statements table."""


class Vocabulary:
    """The names that a release knows for each filter. A field is read the first time that it is asked for."""

    def __init__(
        self,
        statements: pd.DataFrame,
        entities: pd.DataFrame | None = None,
        names: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """entities: the release's, for names and aliases. names: field → value → name, for sides and formulas."""
        self._statements = statements
        self._entities = entities
        self._given = names or {}
        self._spellings: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self._present: dict[str, set[str]] = {}
        self._names: dict[str, str] | None = None
        self._lock = threading.Lock()

    def understand(self, query: Query) -> Understood:
        """``query`` in this release. A value that it doesn't know is left out, and told with what comes close."""
        hints = list(query.hints)
        clauses = []
        for clause in _merged(query.conditions):
            found = [self._condition(term, hints) for term in clause]
            if known := tuple(condition for condition in found if condition):
                clauses.append(known)
        hints += _contradictions(clauses)
        return Understood(query, tuple(clauses), tuple(dict.fromkeys(hints)))

    def name(self, field: str, value: str) -> str:
        """A value as readers know it: "Wang Yi" for "wang-yi"; the value itself where it has no name."""
        if given := self._given.get(field, {}).get(value):
            return given
        if field in ("speaker", "entity") and self._entities is not None:
            return self._entity_names().get(value, value)
        return value

    def find(self, field: str, written: str) -> tuple[set[str], list[str]]:
        """The values that ``written`` names, all by a name's part where no name is just that; else what comes close."""
        spellings = self._of(field)
        asked = tuple(forms(written))
        if found := spellings.get(asked) or spellings.get(tuple(forms(written.upper()))):  # "us" is no pronoun here
            return found & self._present[field] or found, []
        parts = [part for part in written.split(",") if part.strip()]
        if len(parts) > 1 and all(tuple(forms(part)) in spellings for part in parts):
            return set().union(*(spellings[tuple(forms(part))] for part in parts)), []
        words = set(asked)
        holding = [values for spelling, values in spellings.items() if words and words <= set(spelling)]
        meant = set().union(*holding) & self._present[field]
        if meant and len(meant) <= _MOST_MEANT:
            return meant, []
        known = {" ".join(spelling): min(values) for spelling, values in islice(spellings.items(), _COMPARED)}
        close = difflib.get_close_matches(" ".join(asked), known, n=3, cutoff=0.6)
        return set(), list(dict.fromkeys(self.name(field, known[spelling]) for spelling in close))

    def _condition(self, term: Term, hints: list[str]) -> Condition | None:
        if term.field is None:
            return Condition(term)
        if term.field in _CAN_BE_UNKNOWN and term.text.casefold() == UNKNOWN:
            return Condition(term, is_unknown=True)
        if term.field in DATE_FIELDS:
            read = read_period(term.field, term.text)
            return Condition(term, period=read[1]) if read else None
        values, close = self.find(term.field, term.text)
        if values:
            return Condition(term, tuple(sorted(values)))
        told = message(
            "No {field} “{value}” in this release; the filter was left out.", field=term.field, value=term.text
        )
        if close:
            told = message("{hint} Did you mean {close}?", hint=told, close=any_of(close))
        hints.append(told)
        return None

    def _of(self, field: str) -> dict[tuple[str, ...], set[str]]:
        """Folded spelling → the values that it names."""
        with self._lock:
            if field not in self._spellings:
                self._present[field] = present = self._values(field)
                named = {value: {value} for value in present}
                for value, name in self._given.get(field, {}).items():
                    if value in present:
                        named[value].add(name)
                if field in ("speaker", "entity"):
                    self._add_entities(named)
                spellings: dict[tuple[str, ...], set[str]] = {}
                for value in sorted(named):
                    for name in sorted(named[value]):
                        if spelling := tuple(forms(name)):
                            spellings.setdefault(spelling, set()).add(value)
                self._spellings[field] = spellings
            return self._spellings[field]

    def _values(self, field: str) -> set[str]:
        """The values that some statement has; for entities, all of the release's."""
        if field == "kind":
            return {str(kind) for kind in Kind}
        if field == "entity":
            return set() if self._entities is None else set(map(str, self._entities["entity_id"]))
        column = COLUMNS[field]
        if column not in self._statements:
            return set()
        return {word for value in coded(self._statements, column)[1] for word in words_in(value)} - {UNKNOWN}

    def _add_entities(self, named: dict[str, set[str]]) -> None:
        if self._entities is not None:
            table = self._entities
            for value, name, aliases in zip(table["entity_id"], table["name"], table["aliases"], strict=True):
                named.setdefault(str(value), {str(value)}).update((str(name), *map(str, aliases)))
        if {"speaker_id", "speaker_name"} <= set(self._statements.columns):
            alone = self._statements[["speaker_id", "speaker_name"]].dropna().drop_duplicates()
            for value, name in alone.itertuples(index=False):
                if str(value) in named:
                    named[str(value)].add(str(name))

    def _entity_names(self) -> dict[str, str]:
        table = self._entities
        assert table is not None, "asked only where there are entities"
        with self._lock:
            if self._names is None:
                self._names = dict(zip(map(str, table["entity_id"]), map(str, table["name"]), strict=True))
            return self._names


def _merged(clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses with those of one filter, given more than once, as one of alternatives; exclusions as they are."""
    merged: list[Clause] = []
    place: dict[str, int] = {}
    for clause in clauses:
        fields = {term.field for term in clause if not term.excluded}
        field = fields.pop() if len(fields) == 1 and not any(term.excluded for term in clause) else None
        if field in _EITHER and field in place:
            merged[place[field]] = (*merged[place[field]], *clause)
            continue
        if field in _EITHER and field is not None:
            place[field] = len(merged)
        merged.append(clause)
    return merged


def _contradictions(clauses: Sequence[tuple[Condition, ...]]) -> list[str]:
    """What the dates that must all hold leave: nothing said where they leave something."""
    alone = [clause[0] for clause in clauses if len(clause) == 1 and not clause[0].term.excluded]
    periods = [condition.period for condition in alone if condition.period]
    first = max((period.first for period in periods if period.first), default=None)
    last = min((period.last for period in periods if period.last), default=None)
    if Period(first, last).is_empty:
        return [
            message(
                "The dates leave no day: nothing is both on or after {first} and on or before {last}.",
                first=first,
                last=last,
            )
        ]
    return []


_kept: weakref.WeakKeyDictionary[Any, Vocabulary] = weakref.WeakKeyDictionary()
_making = threading.Lock()


def vocabulary(release: Named) -> Vocabulary:
    """The vocabulary of a release, made the first time it is asked for and dropped with the release."""
    with _making:
        if release not in _kept:
            _kept[release] = Vocabulary(release.statements, getattr(release, "entities", None))
        return _kept[release]
