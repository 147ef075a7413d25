"""Which part of a long statement is closest in meaning to the question that found it."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.embedding import Encoder
from analysis.queries.question import encode_query
from analysis.queries.search import Hits
from analysis.schema import Span

_BREAK = re.compile(
    r"(?:[!?;…。！？；：，、]|[.:](?!\d))+[”’»\"']?\s*|,\s+|\s+[–—-]\s+"
)  # ends a part; a point or a comma inside a number doesn't
_LEAST = 4  # words; a shorter part is read together with the next
_LONG = 16  # words; a shorter text is read at a glance
_LONG_HAN = 40  # characters, where words are not spaced
_MOST_PARTS = 12  # of one text: what stands beyond is not compared
_KEPT = 20_000  # vectors of parts, at most 60 MB

_lock = threading.Lock()
_vectors: OrderedDict[tuple[Encoder, str], np.ndarray] = OrderedDict()  # of parts, those asked for last at the end


def closest_parts(encoder: Encoder, query: str, texts: Sequence[str]) -> list[Span | None]:
    """For each text, the span of its clause or sentence nearest in meaning to ``query``.

    None where the text has but one, or is short. The earlier of equally near parts is given. Parts that were not met
    before are encoded together, each at about the price of a query; the last 20,000 are kept. So ask only for what
    is on the page.
    """
    found: list[Span | None] = [None] * len(texts)
    parts = {row: split(text)[:_MOST_PARTS] for row, text in enumerate(texts) if _is_long(text)}
    several = {row: spans for row, spans in parts.items() if len(spans) > 1}
    if not several or not query.strip():
        return found
    asked = encode_query(encoder, query)
    wanted = [texts[row][span.start : span.end] for row, spans in several.items() for span in spans]
    scores = iter([round(float(vector @ asked), 6) for vector in _encoded(encoder, wanted)])
    for row, spans in several.items():
        rated = [(-next(scores), span.start, span) for span in spans]
        found[row] = min(rated)[-1]
    return found


def explained(hits: Hits, statements: pd.DataFrame, encoder: Encoder, query: str) -> Hits:
    """The hits, those found by meaning with the part of their words that is nearest to ``query``.

    statements: the release's, or those of the hits. At the price of ``closest_parts``: give it what is on the page.
    """
    near = {hit.statement_id for hit in hits if hit.why in ("meaning", "both")}
    rows = statements[statements["statement_id"].isin(near)]
    texts = rows["text"].tolist()
    parts = dict(zip(rows["statement_id"], closest_parts(encoder, query, texts), strict=True))
    told = [replace(hit, part=parts.get(hit.statement_id)) for hit in hits]
    return Hits(told, hits.note, hits.understood)


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LONG or (not text.isascii() and len(text) >= _LONG_HAN)


def _encoded(encoder: Encoder, texts: Sequence[str]) -> list[np.ndarray]:
    """One unit vector a text, kept from an earlier question where it can be."""
    with _lock:
        held = {text: _vectors[encoder, text] for text in texts if (encoder, text) in _vectors}
    new = sorted(set(texts) - held.keys())
    if new:
        held |= dict(zip(new, encoder.encode(new), strict=True))
    with _lock:
        for text in texts:
            _vectors[encoder, text] = held[text]
            _vectors.move_to_end((encoder, text))
        while len(_vectors) > _KEPT:
            _vectors.popitem(last=False)
    return [held[text] for text in texts]


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
