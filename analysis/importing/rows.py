"""A table's cells → a row that can become a statement, or what is wrong with it and what to do."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from analysis.calendar_days import read_day
from analysis.importing.cells import Cells, read_cells
from analysis.reading.assemble import clean, guess_language
from analysis.reading.fields import words
from analysis.reading.notes import shown, too_long
from analysis.schema import Basis, Kind, Skipped, identifier

# Each column under its own name and those it has in tables that ``export`` writes.
COLUMNS = {
    "id": ("id", "statement_id"),
    "text": ("text", "quotation", "quote"),
    "speaker": ("speaker", "speaker_name"),
    "role": ("role", "office"),
    "side": ("side",),
    "said_on": ("said_on",),
    "date_basis": ("date_basis", "said_on_basis"),
    "published_on": ("published_on", "first_published_on"),
    "context": ("context",),
    "source_title": ("source_title", "title"),
    "publisher": ("publisher", "source_publisher"),
    "url": ("url", "source_url"),
    "licence": ("licence", "license"),
    "kind": ("kind",),
    "lang": ("lang", "language"),
}
_NEEDED = ("text", "speaker")
_BASES = {"page": Basis.STATED, "inferred": Basis.RESOLVED, "none": Basis.UNKNOWN} | {str(each): each for each in Basis}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


@dataclass(frozen=True, slots=True)
class Row:
    """One quotation with its citation; None where the table says nothing."""

    id: str
    text: str
    speaker: str
    role: str | None
    side: str | None  # as written: CN, CN-RU
    said_on: date | None
    said_on_basis: Basis
    published_on: date | None
    context: str | None  # where and when, in the words of whoever made the table
    source_title: str | None
    publisher: str | None
    url: str | None
    licence: str | None
    kind: Kind
    lang: str
    source: str  # the table's file and the row's number

    @property
    def content_hash(self) -> str:
        """SHA-256 of all that the row says, in hex; where it stands does not count."""
        said = {name: value for name, value in asdict(self).items() if name != "source"}
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def read_rows(path: Path, longest: int) -> tuple[list[Row], list[Skipped]]:
    """The usable rows of a table in order, and what is wrong with the others; the rest goes on.

    longest: characters of a text.
    """
    rows: list[Row] = []
    skipped: list[Skipped] = []
    numbers: dict[str, int] = {}  # id → row
    columns: set[str] = set()
    found = 0
    for item in read_cells(path):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        number, cells = item
        found += 1
        columns |= cells.keys()
        row, problems = _read(cells, f"{path.name} row {number}", longest)
        skipped += problems
        if row is None:
            continue
        if row.id in numbers:
            detail = (
                f"{row.source}, column id: “{row.id}” is row {numbers[row.id]}'s already. Give each row its own id."
            )
            skipped.append(Skipped(row.source, "duplicate", detail))
            continue
        numbers[row.id] = number
        rows.append(row)
    absent = [name for name in _NEEDED if not columns & set(COLUMNS[name])]
    if found and absent:
        listed = ", ".join(shown(name) for name in sorted(columns)[:20])
        detail = (
            f"{path.name} has no column {' or '.join(absent)} (it has {listed}). "
            f"Name the columns {', '.join(COLUMNS)}; {' and '.join(_NEEDED)} are needed."
        )
        return [], [Skipped(path.name, "column", detail)]
    if not found and not skipped:
        detail = f"{path.name} holds no row. Give it column names and, below them, a quotation a row."
        skipped.append(Skipped(path.name, "empty", detail))
    return rows, skipped


def to_cells(row: Row) -> dict[str, str]:
    """The row as cells that ``from_cells`` reads back."""
    values = {name: str(value) for name, value in asdict(row).items() if value is not None}
    return {{"said_on_basis": "date_basis"}.get(name, name): value for name, value in values.items()}


def from_cells(cells: Mapping[str, object], longest: int) -> tuple[Row | None, list[Skipped]]:
    """The row that ``to_cells`` wrote."""
    return _read(cells, str(cells.get("source")), longest)


class _UnusableError(Exception):
    """A row that cannot become a statement; the message names column, value and what to do."""


def _read(cells: Cells, place: str, longest: int) -> tuple[Row | None, list[Skipped]]:
    try:
        text = _text(cells)
        if len(text) > longest:
            return None, [too_long(place, len(text), "characters", longest)]
        url, notes = _url(cells, place)
        said_on = _day(cells, "said_on")
        row = Row(
            id=_id(cells, url, text),
            text=text,
            speaker=_needed_speaker(cells),
            role=_words(cells, "role"),
            side=_words(cells, "side"),
            said_on=said_on,
            said_on_basis=_basis(cells, said_on),
            published_on=_day(cells, "published_on"),
            context=_words(cells, "context"),
            source_title=_words(cells, "source_title"),
            publisher=_words(cells, "publisher"),
            url=url,
            licence=_words(cells, "licence"),
            kind=_kind(cells),
            lang=_words(cells, "lang") or guess_language(text),
            source=place,
        )
    except _UnusableError as problem:
        return None, [Skipped(place, "row", f"{place}, {problem}")]
    return row, notes


def _value(cells: Cells, column: str) -> object:
    """The first value under any of the column's names."""
    return next((cells[name] for name in COLUMNS[column] if cells.get(name) not in (None, "")), None)


