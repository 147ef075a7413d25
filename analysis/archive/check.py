"""Verifying an archive: that it still holds what was published, and that what it holds fits together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import Manifest, ManifestStore, read_manifest
from analysis.archive.rows import digest, table_schemas
from analysis.archive.store import open_table, read_table
from analysis.pieces import print_key

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a release, and where."""

    release: int
    table: str  # "manifest" for the manifest itself
    what: str

    def __str__(self) -> str:
        return f"release {self.release}, {self.table}: {self.what}"


def check(folder: Path | str, number: int | None = None) -> list[Problem]:
    """Everything wrong with release ``number``, or with every release when none is given; empty when all is well.

    Raises ArchiveError when there is no archive, or not that release. Reads every row of every table: about
    20,000 rows/s.
    """
    folder = Path(folder)
    store = ManifestStore(folder)
    numbers = store.numbers()
    if not numbers:
        raise ArchiveError(
            f"{folder} holds no release. Build one with: python -m analysis build SOURCE --archive {folder}"
        )
    if number is not None and number not in numbers:
        raise ArchiveError(f"Release {number} does not exist in {folder}: there are {numbers[0]} to {numbers[-1]}.")
    lost = sorted(set(range(numbers[0], numbers[-1])) - set(numbers)) if number is None else []
    problems = [Problem(gap, "manifest", "lost: older and newer releases are there") for gap in lost]
    for each in numbers if number is None else [number]:
        try:
            manifest = read_manifest(store, each)
        except ArchiveError as error:
            problems.append(Problem(each, "manifest", str(error)))
            continue
        problems += [Problem(each, table, what) for table, what in _problems(folder / "tables", manifest)]
    return problems


def _problems(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    rows: dict[str, list[Row]] = {}
    for name in table_schemas(manifest.dimensions):
        state = manifest.tables.get(name)
        if state is None:
            yield name, "not in the manifest"
            continue
        try:
            table = open_table(folder, name, state.version)
            whole = read_table(table, table.schema.names)
        except ArchiveError as error:
            yield name, str(error)
            continue
        if len(whole) != state.rows:
            yield name, f"holds {len(whole)} rows, the manifest says {state.rows}"
        if digest(whole) != state.digest:
            yield name, "its content does not fit the hash in the manifest"
        rows[name] = _without_embeddings(whole)
    if rows.keys() >= {"documents", "quotes", "statements", "entities", "mentions"}:
        yield from _ids(rows)
        yield from _quotes(rows)
        yield from _statements(rows)
        yield from _mentions(rows)


def _without_embeddings(rows: pa.Table) -> list[Row]:
    kept: list[Row] = rows.select([name for name in rows.column_names if name != "embedding"]).to_pylist()
    return kept


def _ids(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, str]]:
    for table in ("documents", "quotes", "statements", "entities"):
        column = f"{table.removesuffix('s')}_id" if table != "entities" else "entity_id"
        for identifier, times in Counter(row[column] for row in rows[table]).items():
            if times > 1:
                yield table, f"{identifier} stands {times} times"


def _quotes(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, str]]:
    texts = {row["document_id"]: row["text"] for row in rows["documents"]}
    statements = {row["statement_id"] for row in rows["statements"]}
    entities = {row["entity_id"] for row in rows["entities"]}
    for row in rows["quotes"]:
        said = _wrong_references(row, {"document_id": texts, "statement_id": statements})
        text = texts.get(row["document_id"])
        if text is not None:
            if text[row["start"] : row["end"]] != row["text"]:
                said.append(f"its words do not stand at {row['start']}:{row['end']} in {row['document_id']}")
            said += [wrong for name in ("speaker", "cue") if (wrong := _wrong_span(row, name, text))]
        said += _unknown_members(row, entities)
        yield from (("quotes", f"{row['quote_id']}: {what}") for what in said)


def _statements(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, str]]:
    documents = {row["document_id"] for row in rows["documents"]}
    entities = {row["entity_id"] for row in rows["entities"]}
    statement_of = {row["quote_id"]: row["statement_id"] for row in rows["quotes"]}
    prints = Counter(
        statement_id
        for statement_id, _ in {
            (row["statement_id"], print_key(row["document_id"], row["cue_start"], row["quote_id"]))
            for row in rows["quotes"]
        }
    )
    for row in rows["statements"]:
        said = _wrong_references(row, {"document_id": documents, "quote_id": statement_of})
        if statement_of.get(row["quote_id"], row["statement_id"]) != row["statement_id"]:
            said.append(f"quote {row['quote_id']} belongs to {statement_of[row['quote_id']]}")
        if prints[row["statement_id"]] != row["prints"]:
            said.append(f"has {prints[row['statement_id']]} prints, says {row['prints']}")
        said += _unknown_members(row, entities)
        yield from (("statements", f"{row['statement_id']}: {what}") for what in said)


def _mentions(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, str]]:
    texts = {row["document_id"]: row["text"] for row in rows["documents"]}
    entities = {row["entity_id"] for row in rows["entities"]}
    quotes = {row["quote_id"] for row in rows["quotes"]}
    for row in rows["mentions"]:
        said = _wrong_references(row, {"document_id": texts})
        said += _wrong_references(row, {"entity_id": entities, "quote_id": quotes}, may_be_null=True)
        text = texts.get(row["document_id"])
        if text is not None and text[row["start"] : row["end"]] != row["text"]:
            said.append("its words do not stand there")
        where = f"mention at {row['start']}:{row['end']} of {row['document_id']}"
        yield from (("mentions", f"{where}: {what}") for what in said)


def _wrong_references(row: Row, known: Mapping[str, Container[str]], may_be_null: bool = False) -> list[str]:
    return [
        f"names {column} {row[column]}, which is not there"
        for column, there in known.items()
        if row[column] not in there and not (may_be_null and row[column] is None)
    ]


def _unknown_members(row: Row, entities: set[str]) -> list[str]:
    members = row["speaker_id"].split("+") if row["speaker_id"] else []
    return [f"speaker {member} is not among the entities" for member in members if member not in entities]


def _wrong_span(row: Row, name: str, text: str) -> str | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    if (start is None) != (end is None):
        return f"its {name} has half a span"
    if start is None or text[start:end] == row["cue" if name == "cue" else "speaker_text"]:
        return None
    return f"its {name} does not stand at {start}:{end} in {row['document_id']}"
