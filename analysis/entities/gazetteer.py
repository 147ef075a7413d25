"""The gazetteer: people, their offices over time, institutions and sides, read from ``data/gazetteer``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from analysis.entities.names import NameHit, NameIndex, Word, fold
from analysis.schema import Entity, EntityKind, Office

_COLUMNS = {
    "people.csv": ("entity_id", "name", "side", "pronoun", "aliases", "wikidata", "note"),
    "offices.csv": ("entity_id", "title", "since", "until", "note"),
    "institutions.csv": ("entity_id", "name", "kind", "side", "aliases", "speaks_as", "note"),
    "sides.csv": ("side", "name", "demonyms", "capital"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """For whom someone speaks: a state, an alliance, scholars or the media."""

    side: str
    name: str
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """An office and the days on which it was held for certain."""

    title: str
    since: date | None  # None: not known
    until: date | None  # None: still held


@dataclass(frozen=True, slots=True)
class _Row:
    place: str  # file and line, for messages
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


def _rows(folder: Path, name: str) -> Iterator[_Row]:
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; a gazetteer has {', '.join(sorted(_COLUMNS))}") from None
    reader = csv.reader(text.splitlines())
    header = tuple(next(reader, ()))
    if header != _COLUMNS[name]:
        raise ValueError(f"{path}, line 1: the columns are {', '.join(header)}; write {', '.join(_COLUMNS[name])}")
    for fields in reader:
        place = f"{path}, line {reader.line_num}"
        if not fields:
            continue
        if len(fields) != len(header):
            raise ValueError(f"{place}: {len(fields)} fields where {len(header)} belong; quote fields with commas")
        yield _Row(place, dict(zip(header, (value.strip() for value in fields), strict=True)))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


Period = tuple[date, date]  # first and last day; the same where the day is known


def office_periods(folder: Path) -> dict[str, list[tuple[Office, Period | None, Period | None]]]:
    """Entity id → its offices, each with the periods in which it may have begun and ended.

    An office as releases have it knows whole days only; the gazetteer often knows the month or the year.
    Raises FileNotFoundError and ValueError as ``Gazetteer.load`` does.
    """
    found: dict[str, list[tuple[Office, Period | None, Period | None]]] = {}
    for row in _rows(folder, "offices.csv"):
        since, until = _period(row["since"], row.place), _period(row["until"], row.place)
        found.setdefault(row["entity_id"], []).append((_exact(row["title"], since, until), since, until))
    return found


def _exact(title: str, since: Period | None, until: Period | None) -> Office:
    """An office with the days that are known."""
    return Office(
        title,
        since[0] if since and since[0] == since[1] else None,
        until[0] if until and until[0] == until[1] else None,
    )


def _period(text: str, place: str) -> Period | None:
    """First and last day of an ISO day, month or year; None for an empty cell."""
    if not text:
        return None
    try:
        if len(text) == 4:
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if len(text) == 7:
            first = date.fromisoformat(f"{text}-01")
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{place}: “{text}” is no date; write 2013-03-16, 2013-03 or 2013") from None
    return day, day


class Gazetteer:
    """Known entities by identifier and by every name they go under."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        sides: Mapping[str, Side],
        terms: Mapping[str, tuple[_Term, ...]],
        speaks_as: Mapping[str, str],
        pronouns: Mapping[str, str],
    ) -> None:
        self.entities = entities
        self.sides = sides
        self._terms = terms
        self._speaks_as = speaks_as
        self._pronouns = pronouns
        self._by_name = {
            fold(name): entity
            for entity in reversed(tuple(entities.values()))
            for name in (*entity.aliases, entity.name)
        }
        self._index = NameIndex(
            (name, entity.entity_id) for entity in entities.values() for name in (entity.name, *entity.aliases)
        )
        self.demonyms: Mapping[str, str] = {
            fold(word): side.side for side in sides.values() for word in (side.name, *side.demonyms, *side.capitals)
        }

        self._by_initial: dict[tuple[str, str], set[str]] = {}
        for entity in entities.values():
            words = fold(entity.name).split()
            if entity.kind is EntityKind.PERSON and len(words) > 1:
                self._by_initial.setdefault((words[0][0], words[-1]), set()).add(entity.entity_id)

    @classmethod
    def load(cls, folder: Path) -> Gazetteer:
        """The gazetteer in ``folder``.

        Raises FileNotFoundError for a missing file and ValueError, naming file and line, for what cannot be used:
        an unknown side or kind, an identifier given twice, a name that two entities share, a date that is none.
        """
        sides = {
            row["side"]: Side(row["side"], row["name"], _listed(row["demonyms"]), _listed(row["capital"]))
            for row in _rows(folder, "sides.csv")
        }
        reader = _Reader(sides)
        for row in _rows(folder, "people.csv"):
            reader.person(row)
        for row in _rows(folder, "institutions.csv"):
            reader.institution(row)
        for row in _rows(folder, "offices.csv"):
            reader.office(row)
        return reader.finish()

    def find(self, name: str) -> Entity | None:
        """The entity that goes under ``name``, whatever its case, diacritics, apostrophes or possessive."""
        return self._by_name.get(fold(name))

    def by_initial(self, initial: str, surname: str) -> str | None:
        """The one person whose given name begins so, both folded: "n", "modi"; None for nobody or several."""
        found = self._by_initial.get((initial, surname), set())
        return next(iter(found)) if len(found) == 1 else None

    def scan(self, text: str, words: Sequence[Word] | None = None) -> list[NameHit]:
        """Every known name in ``text``, left to right; see :meth:`NameIndex.scan`."""
        return self._index.scan(text, words)

    def office(self, entity_id: str, on: date | None) -> str | None:
        """The office held on a day; None where that is not certain, or nobody knows the day.

        Of several held at once the one taken up last; of those taken up the same day, the one listed last.
        """
        if on is None:
            return None
        held = [term for term in self._terms.get(entity_id, ()) if _certainly_held(term, on)]
        return max(enumerate(held), key=lambda pair: (pair[1].since, pair[0]))[1].title if held else None

    def holders(self, beginnings: tuple[str, ...], on: date) -> list[str]:
        """Everyone who on that day surely held an office whose title begins so: "president of", in small letters."""
        return [
            entity_id
            for entity_id, terms in self._terms.items()
            if any(_certainly_held(term, on) and term.title.lower().startswith(beginnings) for term in terms)
        ]

    def speaks_as(self, entity_id: str) -> str:
        """Whom a name stands for when it speaks; mostly itself."""
        return self._speaks_as.get(entity_id, entity_id)

    def pronoun(self, entity_id: str) -> str | None:
        """ "he" or "she" for a person whose pronoun is recorded."""
        return self._pronouns.get(entity_id)


