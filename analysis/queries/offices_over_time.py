"""Offices over time: when each was held, how sure that is, and who spoke for an institution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.entities.gazetteer import Period
from analysis.entities.names import NameIndex
from analysis.queries.codes import coded, days_of
from analysis.queries.dates import as_day
from analysis.schema import EntityKind, Office

_INSTITUTIONS = (EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.MEDIA)
_MINISTER = re.compile(r"\bMinister\b")
_ADDRESSED = re.compile(r"\b(?:to|on)(?: the)? $")  # "Russian Ambassador to China" does not speak for China


class Touch(IntEnum):
    """How sure it is that an office was held on some days, surest first."""

    HELD = 0
    OPEN = 1  # it had been taken up, and no end is on record
    PERHAPS = 2  # the days are not known well enough


@dataclass(frozen=True, slots=True)
class Term:
    """An office somebody held. A day that is known to the month or year only is the period it falls in."""

    title: str
    since: Period | None  # (first, last) day on which it may have begun; None: not known
    until: Period | None  # on which it may have ended; None: not known, or still held
    is_held: bool  # known to have begun, and no end is on record

    @property
    def certain(self) -> tuple[date, date | None] | None:
        """The days on which it was held for sure, the last None while it is held; None where there are none."""
        if self.since is None or not (self.until or self.is_held):
            return None
        begins, ends = self.since[1], self.until[0] if self.until else None
        return None if ends and ends < begins else (begins, ends)

    @property
    def possible(self) -> tuple[date | None, date | None]:
        """The first and last day on which it may have been held; None where nothing bounds it."""
        return self.since[0] if self.since else None, self.until[1] if self.until else None

    def touches(self, since: date | None, until: date | None) -> Touch | None:
        """Whether it was held on a day from ``since`` to ``until``; None where it was not."""
        first, last = self.possible
        if (first and until and first > until) or (last and since and last < since):
            return None
        if self.certain is None:
            return Touch.PERHAPS
        begins, ends = self.certain
        if (until and begins > until) or (ends and since and ends < since):
            return Touch.PERHAPS
        return Touch.HELD if ends else Touch.OPEN


def terms(
    entity_id: str,
    offices: Iterable[Office],
    gazetteer: Mapping[str, Sequence[tuple[Office, Period | None, Period | None]]],
) -> list[Term]:
    """The offices that a release gives for somebody, earliest first, those without a day last.

    gazetteer: from ``office_periods``; where it has the same office with the same days, its months and years too.
    """
    known = {office: (since, until) for office, since, until in gazetteer.get(entity_id, ())}
    found = []
    for office in offices:
        since, until = known.get(office, (_exactly(office.since), _exactly(office.until)))
        found.append(Term(office.title, since, until, since is not None and until is None and office in known))
    return sorted(found, key=lambda term: (term.since is None, term.since or (date.min, date.min), term.title))


def _exactly(day: date | None) -> Period | None:
    return (day, day) if day else None


class OfficesOf:
    """Which institutions an office's title names: "Foreign Minister of China" is China's and its ministry's."""

    def __init__(self, entities: pd.DataFrame) -> None:
        """entities: the release's."""
        some = entities[entities["kind"].isin([str(kind) for kind in _INSTITUTIONS])]
        self._index = NameIndex(
            (name, str(entity_id))
            for entity_id, own, aliases in zip(some["entity_id"], some["name"], some["aliases"], strict=True)
            for name in (own, *(aliases or ()))
        )
        self._known = frozenset(some["entity_id"])
        self.institutions = lru_cache(maxsize=20_000)(self._institutions)

    def names(self, entity_id: str) -> bool:
        """True where it is something that somebody can hold an office of."""
        return entity_id in self._known

    def _institutions(self, title: str) -> frozenset[str]:
        """Identifiers of the states, organisations and media that ``title`` names."""
        found = self._named(title)
        if _MINISTER.search(title):  # of a ministry that goes by the same name
            found |= self._named(_MINISTER.sub("Ministry", title))
        return frozenset(found)

    def _named(self, title: str) -> set[str]:
        return {hit.entity_id for hit in self._index.scan(title) if not _ADDRESSED.search(title[: hit.start])}


@dataclass(frozen=True, slots=True)
class SpokeFor:
    """Somebody who held an office of an institution, and what they said in it."""

    speaker_id: str
    title: str
    statements: int  # said in that office, within the days and filters asked for
    first: date | None
    last: date | None
    rows: np.ndarray  # places of these statements in the release's table
    term: Term | None  # the office as the gazetteer has it on these days; None: only a text says so


def spoke_for(
    institution: str,
    statements: pd.DataFrame,
    keep: np.ndarray,
    offices: OfficesOf,
    held: Mapping[str, Sequence[Term]],
    days: tuple[date | None, date | None] = (None, None),
) -> list[SpokeFor]:
    """Everyone who spoke in an office of ``institution``, most statements first, then who held one and is not quoted.

    keep: (n,) bool, the statements that count. held: everyone's terms. days: the first and last day asked for; where
    neither is given, only those who said something are listed. The office is the statement's own: the one held that
    day, else the one its text prints. Equal counts go by how sure the office is, then by title and speaker.
    """
    codes, values = coded(statements, "office")
    own = np.fromiter(
        (isinstance(value, str) and institution in offices.institutions(value) for value in values),
        dtype=bool,
        count=len(values),
    )
    rows = np.flatnonzero(own[codes] & keep) if len(values) else np.zeros(0, dtype=np.intp)
    speakers, names = coded(statements, "speaker_id")
    said_on = days_of(statements)
    found: dict[tuple[str, str], SpokeFor] = {}
    pairs = speakers[rows].astype(np.int64) * len(values) + codes[rows]
    for pair in np.unique(pairs):
        speaker, title = names[int(pair) // len(values)], values[int(pair) % len(values)]
        if not isinstance(speaker, str) or not speaker:
            continue
        theirs = rows[pairs == pair]
        known = said_on[theirs][~np.isnat(said_on[theirs])]
        first, last = (as_day(known.min().item()), as_day(known.max().item())) if len(known) else (None, None)
        term = _touching(held.get(speaker, ()), title, days)
        found[speaker, title] = SpokeFor(speaker, title, len(theirs), first, last, theirs, term)
    if any(days):
        nothing = np.zeros(0, dtype=np.intp)
        for speaker, their_terms in held.items():
            for term in their_terms:
                is_sure = term.touches(*days) in (Touch.HELD, Touch.OPEN)
                if (speaker, term.title) not in found and is_sure and institution in offices.institutions(term.title):
                    found[speaker, term.title] = SpokeFor(speaker, term.title, 0, None, None, nothing, term)

    def order(each: SpokeFor) -> tuple[int, int, str, str]:
        touched = each.term.touches(*days) if each.term else None
        return -each.statements, Touch.PERHAPS if touched is None else touched, each.title, each.speaker_id

    return sorted(found.values(), key=order)


def _touching(held: Sequence[Term], title: str, days: tuple[date | None, date | None]) -> Term | None:
    """Of somebody's terms in an office the one surest to have been held on these days; the earliest of equals."""
    touched = [
        (touch, at)
        for at, term in enumerate(held)
        if term.title == title and (touch := term.touches(*days)) is not None
    ]
    return held[min(touched)[1]] if touched else None
