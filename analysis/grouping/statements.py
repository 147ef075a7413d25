"""Prints fall into groups, and each group is a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
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
    """Prints that were found to be of one utterance."""

    number: int
    prints: list[Print] = field(default_factory=list)
    pinned: str | None = None  # the id of a statement that stands already


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
        joined.prints.append(one)
        index.add(one, joined.number)
    return groups


def _best(one: Print, candidates: Iterable[_Group], scale: Scale, near: Near) -> _Group | None:
    """The group that ``one`` is most like, the nearer day and then the earlier group first."""
    fitting = []
    for candidate in candidates:
        if candidate.pinned and one.quote.statement_id and candidate.pinned != one.quote.statement_id:
            continue
        if not all(compatible(other, one) for other in candidate.prints):
            continue
        like = max(_likeness(one, other, scale, near) for other in candidate.prints)
        if 0 < like < TRANSLATED and any(_of_one_text(other, one) for other in candidate.prints):
            continue  # a text that has one translation of it says something else in the other
        if like > 0:
            fitting.append((-like, apart(candidate.prints[0], one), candidate.number, candidate))
    if not fitting:
        return None
    if one.rank == UNDATED and len({found.prints[0].quote.said_on for *_, found in fitting}) > 1:
        return None  # which day's it is cannot be told
    return min(fitting)[-1]


def _of_one_text(first: Print, second: Print) -> bool:
    return first.page == second.page or first.quote.document_id == second.quote.document_id


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