def _certainly_held(term: _Term, on: date) -> bool:
    return term.since is not None and term.since <= on and (term.until is None or on < term.until)


class _Reader:
    """Gathers rows and refuses those that contradict what came before."""

    def __init__(self, sides: Mapping[str, Side]) -> None:
        self._sides = sides
        self._entities: dict[str, Entity] = {}
        self._offices: dict[str, list[Office]] = {}
        self._terms: dict[str, list[_Term]] = {}
        self._pronouns: dict[str, str] = {}
        self._speaks_as: dict[str, tuple[str, str]] = {}
        self._names: dict[str, tuple[str, str]] = {}  # folded name: entity id, place

    def person(self, row: _Row) -> None:
        if row["pronoun"] not in ("", "he", "she"):
            raise ValueError(f"{row.place}: pronoun “{row['pronoun']}”; write he, she or nothing")
        self._add(row, EntityKind.PERSON, row["wikidata"] or None)
        if row["pronoun"]:
            self._pronouns[row["entity_id"]] = row["pronoun"]

    def institution(self, row: _Row) -> None:
        try:
            kind = EntityKind(row["kind"])
        except ValueError:
            kinds = ", ".join(kind.value for kind in EntityKind)
            raise ValueError(f"{row.place}: kind “{row['kind']}”; write one of {kinds}") from None
        self._add(row, kind, None)
        if row["speaks_as"]:
            self._speaks_as[row["entity_id"]] = (row["speaks_as"], row.place)

    def office(self, row: _Row) -> None:
        since, until = _period(row["since"], row.place), _period(row["until"], row.place)
        if row["entity_id"] not in self._entities:
            raise ValueError(f"{row.place}: nobody is called “{row['entity_id']}” in people.csv or institutions.csv")
        if not row["title"]:
            raise ValueError(f"{row.place}: an office needs a title")
        if since and until and since[0] > until[1]:
            raise ValueError(f"{row.place}: the office ends, {row['until']}, before it begins, {row['since']}")
        self._offices.setdefault(row["entity_id"], []).append(_exact(row["title"], since, until))
        term = _Term(row["title"], since[1] if since else None, until[0] if until else None)
        self._terms.setdefault(row["entity_id"], []).append(term)

    def finish(self) -> Gazetteer:
        for entity_id, (target, place) in self._speaks_as.items():
            if target not in self._entities:
                raise ValueError(f"{place}: “{entity_id}” speaks as “{target}”, which no row describes")
        entities = {
            entity_id: Entity(
                entity_id,
                entity.name,
                entity.kind,
                entity.side,
                entity.aliases,
                tuple(self._offices.get(entity_id, ())),
                entity.wikidata,
            )
            for entity_id, entity in self._entities.items()
        }
        terms = {entity_id: tuple(held) for entity_id, held in self._terms.items()}
        targets = {entity_id: target for entity_id, (target, _) in self._speaks_as.items()}
        return Gazetteer(entities, self._sides, terms, targets, self._pronouns)

    def _add(self, row: _Row, kind: EntityKind, wikidata: str | None) -> None:
        entity_id, name, side = row["entity_id"], row["name"], row["side"]
        if not entity_id or not name:
            raise ValueError(f"{row.place}: an entity needs an identifier and a name")
        if entity_id in self._entities:
            raise ValueError(f"{row.place}: “{entity_id}” is given a second time")
        if side and side not in self._sides:
            raise ValueError(f"{row.place}: side “{side}” is not in sides.csv")
        aliases = _listed(row["aliases"])
        for alias in (name, *aliases):
            taken, where = self._names.setdefault(fold(alias), (entity_id, row.place))
            if taken != entity_id:
                raise ValueError(f"{row.place}: “{alias}” already names “{taken}” ({where}); keep it for one of them")
        self._entities[entity_id] = Entity(entity_id, name, kind, side or None, aliases, (), wikidata)
