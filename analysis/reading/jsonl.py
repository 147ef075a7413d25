"""JSONL files: a document a line, read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from analysis.reading.assemble import assemble
from analysis.reading.fields import read_fields, words
from analysis.reading.notes import empty, shown, too_long
from analysis.schema import Document, Skipped

_BEYOND_TEXT = 1_000_000  # bytes that a line may have beside its text: other fields
_CHUNK = 1 << 20


def read_jsonl(path: Path, source: str, longest: int) -> Iterator[Document | Skipped]:
    """A document for each row, and what is wrong with the rows that are none; the rest goes on.

    A line is held in memory up to 6 bytes for each character of ``longest``, which is what JSON needs for one.
    """
    limit = 6 * longest + _BEYOND_TEXT
    rows = 0
    try:
        with path.open("rb") as file:
            for number, line, size in _lines(file, limit):
                place = f"{source} line {number}"
                if line is None:
                    rows += 1
                    yield too_long(place, size, "bytes", longest)
                elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                    rows += 1
                    yield from _read_row(line, path, number, source, longest)
    except OSError as error:
        detail = f"{source} cannot be read: {error.strerror or error}. Check its permissions."
        yield Skipped(source, "unreadable", detail)
        return
    if rows == 0:
        yield empty(source)


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None, int]]:
    """(number, line, size in bytes) of each line; None for one beyond ``limit``, of which no more than that is held."""
    number = 0
    while line := file.readline(limit):
        number += 1
        size = len(line)
        if line.endswith(b"\n") or size < limit:
            yield number, line, size
            continue
        while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
            size += len(rest)
        yield number, None, size + len(rest)


def _read_row(line: bytes, path: Path, number: int, source: str, longest: int) -> Iterator[Document | Skipped]:
    """The document of one row, then notes on it; or why there is none."""
    place = f"{source} line {number}"
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Skipped(place, "broken", f"{place}: not UTF-8. Save the file as UTF-8.")
        return
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        detail = f"{place}: no JSON object ({shown(problem)}). Write one object a line, or remove the line."
        yield Skipped(place, "broken", detail)
        return
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        what = "its text is no string" if isinstance(row, dict) and "text" in row else "it has no text"
        yield Skipped(place, "broken", f"{place}: {what}. Give each row a “text” field with the document's words.")
        return
    if not text.strip():
        yield empty(place)
        return
    if len(text) > longest:
        yield too_long(place, len(text), "characters", longest)
        return
    fields, notes = read_fields(row, place)
    given = words(row.get("doc_id"))
    name = given or path.name
    yield assemble(text, source=place, doc_id=given or f"{path.stem}-{number}", name=name, fields=fields)
    yield from notes
