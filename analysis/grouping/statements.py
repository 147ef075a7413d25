"""Prints fall into groups, and each group is a statement."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Protocol

import numpy as np

from analysis.grouping.alignment import Aligner
from analysis.grouping.likeness import TRANSLATED, likeness
from analysis.grouping.lookup import Lookup
from analysis.grouping.near import Near, compared
from analysis.grouping.prints import UNDATED, Print, apart, compatible, read_print
from analysis.grouping.scales import SCALES, Scale
from analysis.pieces import kind_of, print_key, sentences_split, words_of
from analysis.schema import Document, Kind, Quote, Statement, identifier

_UNDATED_WORDS = 6  # an undated print needs as many words in common: short formulas return on many days
_KINDS = {Kind.DIRECT: 0, Kind.MIXED: 1, Kind.INDIRECT: 2}


class Offices(Protocol):
    """What grouping asks of the gazetteer."""

    def office(self, entity_id: str, on: date | None) -> str | None:
        """The office that an entity held on a day; None where that is not known."""


@dataclass(slots=True)
class _Group:
    """Prints that were found to be of one utterance. What is printed a thousand times is compared once."""

    number: int
    prints: list[Print] = field(default_factory=list)
    pinned: str | None = None  # the id of a statement that stands already
    _rows: dict[int, Print] = field(default_factory=dict)  # the prints by their first row
    _alike: dict[Hashable, dict[str, list[Print]]] = field(default_factory=dict)  # by words and vector, then by page
    _dated: dict[Hashable, Print] = field(default_factory=dict)  # one of each day, basis and day of publication
    _texts: set[tuple[str, str]] = field(default_factory=set)  # pages and documents

    def add(self, one: Print) -> None:
        """Take a print in."""
        self.prints.append(one)
        self._rows[one.rows[0]] = one
        vector = None if one.vector is None else one.vector.tobytes()
        by_page = self._alike.setdefault((one.wording, vector, one.may_be_translated), {})
        by_page.setdefault(one.page, []).append(one)
        self._dated.setdefault((one.rank, one.quote.said_on, one.published_on), one)
        self._texts |= {("page", one.page), ("document", one.quote.document_id)}

    def may_hold(self, one: Print) -> bool:
        """True when all its prints may be of ``one``'s day."""
        return all(compatible(other, one) for other in self._dated.values())

    def has_text_of(self, one: Print) -> bool:
        """True when one of its prints stands on the page or in the document of ``one``."""
        return not self._texts.isdisjoint({("page", one.page), ("document", one.quote.document_id)})

    def unlike(self, one: Print, near: Collection[int]) -> Iterator[Print]:
        """Its prints as far as ``one`` may be differently like them.

        Those whose first rows are in ``near``, whose tokens were compared with its own; of others with the same words
        and vector one on its own page and one elsewhere, since likeness goes by nothing else.
        """
        yield from (self._rows[row] for row in near if row in self._rows)
        for by_page in self._alike.values():
            here = by_page.get(one.page, ())
            yield from islice((other for other in here if other.rows[0] not in near), 1)
            elsewhere = (other for page, others in by_page.items() if page != one.page for other in others)
            yield from islice((other for other in elsewhere if other.rows[0] not in near), 1)


