"""Which part of a long statement is closest in meaning to the question that found it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.embedding import Encoder
from analysis.queries.ranking import encode_query
from analysis.schema import Span

_BREAK = re.compile(
    r"[.!?;:…。！？；：，、]+[”’»\"']?\s*|,\s+|\s+[–—-]\s+"
)  # ends a part; a comma inside a number doesn't
_LEAST = 4  # words; a shorter part is read together with the next


def closest_parts(encoder: Encoder, query: str, texts: Sequence[str]) -> list[Span | None]:
    """For each text, the span of its clause or sentence nearest in meaning to ``query``; None where it has but one.

    All parts of all texts are encoded together: 5 to 20 ms a part on two cores, so ask for what is on the page only.
    The earlier of equally near parts is given.
    """
    parts = [split(text) for text in texts]
    several = [row for row, spans in enumerate(parts) if len(spans) > 1]
    wanted = [texts[row][span.start : span.end] for row in several for span in parts[row]]
    found: list[Span | None] = [None] * len(texts)
    if not wanted or not query.strip():
        return found
    scores = iter((encoder.encode(wanted) @ encode_query(encoder, query)).round(6).tolist())
    for row in several:
        rated = [(-next(scores), span.start, span) for span in parts[row]]
        found[row] = min(rated)[-1]
    return found


def split(text: str) -> list[Span]:
    """The clauses and sentences of ``text`` in order, without the space between them; short ones joined to the next."""
    spans: list[Span] = []
    start = 0
    for end in [*(match.end() for match in _BREAK.finditer(text)), len(text)]:
        if len(text[start:end].split()) >= _LEAST or (not text[start:end].isascii() and end - start >= 2 * _LEAST):
            spans.append(_trimmed(text, start, end))
            start = end
    if text[start:].strip():  # what is left is too short by itself
        first = spans.pop().start if spans else start
        spans.append(_trimmed(text, first, len(text)))
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
