"""A dossier: statements that a reader collects, in the reader's order, each with a note; and how a link carries it.

In a link the statements stand in their order, as plain identifiers, and so does the title. Notes are packed into one
parameter, by identifier.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.messages import message

MOST = 200  # statements
LONGEST_NOTE = 2_000  # characters
LONGEST_TITLE = 200
LONGEST_NOTES = 30_000  # characters of all notes, packed for a link
_LONGEST_ID = 200
_MOST_UNPACKED = MOST * (LONGEST_NOTE + _LONGEST_ID) * 6  # bytes; JSON writes a character in up to six
PARAMETERS = ("statement", "title", "notes")


@dataclass(frozen=True, slots=True)
class Item:
    """A statement in a dossier, with what the reader noted about it."""

    statement_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Statements in order, each once. Every change gives a new one."""

    items: tuple[Item, ...] = ()
    title: str = ""

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, statement_id: object) -> bool:
        return any(item.statement_id == statement_id for item in self.items)

    @property
    def ids(self) -> list[str]:
        """The statements, in order."""
        return [item.statement_id for item in self.items]

    @property
    def room(self) -> int:
        """How many more it takes."""
        return MOST - len(self.items)

    @property
    def fits(self) -> bool:
        """False where its notes are together longer than a link carries."""
        return all(len(packed) <= LONGEST_NOTES for packed in self.to_parameters().get("notes", ()))

    def with_these(self, statement_ids: Iterable[str]) -> Dossier:
        """With those of ``statement_ids`` that it lacks at its end, as many as there is room for."""
        new = [each for each in dict.fromkeys(statement_ids) if each not in self]
        return replace(self, items=(*self.items, *(Item(each) for each in new[: self.room])))

    def without(self, statement_id: str) -> Dossier:
        """Without one statement and its note."""
        return replace(self, items=tuple(item for item in self.items if item.statement_id != statement_id))

    def moved(self, statement_id: str, by: int) -> Dossier:
        """With one statement ``by`` places further down, up where negative; as far as it goes."""
        ids = self.ids
        if statement_id not in ids:
            return self
        rest = list(self.items)
        item = rest.pop(ids.index(statement_id))
        rest.insert(max(0, ids.index(statement_id) + by), item)
        return replace(self, items=tuple(rest))

    def noted(self, statement_id: str, note: str) -> Dossier:
        """With this note on one statement, cut where it is too long."""
        note = note.strip()[:LONGEST_NOTE]
        return replace(
            self,
            items=tuple(Item(i.statement_id, note if i.statement_id == statement_id else i.note) for i in self.items),
        )

    def titled(self, title: str) -> Dossier:
        """With this title, cut where it is too long."""
        return replace(self, title=" ".join(title.split())[:LONGEST_TITLE])

    def sorted_by(self, places: Mapping[str, int]) -> Dossier:
        """In the order of ``places``; statements that have none come last, as they stood."""
        last = len(places)
        return replace(self, items=tuple(sorted(self.items, key=lambda item: places.get(item.statement_id, last))))

    def to_parameters(self) -> dict[str, list[str]]:
        """As a link's parameters, without empty ones."""
        notes = {item.statement_id: item.note for item in self.items if item.note}
        values = {
            "statement": self.ids,
            "title": [self.title] if self.title else [],
            "notes": [_packed(notes)] if notes else [],
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class ReadDossier:
    """A dossier read from a link, and what the link asked for that could not be used."""

    dossier: Dossier
    lost: tuple[str, ...]  # a clause each, for the reader


def read_dossier(parameters: Mapping[str, Sequence[str]]) -> ReadDossier:
    """The dossier that a link's ``parameters`` describe. Whether its statements exist is not looked at."""
    lost: list[str] = []
    ids = list(dict.fromkeys(each for each in parameters.get("statement", ()) if 0 < len(each) <= _LONGEST_ID))
    if len(ids) > MOST:
        lost.append(
            message("a dossier holds up to {most} statements, and the link names {count}", most=MOST, count=len(ids))
        )
    dossier = Dossier().with_these(ids)
    dossier = dossier.titled(next(iter(parameters.get("title", ())), ""))
    if packed := next(iter(parameters.get("notes", ())), ""):
        notes = _unpacked(packed)
        if notes is None:
            lost.append(message("its notes are damaged, as in a link that was cut or copied in part"))
        for statement_id, note in (notes or {}).items():
            if statement_id in dossier:
                dossier = dossier.noted(statement_id, note)
            else:
                short = statement_id[:_LONGEST_ID]
                lost.append(message("a note belongs to “{statement}”, which the link does not name", statement=short))
    return ReadDossier(dossier, tuple(lost))


def _packed(notes: Mapping[str, str]) -> str:
    """Notes in letters that an address takes as they are."""
    written = json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.urlsafe_b64encode(zlib.compress(written, 9)).rstrip(b"=").decode("ascii")


def _unpacked(packed: str) -> dict[str, str] | None:
    """The notes by statement; None where ``packed`` is no such thing, or grows beyond what notes can be."""
    try:
        squeezed = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        written = unpacking.decompress(squeezed, _MOST_UNPACKED)
        notes = json.loads(written) if unpacking.eof else None
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        return None
    if not isinstance(notes, dict) or not all(isinstance(note, str) for note in notes.values()):
        return None
    return notes
