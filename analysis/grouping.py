"""Quotes become statements: prints of one utterance share one.

Same speaker, compatible days, and the same words, a fragment of them, or another translation of them. Quotes are
compared only with statements of their speaker that were said within days of theirs and share words
with them, so the cost grows with the number of quotes, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import numpy as np

from analysis.likeness import SCALES, Scale, Wording, likeness, wording
from analysis.pieces import kind_of, print_key, sentences_split, words_of
from analysis.schema import Basis, Document, Kind, Quote, Statement, identifier

# How much a day is worth as evidence of when words were said; lower is better.
_RANK = {Basis.STATED: 0, Basis.RESOLVED: 0, Basis.DATELINE: 1, Basis.PUBLISHED: 2, Basis.UNKNOWN: 3}
# By how many days the second quote's day may lie after (positive) or before (negative) the first's, by their ranks.
_APART = {
    (0, 0): (0, 0),
    (0, 1): (-1, 2),  # a report is filed on the day or the next
    (0, 2): (-1, 5),  # and published within the week; a day before: time zones
    (1, 1): (-1, 1),
    (1, 2): (-1, 4),
    (2, 2): (-3, 3),
}
_WEEK = 7  # days; the width of the bins in which candidates are looked up
_LISTS = 6  # of the rarest words' groups are always looked at,
_CANDIDATES = 200  # others while they add up to no more than this
_SHINGLE = 3  # words in a row by which undated quotes are looked up
_UNDATED_WORDS = 6  # an undated print needs as many words in common: short formulas return on many days
_KINDS = {Kind.DIRECT: 0, Kind.MIXED: 1, Kind.INDIRECT: 2}


class Offices(Protocol):
    """What grouping asks of the gazetteer."""

    def office(self, entity_id: str, on: date | None) -> str | None:
        """The office that an entity held on a day; None where that is not known."""


@dataclass(frozen=True, slots=True)
class _Print:
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


@dataclass(slots=True)
class _Group:
    """Prints that were found to be of one utterance."""

    number: int
    prints: list[_Print] = field(default_factory=list)
    pinned: str | None = None  # the id of a statement that stands already


def group(
    quotes: Sequence[Quote],
    documents: Mapping[str, Document],
    vectors: np.ndarray | None,
    gazetteer: Offices,
    encoder: str = "small",
) -> tuple[list[Quote], list[Statement]]:
    """The quotes, each with its statement's id, in the order given; and the statements, by id.

    vectors: one unit row a quote, (n, d), of the ``encoder`` of that name; None, and those of an encoder whose
    cosines are not known (``analysis.likeness.SCALES``), leave translations that share few words apart.
    The answer does not depend on the order of the quotes. Quotes that already have a statement id keep it, those of
    one id stay together, and those of different ones are never joined. An undated print that fits utterances of
    several days stays a statement of its own.
    """
    scale = SCALES.get(encoder)
    known = vectors if scale is not None else None
    prints = [_read(rows, quotes, documents, known) for rows in sentences_split(quotes, documents)]
    statement_of: dict[int, str] = {}
    statements = []
    pinned = {quote.statement_id for quote in quotes}
    for found in _groups(prints, scale or SCALES["small"]):
        earliest = min(found.prints, key=lambda one: (one.published_on or date.max, one.quote.quote_id))
        statement_id = found.pinned or identifier("st", earliest.quote.quote_id)
        if found.pinned is None and statement_id in pinned:  # a table that this program exported was imported again
            statement_id = identifier("st", statement_id, "apart")
        statement_of |= {row: statement_id for one in found.prints for row in one.rows}
        statements.append(_statement(statement_id, found.prints, documents, gazetteer))
    grouped = [replace(quote, statement_id=statement_of[row]) for row, quote in enumerate(quotes)]
    return grouped, sorted(statements, key=lambda statement: statement.statement_id)


def _read(
    rows: tuple[int, ...], quotes: Sequence[Quote], documents: Mapping[str, Document], vectors: np.ndarray | None
) -> _Print:
    pieces = tuple(quotes[row] for row in rows)
    quote = pieces[0]
    if quote.speaker_id or quote.speaker_name:
        speaker = ("known", quote.speaker_id or f"name {quote.speaker_name}")
    else:
        speaker = ("unknown", (quote.side or ""))
    document = documents.get(quote.document_id)
    citation = quote.citation
    return _Print(
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


def _groups(prints: Sequence[_Print], scale: Scale) -> list[_Group]:
    """Groups of prints; the best dated and fullest come first, so that what they are matched to stands already.

    Prints that have a statement are its group from the start.
    """
    groups: list[_Group] = []
    index = _Index()
    standing: dict[str, _Group] = {}

    def order(one: _Print) -> tuple[bool, int, int, str]:
        return (one.quote.statement_id is None, one.rank, -len(one.wording.words), one.quote.quote_id)

    for one in sorted(prints, key=order):
        pinned = one.quote.statement_id
        if pinned is None:
            joined = _best(one, [groups[number] for number in index.candidates(one)], scale)
        else:
            joined = standing.get(pinned)
        if joined is None:
            joined = _Group(len(groups), pinned=pinned)
            groups.append(joined)
            if pinned is not None:
                standing[pinned] = joined
        joined.prints.append(one)
        index.add(one, joined.number)
    return groups


def _best(one: _Print, candidates: Iterable[_Group], scale: Scale) -> _Group | None:
    """The group that ``one`` is most like, the nearer day and then the earlier group first."""
    fitting = []
    for candidate in candidates:
        if candidate.pinned and one.quote.statement_id and candidate.pinned != one.quote.statement_id:
            continue
        if not all(_compatible(other, one) for other in candidate.prints):
            continue
        like = max(_likeness(one, other, scale) for other in candidate.prints)
        if like > 0:
            fitting.append((-like, _apart(candidate.prints[0], one), candidate.number, candidate))
    if not fitting:
        return None
    if one.rank == _RANK[Basis.UNKNOWN] and len({found.prints[0].quote.said_on for *_, found in fitting}) > 1:
        return None  # which day's it is cannot be told
    return min(fitting)[-1]


def _compatible(first: _Print, second: _Print) -> bool:
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


def _apart(first: _Print, second: _Print) -> int:
    days = (first.quote.said_on, second.quote.said_on)
    return abs((days[0] - days[1]).days) if days[0] and days[1] else 0


def _likeness(first: _Print, second: _Print, scale: Scale) -> float:
    """How much two prints are of the same words, 0 where they are not: see :func:`likeness`."""
    sure = first.speaker[0] == "known"
    undated = first.quote.said_on is None or second.quote.said_on is None
    cosine = float(first.vector @ second.vector) if first.vector is not None and second.vector is not None else None
    if not sure or undated or first.page == second.page:
        cosine = None  # no translations: on one page, or where speaker or day is in doubt
    least = _UNDATED_WORDS if undated or not sure else 1
    return likeness(first.wording, second.wording, cosine, least, scale)


class _Index:
    """Groups by speaker, week and word; and by speaker and three words in a row, for undated quotes."""

    def __init__(self) -> None:
        self._dated: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        self._any: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)

    def add(self, one: _Print, number: int) -> None:
        """Make ``number`` findable by the print that joined it."""
        if one.quote.said_on:
            week = one.quote.said_on.toordinal() // _WEEK
            for word in one.wording.subject:
                _append(self._dated[one.speaker, week, word], number)
        for shingle in _shingles(one.wording.words):
            _append(self._any[one.speaker, shingle], number)

    def candidates(self, one: _Print) -> list[int]:
        """Numbers of groups that may hold prints of the same utterance, ascending."""
        if one.quote.said_on:
            week = one.quote.said_on.toordinal() // _WEEK
            keys = [(one.speaker, near, word) for near in (week - 1, week, week + 1) for word in one.wording.subject]
            lists = [numbers for key in keys if (numbers := self._dated.get(key))]
        else:
            lists = [numbers for run in _shingles(one.wording.words) if (numbers := self._any.get((one.speaker, run)))]
        found: set[int] = set()
        for tried, numbers in enumerate(sorted(lists, key=lambda numbers: (len(numbers), numbers))):
            if tried >= _LISTS and len(found) + len(numbers) > _CANDIDATES:
                break
            found.update(numbers)
        return sorted(found)


def _append(numbers: list[int], number: int) -> None:
    if not numbers or numbers[-1] != number:
        numbers.append(number)


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _statement(
    statement_id: str, prints: Sequence[_Print], documents: Mapping[str, Document], gazetteer: Offices
) -> Statement:
    """The statement that ``prints`` print."""
    in_order = sorted(prints, key=lambda one: (one.published_on or date.max, one.quote.quote_id))
    fullest = min(
        in_order, key=lambda one: (-len(one.wording.words), _KINDS[kind_of(one.pieces)], -one.quote.confidence)
    )
    dated = min(in_order, key=lambda one: (one.rank, -one.quote.confidence))
    quote, document = fullest.quote, documents.get(fullest.quote.document_id)
    sources = [one.quote.citation or documents.get(one.quote.document_id) for one in in_order]
    publishers = dict.fromkeys(source.publisher for source in sources if source and source.publisher)
    source = quote.citation or document
    held = gazetteer.office(quote.speaker_id, dated.quote.said_on) if quote.speaker_id else None
    return Statement(
        statement_id=statement_id,
        text=words_of(fullest.pieces),
        kind=kind_of(fullest.pieces),
        speaker_id=quote.speaker_id,
        speaker_name=quote.speaker_name,
        speaker_members=quote.speaker_members,
        side=quote.side,
        sides=quote.sides,
        office=held or next((one.quote.role_text for one in (fullest, *in_order) if one.quote.role_text), None),
        via=quote.via,
        said_on=dated.quote.said_on,
        said_on_basis=dated.quote.said_on_basis,
        said_on_text=dated.quote.said_on_text,
        confidence=min(piece.confidence for piece in fullest.pieces),
        prints=len(
            {print_key(each.document_id, each.cue_start, each.quote_id) for one in prints for each in one.pieces}
        ),
        publishers=tuple(publishers),
        first_published_on=in_order[0].published_on,
        formulas=(),
        quote_id=quote.quote_id,
        document_id=quote.document_id,
        source_publisher=source.publisher if source else None,
        source_title=source.title if source else None,
        source_url=source.url if source else None,
    )
