"""A table's file (CSV, JSON lines, Excel) → its rows as they stand, each with its number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from analysis.reading.encoding import decode
from analysis.reading.notes import shown
from analysis.schema import Skipped

Cells = Mapping[str, object]  # a row's values by column name in small letters

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 10_000_000  # characters
_COLUMNS = 500  # of a spreadsheet; what lies beyond is not looked at


def read_cells(path: Path) -> Iterator[tuple[int, Cells] | Skipped]:
    """The rows of a table in order, and what is wrong with those that cannot be read; empty rows are passed over.

    A row's number is what a spreadsheet shows, or its line in a file of JSON lines. The format is told by the
    content: Excel's is a zip archive, JSON lines begin with a brace or are named so, all else is CSV.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        yield Skipped(path.name, "unreadable", f"{path.name} cannot be read: {error.strerror or error}.")
        return
    if content.startswith(b"PK\x03\x04"):
        yield from _excel(content, path.name)
        return
    text, guess = decode(content)
    if text is None:
        detail = f"{path.name} is neither text nor an Excel workbook (.xlsx). Save it as CSV in UTF-8, or as .xlsx."
        yield Skipped(path.name, "binary", detail)
        return
    if guess:
        detail = f"{path.name} was read as {guess}: look whether its letters are right, or save it as UTF-8."
        yield Skipped(path.name, "encoding", detail)
    is_json = path.suffix.lower() in (".jsonl", ".ndjson") or text.lstrip().startswith("{")
    yield from _json_lines(text, path.name) if is_json else _csv(text, path.name)


def _json_lines(text: str, name: str) -> Iterator[tuple[int, Cells] | Skipped]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            problem = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
            row = None
        else:
            problem = f"a {type(row).__name__}"
        if isinstance(row, dict):
            yield number, _by_column(row.keys(), row.values())
        else:
            place = f"{name} row {number}"
            detail = f"{place}: no JSON object ({shown(problem)}). Write one object a line, or remove the line."
            yield Skipped(place, "broken", detail)


def _csv(text: str, name: str) -> Iterator[tuple[int, Cells] | Skipped]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = row
            elif any(cell.strip() for cell in row[len(header) :]):
                place = f"{name} row {number}"
                detail = (
                    f"{place}: {len(row)} cells under {len(header)} column names. "
                    f"Put cells that hold “{delimiter}” in quotation marks."
                )
                yield Skipped(place, "broken", detail)
            else:
                yield number, _by_column(header, row)
    except csv.Error as error:
        place = f"{name} row {number + 1}"
        detail = f"{place}: {shown(str(error))}; nothing from there on was read. Look for a quotation mark left open."
        yield Skipped(place, "broken", detail)


def _excel(content: bytes, name: str) -> Iterator[tuple[int, Cells] | Skipped]:
    """The first sheet's rows; what a formula says is its text, not its result."""
    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
        header: list[str] = []
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=_COLUMNS), start=1):
            row = [_written(value) for value in values]
            if not any(row):
                continue
            if header:
                yield number, _by_column(header, row)
            else:
                header = [str(value) for value in row]
    except Exception as error:  # zipfile, XML and openpyxl raise whatever a damaged workbook leads them to
        problem = shown(str(error) or type(error).__name__)
        detail = f"{name} is no Excel workbook that can be read ({problem}). Save it anew as .xlsx, or as CSV."
        yield Skipped(name, "broken", detail)


def _written(value: object) -> object:
    """A spreadsheet's value as a person would type it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _by_column(names: Iterable[str], values: Iterable[object]) -> Cells:
    """Values by column name; of columns of one name the first that says something counts."""
    row: dict[str, object] = {}
    for name, value in zip(names, values, strict=False):
        key = "_".join(name.strip().lower().split())
        if key and row.get(key) in (None, ""):
            row[key] = value
    return row
