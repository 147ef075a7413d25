"""A sentence that its attribution splits is one print: “Ties”, said Orlov, “are firm” is said in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from analysis.schema import Document, Kind, Quote

_LONGEST_ATTRIBUTION = 300  # characters
_SENTENCE_END = re.compile(r"[.!?…][”\"’»)]*\s")
_BETWEEN = " … "  # what stands for the attribution in a statement's words


def sentences_split(quotes: Sequence[Quote], documents: Mapping[str, Document]) -> list[tuple[int, ...]]:
    """Rows of ``quotes`` by print, each print's in the order of its text: most prints are one quote.

    Two quotes are pieces of one print when the same words of speaking stand between them and no sentence ends
    there. Every row is in exactly one print.
    """
    order = sorted(range(len(quotes)), key=lambda row: (quotes[row].document_id, quotes[row].start, quotes[row].end))
    prints: list[list[int]] = [[row] for row in order[:1]]
    for before, row in pairwise(order):
        if _are_pieces(quotes[before], quotes[row], documents.get(quotes[row].document_id)):
            prints[-1].append(row)
        else:
            prints.append([row])
    return [tuple(rows) for rows in prints]


def _are_pieces(first: Quote, second: Quote, document: Document | None) -> bool:
    if document is None or first.document_id != second.document_id or first.cue_start is None:
        return False
    if (first.cue_start, first.speaker_start) != (second.cue_start, second.speaker_start):
        return False
    between = document.text[first.end : second.start]
    spoken_between = first.end <= first.cue_start < second.start
    return spoken_between and len(between) <= _LONGEST_ATTRIBUTION and not _SENTENCE_END.search(between)


def words_of(pieces: Sequence[Quote]) -> str:
    """The words of one print, an ellipsis where its attribution stood."""
    return joined(piece.text for piece in pieces)


def joined(words: Iterable[str]) -> str:
    """The words of one print, given those of its pieces."""
    return _BETWEEN.join(words)


def kind_of(pieces: Sequence[Quote]) -> Kind:
    """The pieces' kind; mixed where they differ."""
    return kind_among(piece.kind for piece in pieces)


def kind_among(kinds: Iterable[str]) -> Kind:
    """The kind of one print, given those of its pieces."""
    different = {Kind(kind) for kind in kinds}
    return different.pop() if len(different) == 1 else Kind.MIXED


def print_key(document_id: str, cue_start: int | None, quote_id: str) -> tuple[str, int | str]:
    """The same for all pieces of one print: quotes of one statement and one document that share words of speaking."""
    return (document_id, quote_id if cue_start is None else cue_start)
