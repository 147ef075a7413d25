"""Whether rows fit together: words at their offsets, references that resolve, counts that add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.pieces import print_key

Row = Mapping[str, Any]
_PIECE = 10_000  # rows held as Python values at once


def rows_that_do_not_fit(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str]]:
    """Each table with what is wrong with a row of it. What needs a table that is not given is not looked at."""
    for name in ("documents", "quotes", "statements", "entities"):
        if name in tables:
            yield from _ids(name, tables[name])
    if tables.keys() >= {"documents", "quotes", "statements", "entities", "mentions"}:
        yield from _quotes(tables)
        yield from _statements(tables)
        yield from _mentions(tables)


def _ids(name: str, rows: pa.Table) -> Iterator[tuple[str, str]]:
    column = "entity_id" if name == "entities" else f"{name.removesuffix('s')}_id"
    counts = pc.value_counts(rows.column(column))
    for found in counts.filter(pc.greater(counts.field(1), 1)).to_pylist():
        yield name, f"{found['values']} stands {found['counts']} times"


def _quotes(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str]]:
    statements, entities = _column(tables["statements"], "statement_id"), _column(tables["entities"], "entity_id")
    for row, text in _with_texts(tables["quotes"], tables["documents"]):
        said = _wrong_references(row, {"statement_id": statements})
        if text is None:
            said.append(f"names document_id {row['document_id']}, which is not there")
        else:
            if text[row["start"] : row["end"]] != row["text"]:
                said.append(f"its words do not stand at {row['start']}:{row['end']} in {row['document_id']}")
            said += [wrong for name in ("speaker", "cue") if (wrong := _wrong_span(row, name, text))]
        said += _unknown_members(row, entities)
        yield from (("quotes", f"{row['quote_id']}: {what}") for what in said)


def _statements(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str]]:
    documents, entities = _column(tables["documents"], "document_id"), _column(tables["entities"], "entity_id")
    statement_of: dict[str, str] = {}
    pieces: set[tuple[str, tuple[str, int | str]]] = set()
    for row in _rows(tables["quotes"].select(["quote_id", "statement_id", "document_id", "cue_start"])):
        statement_of[row["quote_id"]] = row["statement_id"]
        pieces.add((row["statement_id"], print_key(row["document_id"], row["cue_start"], row["quote_id"])))
    prints = Counter(statement_id for statement_id, _ in pieces)
    for row in _rows(tables["statements"]):
        said = _wrong_references(row, {"document_id": documents, "quote_id": statement_of})
        if statement_of.get(row["quote_id"], row["statement_id"]) != row["statement_id"]:
            said.append(f"quote {row['quote_id']} belongs to {statement_of[row['quote_id']]}")
        if prints[row["statement_id"]] != row["prints"]:
            said.append(f"has {prints[row['statement_id']]} prints, says {row['prints']}")
        said += _unknown_members(row, entities)
        yield from (("statements", f"{row['statement_id']}: {what}") for what in said)


def _mentions(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, str]]:
    entities, quotes = _column(tables["entities"], "entity_id"), _column(tables["quotes"], "quote_id")
    for row, text in _with_texts(tables["mentions"], tables["documents"]):
        said = _wrong_references(row, {"entity_id": entities, "quote_id": quotes}, may_be_null=True)
        if text is None:
            said.append(f"names document_id {row['document_id']}, which is not there")
        elif text[row["start"] : row["end"]] != row["text"]:
            said.append("its words do not stand there")
        where = f"mention at {row['start']}:{row['end']} of {row['document_id']}"
        yield from (("mentions", f"{where}: {what}") for what in said)


def _with_texts(rows: pa.Table, documents: pa.Table) -> Iterator[tuple[Row, str | None]]:
    """Each row with its document's text, documents in turn; None where there is no such document."""
    places = pc.index_in(rows.column("document_id"), value_set=documents.column("document_id").combine_chunks())
    order = pc.sort_indices(places)  # rows without a document last
    held: list[str] = []
    first = -1
    for row, place in zip(_rows(rows.take(order)), places.take(order).to_pylist(), strict=True):
        if place is not None and not first <= place < first + len(held):
            first = place
            held = documents.slice(place, _PIECE // 10).column("text").to_pylist()
        yield row, None if place is None else held[place - first]


def _rows(table: pa.Table) -> Iterator[Row]:
    for start in range(0, len(table), _PIECE):
        yield from table.slice(start, _PIECE).to_pylist()


def _column(table: pa.Table, name: str) -> set[str]:
    return set(table.column(name).to_pylist())


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
