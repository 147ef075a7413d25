"""Sources → documents: text, Markdown and JSONL, from files and folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis.reading.discover import discover
from analysis.reading.jsonl import read_jsonl
from analysis.reading.markdown import read_markdown
from analysis.reading.notes import NOTES, is_note
from analysis.reading.plain_text import read_plain_text
from analysis.schema import Document, Skipped

__all__ = ["NOTES", "READERS", "is_note", "read_sources"]

Reader = Callable[[Path, str, int], Iterator[Document | Skipped]]
READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}


def read_sources(sources: Sequence[str | Path], *, longest_document: int) -> Iterator[Document | Skipped]:
    """Every document that ``sources`` hold, and a word on everything that could not be used, as they come.

    sources: files and folders, in order. longest_document: characters; longer ones are skipped unread.
    Never raises for what a source holds. A ``Skipped`` that ``is_note`` follows a document that was read all the
    same. No two documents have the same identifier: a second copy under one name is skipped as "duplicate".
    """
    seen: dict[str, str] = {}
    for found in discover(sources, frozenset(READERS)):
        if isinstance(found, Skipped):
            yield found
            continue
        for one in READERS[found.path.suffix.lower()](found.path, found.source, longest_document):
            if isinstance(one, Document) and (first := seen.setdefault(one.document_id, one.source)) != one.source:
                detail = f"{one.source} repeats {first}: the same name and the same text. It is kept once."
                yield Skipped(one.source, "duplicate", detail)
            else:
                yield one
