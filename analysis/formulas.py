"""Formulas: fixed diplomatic wordings that recur, read from ``data/formulas.csv`` and found in texts."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis.messages import message
from analysis.schema import Quote, Statement
from analysis.variants import Finder, Variant, read_variant

COLUMNS = (
    "formula_id",
    "name",
    "variants",
    "first_known_on",
    "first_known_speaker_id",
    "first_known_url",
    "note",
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Formula:
    """A fixed wording, what it signals, and the earliest use that this project knows."""

    formula_id: str
    name: str
    variants: tuple[str, ...]  # in the language of analysis/variants.py
    wordings: tuple[str, ...]  # the same for readers: the plainest text that each variant finds
    first_known_on: date | None  # None: no dated use is known
    first_known_speaker_id: str | None  # a group's is its members' ids joined by "+"
    first_known_url: str | None
    note: str


class Formulas:
    """Every known formula, by identifier, and the means to find them."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        """Raises ValueError for a variant that cannot be read."""
        self.formulas: Mapping[str, Formula] = {
            each.formula_id: each for each in sorted(formulas, key=lambda each: each.formula_id)
        }
        self._ids = tuple(self.formulas)
        self._finder = Finder(
            (number, read_variant(variant))
            for number, formula in enumerate(self.formulas.values())
            for variant in formula.variants
        )

    @classmethod
    def load(cls, path: Path) -> Formulas:
        """The formulas of a table with the columns ``COLUMNS``; variants are separated by semicolons.

        Raises FileNotFoundError for a missing file, and ValueError, naming file and line, for what cannot be used:
        other columns, an identifier or name given twice, a missing note, a variant, day or address that is none.
        """
        read: dict[str, Formula] = {}
        places: dict[str, str] = {}
        for place, row in _rows(path):
            formula = _formula(row, place)
            for key in (formula.formula_id, formula.name.casefold()):
                if key in places and places[key] != place:
                    raise ValueError(f"{place}: “{key}” is already given in {places[key]}; keep one of them")
                places[key] = place
            read[formula.formula_id] = formula
        return cls(read.values())

    def in_text(self, text: str) -> tuple[str, ...]:
        """Identifiers of the formulas that ``text`` uses, in order, each once."""
        return tuple(self._ids[number] for number in sorted({number for *_, number in self._finder.find(text)}))

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, formula_id) of each use in ``text``, in order of start, then end, then identifier.

        Code points, end exclusive. Uses of different formulas may overlap ("comprehensive strategic partnership" is
        a "strategic partnership" too); those of one formula never do.
        """
        return [(start, end, self._ids[number]) for start, end, number in self._finder.find(text)]

    def mark(self, statements: Iterable[Statement], quotes: Iterable[Quote]) -> list[Statement]:
        """The statements, in the order given, each with the formulas that any of its prints among ``quotes`` uses."""
        used: defaultdict[str | None, set[str]] = defaultdict(set)
        for quote in quotes:
            used[quote.statement_id].update(self.in_text(quote.text))
        return [
            replace(each, formulas=tuple(sorted(used[each.statement_id].union(self.in_text(each.text)))))
            for each in statements
        ]


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place, for messages."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; it has the columns {', '.join(COLUMNS)}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 at byte {error.start}; save it as UTF-8") from None
    reader = csv.reader(text.splitlines(keepends=True))
    header = tuple(next(reader, ()))
    if header != COLUMNS:
        raise ValueError(f"{path}, line 1: the columns are {', '.join(header)}; write {', '.join(COLUMNS)}")
    for fields in reader:
        place = f"{path}, line {reader.line_num}"
        if not fields:
            continue
        if len(fields) != len(COLUMNS):
            raise ValueError(f"{place}: {len(fields)} fields where {len(COLUMNS)} belong; quote fields with commas")
        yield place, dict(zip(COLUMNS, (value.strip() for value in fields), strict=True))


def _formula(row: Mapping[str, str], place: str) -> Formula:
    if not _SLUG.fullmatch(row["formula_id"]):
        raise ValueError(f"{place}: “{row['formula_id']}” is no identifier; write small letters and hyphens: no-limits")
    if not row["name"] or not row["note"]:
        raise ValueError(f"{place}: a formula needs a name and a note")
    variants = tuple(dict.fromkeys(part.strip() for part in row["variants"].split(";") if part.strip()))
    if not variants:
        raise ValueError(f"{place}: a formula needs at least one variant")
    url = row["first_known_url"]
    if url and not re.match(r"https?://[^\s/]+", url):
        raise ValueError(f"{place}: “{url}” is no web address; write it with https://, or leave it empty")
    return Formula(
        row["formula_id"],
        message(row["name"]),
        variants,
        tuple(dict.fromkeys(_variant(variant, place).plainest for variant in variants)),
        _day(row["first_known_on"], place),
        row["first_known_speaker_id"] or None,
        url or None,
        row["note"],
    )


def _variant(text: str, place: str) -> Variant:
    try:
        return read_variant(text)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{place}: “{text}” is no date; write it as 2022-02-24, or leave it empty") from None