def _words(cells: Cells, column: str) -> str | None:
    plain = words(_value(cells, column))
    return clean(plain) if plain else None


def _text(cells: Cells) -> str:
    text = _value(cells, "text")
    if not isinstance(text, str) or not text.strip():
        raise _UnusableError("column text: it holds no words. Give the quotation, or remove the row.")
    return clean(text.replace("\x00", "\ufffd")).strip()


def _needed_speaker(cells: Cells) -> str:
    speaker = _words(cells, "speaker")
    if not speaker:
        raise _UnusableError("column speaker: it is empty. Name who said it, or remove the row.")
    return speaker


def _id(cells: Cells, url: str | None, text: str) -> str:
    """The row's own id; one made of its content where it has none."""
    given = _words(cells, "id")
    if given is None:
        return identifier("st", "row", url, text, _words(cells, "speaker"), _words(cells, "said_on"))
    if not _ID.fullmatch(given):
        raise _UnusableError(
            f"column id: “{shown(given)}” cannot stand in a link. "
            "Use up to 100 letters a–z, digits and any of - _ . : instead."
        )
    return given


def _day(cells: Cells, column: str) -> date | None:
    written = _words(cells, column)
    day = read_day(written) if written else None
    if written and day is None:
        raise _UnusableError(
            f"column {column}: “{shown(written)}” is no day. Write it as 2022-02-24, or leave it empty."
        )
    return day


def _basis(cells: Cells, said_on: date | None) -> Basis:
    """What the day rests on; a day with nothing said about it counts as stated."""
    if said_on is None:
        return Basis.UNKNOWN
    written = _value(cells, "date_basis")
    if written is None:
        return Basis.STATED
    basis = _BASES.get(str(written).strip().lower())
    if basis is None:
        raise _UnusableError(f"column date_basis: “{shown(written)}” is none of {', '.join(_BASES)}.")
    return Basis.RESOLVED if basis is Basis.UNKNOWN else basis


def _kind(cells: Cells) -> Kind:
    written = _words(cells, "kind") or Kind.DIRECT
    try:
        return Kind(written.lower())
    except ValueError:
        raise _UnusableError(f"column kind: “{shown(written)}” is none of {', '.join(Kind)}.") from None


def _url(cells: Cells, place: str) -> tuple[str | None, list[Skipped]]:
    url = _words(cells, "url")
    if url is None or url.lower().startswith(("http://", "https://")):
        return url, []
    detail = f"{place}, column url: “{shown(url)}” is no web address; read without it. Use http:// or https://."
    return None, [Skipped(place, "field", detail)]


def lines(rows: Mapping[str, Row]) -> Iterator[str]:
    """Each row as a line of JSON, by id."""
    for key in sorted(rows):
        yield json.dumps(to_cells(rows[key]), sort_keys=True, ensure_ascii=True) + "\n"
