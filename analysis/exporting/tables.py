"""Statements as CSV, JSON lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import pandas as pd
import pyarrow as pa

from analysis.queries.dates import as_day

# Columns of every table, in their order. Days are ISO dates; unknown values are empty in CSV and null elsewhere.
COLUMNS = (
    "statement_id",
    "text",
    "kind",
    "speaker_id",
    "speaker_name",
    "side",
    "office",
    "via",
    "said_on",
    "said_on_basis",
    "said_on_text",
    "confidence",
    "prints",
    "publishers",
    "first_published_on",
    "formulas",
    "quote_id",
    "document_id",
    "source_publisher",
    "source_title",
    "source_url",
)
LISTS = ("publishers", "formulas")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows(statements: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each statement's values by column name: days as dates, lists as lists, None for what is not known."""
    for row in statements[list(COLUMNS)].to_dict("records"):
        yield {str(name): _value(str(name), value) for name, value in row.items()}


def write_csv(statements: pd.DataFrame, file: IO[str]) -> None:
    """UTF-8 CSV with a header; lists are joined by "; ".

    A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe before it.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(statements):
        writer.writerow([_cell(value) for value in row.values()])


def write_jsonl(statements: pd.DataFrame, file: IO[str]) -> None:
    """One JSON object a line; lists stay lists."""
    for row in rows(statements):
        file.write(json.dumps(row, ensure_ascii=True, default=str) + "\n")


def write_parquet(statements: pd.DataFrame, file: IO[bytes]) -> None:
    """One Parquet table; lists stay lists, days are dates."""
    import pyarrow.parquet as parquet

    kinds = {
        "confidence": pa.float32(),
        "prints": pa.int32(),
        "said_on": pa.date32(),
        "first_published_on": pa.date32(),
    }
    schema = pa.schema(
        [(name, pa.list_(pa.string()) if name in LISTS else kinds.get(name, pa.string())) for name in COLUMNS]
    )
    written = io.BytesIO()  # Parquet seeks, which a pipe cannot
    parquet.write_table(pa.Table.from_pylist([_encodable(row) for row in rows(statements)], schema=schema), written)
    file.write(written.getvalue())


def _value(name: str, value: object) -> object:
    if name in ("said_on", "first_published_on"):
        return as_day(value)
    if name in LISTS:
        return [str(each) for each in value] if isinstance(value, Iterable) else []
    if name == "prints":
        return int(value)  # type: ignore[call-overload]
    if name == "confidence":
        return round(float(value), 4)  # type: ignore[arg-type]
    return str(value) if isinstance(value, str) and value else None


def _cell(value: object) -> str:
    """A value for a spreadsheet: harmless, on as many lines as it has."""
    if value is None:
        return ""
    written = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    written = written.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return f"'{written}" if written.startswith(_FORMULA_STARTS) else written


def _encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with lone surrogates, which Arrow does not take, replaced."""

    def clean(value: object) -> object:
        if isinstance(value, list):
            return [clean(each) for each in value]
        return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value

    return {name: clean(value) for name, value in row.items()}
