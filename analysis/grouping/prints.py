"""A print: one quote, or the pieces of a split one, with what grouping compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.grouping.wordings import Wording, wording
from analysis.pieces import words_of
from analysis.schema import Basis, Document, Quote

# How much a day is worth as evidence of when words were said; lower is better.
_RANK = {Basis.STATED: 0, Basis.RESOLVED: 0, Basis.DATELINE: 1, Basis.PUBLISHED: 2, Basis.UNKNOWN: 3}
UNDATED = _RANK[Basis.UNKNOWN]
# By how many days the second quote's day may lie after (positive) or before (negative) the first's, by their ranks.
_APART = {
    (0, 0): (0, 0),
    (0, 1): (-1, 2),  # a report is filed on the day or the next
    (0, 2): (-1, 5),  # and published within the week; a day before: time zones
    (1, 1): (-1, 1),
    (1, 2): (-1, 4),
    (2, 2): (-3, 3),
}
REACH = max(day for days in _APART.values() for day in days)  # days that two dated prints may lie apart


@dataclass(frozen=True, slots=True)
class Print:
    """A quote, or the pieces of a split one, with what grouping compares."""

    rows: tuple[int, ...]
    pieces: tuple[Quote, ...]
    speaker: tuple[str, ...]
    page: str  # the page where it is printed
    published_on: date | None
    rank: int
    wording: Wording
    vector: np.ndarray | None

    @property
    def quote(self) -> Quote:
        """The first piece: where the print begins."""
        return self.pieces[0]

    @property
    def may_be_translated(self) -> bool:
        """True where speaker and day are sure enough for other words of the same meaning to be the same words."""
        return self.speaker[0] == "known" and self.quote.said_on is not None


def read_print(
    rows: tuple[int, ...], quotes: Sequence[Quote], documents: Mapping[str, Document], vectors: np.ndarray | None
) -> Print:
    """The print that the quotes in ``rows`` are the pieces of."""
    pieces = tuple(quotes[row] for row in rows)
    quote = pieces[0]
    if quote.speaker_id or quote.speaker_name:
        speaker = ("known", quote.speaker_id or f"name {quote.speaker_name}")
    else:
        speaker = ("unknown", (quote.side or ""))
    document = documents.get(quote.document_id)
    citation = quote.citation
    return Print(
        rows=rows,
        pieces=pieces,
        speaker=speaker,
        page=(citation.url or citation.title or "" if citation else "") or quote.document_id,
        published_on=citation.published_on if citation else document.published_on if document else None,
        rank=_RANK[quote.said_on_basis],
        wording=wording(words_of(pieces)),
        vector=None if vectors is None else _direction(vectors[list(rows)]),
    )


def _direction(vectors: np.ndarray) -> np.ndarray:
    """The unit row between unit rows: (n, d) → (d,)."""
    summed = vectors.sum(axis=0)
    return np.asarray(summed / max(float(np.linalg.norm(summed)), 1e-9), dtype=np.float32)


def compatible(first: Print, second: Print) -> bool:
    """True when both may be of one day."""
    if first.rank > second.rank:
        first, second = second, first
    if second.quote.said_on is None:
        # Printed later than said, and seldom more than a few weeks so.
        day, printed = first.quote.said_on or first.published_on, second.published_on
        return day is None or printed is None or -1 <= (printed - day).days <= 30
    least, most = _APART[first.rank, second.rank]
    assert first.quote.said_on is not None  # its rank is no worse than the second's
    return least <= (second.quote.said_on - first.quote.said_on).days <= most


def apart(first: Print, second: Print) -> int:
    """Days between both; 0 where one is undated."""
    days = (first.quote.said_on, second.quote.said_on)
    return abs((days[0] - days[1]).days) if days[0] and days[1] else 0