def group(
    quotes: Sequence[Quote],
    documents: Mapping[str, Document],
    vectors: np.ndarray | None,
    gazetteer: Offices,
    encoder: str = "small",
    aligner: Aligner | None = None,
) -> tuple[list[Quote], list[Statement]]:
    """The quotes, each with its statement's id, in the order given; and the statements, by id.

    vectors: one unit row a quote, (n, d), of the ``encoder`` of that name; None, and those of an encoder whose
    cosines are not known (``scales.SCALES``), leave translations that share few words apart. aligner: compares the
    tokens of what is near in meaning; without it translations are known by their vectors and the words that they share.
    The answer does not depend on the order of the quotes. Quotes that already have a statement id keep it, those of
    one id stay together, and those of different ones are never joined. An undated print that fits utterances of
    several days stays a statement of its own.
    """
    scale = SCALES.get(encoder)
    known = vectors if scale is not None else None
    prints = [read_print(rows, quotes, documents, known) for rows in sentences_split(quotes, documents)]
    standard = scale or SCALES["small"]
    near = Near() if aligner is None or known is None else compared(prints, aligner, standard.aligned_near)
    statement_of: dict[int, str] = {}
    statements = []
    pinned = {quote.statement_id for quote in quotes}
    for found in _groups(prints, standard, near):
        earliest = min(found.prints, key=lambda one: (one.published_on or date.max, one.quote.quote_id))
        statement_id = found.pinned or identifier("st", earliest.quote.quote_id)
        if found.pinned is None and statement_id in pinned:  # a table that this program exported was imported again
            statement_id = identifier("st", statement_id, "apart")
        statement_of |= {row: statement_id for one in found.prints for row in one.rows}
        statements.append(_statement(statement_id, found.prints, documents, gazetteer))
    grouped = [replace(quote, statement_id=statement_of[row]) for row, quote in enumerate(quotes)]
    return grouped, sorted(statements, key=lambda statement: statement.statement_id)


def _groups(prints: Sequence[Print], scale: Scale, near: Near) -> list[_Group]:
    """Groups of prints; the best dated and fullest come first, so that what they are matched to stands already.

    Prints that have a statement are its group from the start.
    """
    groups: list[_Group] = []
    index = Lookup()
    standing: dict[str, _Group] = {}

    def order(one: Print) -> tuple[bool, int, int, str]:
        return (one.quote.statement_id is None, one.rank, -len(one.wording.words), one.quote.quote_id)

    for one in sorted(prints, key=order):
        pinned = one.quote.statement_id
        if pinned is None:
            joined = _best(one, [groups[number] for number in index.candidates(one, near.to(one))], scale, near)
        else:
            joined = standing.get(pinned)
        if joined is None:
            joined = _Group(len(groups), pinned=pinned)
            groups.append(joined)
            if pinned is not None:
                standing[pinned] = joined
        joined.add(one)
        index.add(one, joined.number)
    return groups


def _best(one: Print, candidates: Iterable[_Group], scale: Scale, near: Near) -> _Group | None:
    """The group that ``one`` is most like, the nearer day and then the earlier group first."""
    fitting = []
    compared_with = set(near.to(one))
    for candidate in candidates:
        if candidate.pinned and one.quote.statement_id and candidate.pinned != one.quote.statement_id:
            continue
        if not candidate.may_hold(one):
            continue
        like = max(_likeness(one, other, scale, near) for other in candidate.unlike(one, compared_with))
        if 0 < like < TRANSLATED and candidate.has_text_of(one):
            continue  # a text that has one translation of it says something else in the other
        if like > 0:
            fitting.append((-like, apart(candidate.prints[0], one), candidate.number, candidate))
    if not fitting:
        return None
    if one.rank == UNDATED and len({found.prints[0].quote.said_on for *_, found in fitting}) > 1:
        return None  # which day's it is cannot be told
    return min(fitting)[-1]


def _likeness(first: Print, second: Print, scale: Scale, near: Near) -> float:
    """How much two prints are of the same words, 0 where they are not: see :func:`likeness`."""
    translated = first.may_be_translated and second.may_be_translated and first.page != second.page
    cosine = float(first.vector @ second.vector) if first.vector is not None and second.vector is not None else None
    sure = first.may_be_translated and second.may_be_translated
    return likeness(
        first.wording,
        second.wording,
        cosine if translated else None,  # no translations on one page, or where speaker or day is in doubt
        1 if sure else _UNDATED_WORDS,
        scale,
        near.of(first, second),
    )


def _statement(
    statement_id: str, prints: Sequence[Print], documents: Mapping[str, Document], gazetteer: Offices
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
