"""Statements as CSV, JSON, JSON lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import IO, Any

import pyarrow as pa

from analysis.exporting.columns import DAYS, LISTS, SELECTED
from analysis.exporting.exported import Exported
from analysis.exporting.words import encodable, harmless

_GROUP = 20_000  # rows of one row group
_PIECE = 500  # rows of CSV made at a time
_KINDS = {"confidence": pa.float32(), "prints": pa.int32(), "release": pa.int32(), "rank": pa.int32()}


def write_csv(exported: Exported, file: IO[str]) -> None:
    """UTF-8 CSV with a header; lists are joined by "; ".

    It is nothing but a table: its notes stand in the last columns of each row. A cell that a spreadsheet would take
    for a formula gets an apostrophe before it.
    """
    head, rows = _with_selection(exported)
    write_cells(head, rows, file)


def csv_pieces(exported: Exported) -> Iterator[bytes]:
    """The bytes of the same file, some hundred rows at a time, so that a large one need not fit into memory."""
    head, rows = _with_selection(exported)
    first: Sequence[str] | None = head
    while (piece := list(islice(rows, _PIECE))) or first is not None:
        words = io.StringIO(newline="")
        write_cells(first, piece, words)
        first = None
        yield words.getvalue().encode("utf-8", "replace")


def write_cells(head: Sequence[str] | None, rows: Iterable[Sequence[object]], file: IO[str]) -> None:
    """Any table as CSV, its cells harmless in a spreadsheet; without its head where that is None."""
    writer = csv.writer(file, lineterminator="\r\n")
    if head is not None:
        writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)


def _with_selection(exported: Exported) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    selected = exported.notes.selected
    return [*exported.columns, *SELECTED], ([*row.values(), selected] for row in exported.rows())


def write_json(exported: Exported, file: IO[str]) -> None:
    """One object: ``on_record`` with the notes, ``statements`` with the rows; lists stay lists."""
    head = json.dumps(exported.notes.head(exported.documents), ensure_ascii=True, indent=1)
    file.write(f'{{"on_record": {head},\n"statements": [')
    for at, row in enumerate(exported.rows()):
        file.write((",\n" if at else "\n") + json.dumps(row, ensure_ascii=True, default=str))
    file.write("\n]}\n")


def write_jsonl(exported: Exported, file: IO[str]) -> None:
    """One JSON object a line; lists stay lists, the notes stand in each."""
    selected = exported.notes.selected or None
    for row in exported.rows():
        file.write(json.dumps(row | dict.fromkeys(SELECTED, selected), ensure_ascii=True, default=str) + "\n")


def write_parquet(exported: Exported, file: IO[bytes]) -> None:
    """One Parquet table; lists stay lists, days are dates, the notes are the metadata value ``on_record``."""
    import pyarrow.parquet as parquet

    head = json.dumps(exported.notes.head(exported.documents), ensure_ascii=True)
    schema = pa.schema([(name, _kind(name)) for name in exported.columns], {"on_record": head})
    written = io.BytesIO()  # Parquet seeks, which a pipe cannot
    rows = exported.rows()
    with parquet.ParquetWriter(written, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pa.Table.from_pylist([_encodable(row) for row in group], schema=schema))
    file.write(written.getvalue())


def _kind(name: str) -> pa.DataType:
    if name in LISTS:
        return pa.list_(pa.string())
    return pa.date32() if name in DAYS else _KINDS.get(name, pa.string())


def cell(value: object) -> object:
    """A value for a spreadsheet: a number or day of ours, or text that is no formula, on as many lines as it has."""
    if isinstance(value, str):
        return _safe(value)
    if value is None:
        return ""
    if isinstance(value, int | float | date):
        return value  # ours, and a negative number is one
    return _safe("; ".join(map(str, value)) if isinstance(value, list) else str(value))


@lru_cache(maxsize=8192)
def _safe(words: str) -> str:
    return harmless(encodable(words).replace("\x00", ""))


def _encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with lone surrogates, which Arrow does not take, replaced."""

    def clean(value: object) -> object:
        if isinstance(value, list):
            return [clean(each) for each in value]
        return encodable(value) if isinstance(value, str) else value

    return {name: clean(value) for name, value in row.items()}
