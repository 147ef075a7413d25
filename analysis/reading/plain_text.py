"""Text files: the text is the decoded file exactly as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.reading.assemble import assemble
from analysis.reading.encoding import decode
from analysis.reading.fields import Fields
from analysis.reading.notes import empty, too_long
from analysis.schema import Document, Skipped


def read_text(path: Path, source: str, longest: int) -> tuple[str | None, list[Skipped]]:
    """The file's text and notes on it; None, with the reason, where it cannot be used.

    longest: characters. A file of more than four bytes for each is not opened.
    """
    try:
        size = path.stat().st_size
        if size > 4 * longest + 4:
            return None, [too_long(source, size, "bytes", longest)]
        content = path.read_bytes()
    except OSError as error:
        detail = f"{source} cannot be read: {error.strerror or error}. Check its permissions."
        return None, [Skipped(source, "unreadable", detail)]
    text, guess = decode(content)
    if text is None:
        detail = f"{source} is named as text but holds binary data. Convert it to text, or leave it out."
        return None, [Skipped(source, "binary", detail)]
    if len(text) > longest:
        return None, [too_long(source, len(text), "characters", longest)]
    if not text.strip():
        return None, [empty(source)]
    if guess is None:
        return text, []
    detail = f"{source} is not UTF-8; it was read as {guess}, a guess. If letters look wrong, save it as UTF-8."
    return text, [Skipped(source, "encoding", detail)]


def read_plain_text(path: Path, source: str, longest: int) -> Iterator[Document | Skipped]:
    """The document of one text file, then notes on it."""
    text, notes = read_text(path, source, longest)
    if text is not None:
        yield assemble(text, source=source, doc_id=path.stem, name=path.name, fields=Fields())
    yield from notes
