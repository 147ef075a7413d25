"""A row of a table as a document with one quote."""

from __future__ import annotations

import re

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import slug
from analysis.extraction.groups import Member, Who, known, together
from analysis.importing.rows import Row
from analysis.reading.countries import side_of
from analysis.schema import Document, Quote, Span, identifier

_PREFIX = "row"  # of the identifiers of documents that are rows of a table
_JOINT = re.compile(r"\(([^()]+)\)\s*$")  # Joint statement (China and Russia)
_AND = re.compile(r"\s*(?:[,;&+]|\band\b)\s*")
_SIDES = re.compile(r"[^A-Za-z]+")


def is_row(document_id: str) -> bool:
    """True for the document of an imported row: reading its page is another document, not this one changed."""
    return document_id.startswith(f"{_PREFIX}-")


def document_of(row: Row) -> Document:
    """The row as a document: its context, where it has one, then the quotation in a paragraph of its own.

    Only the quotation is the page's own words, so the context counts as boilerplate.
    """
    context = row.context or ""
    return Document(
        document_id=identifier(_PREFIX, row.id),
        doc_id=row.id,
        source=row.source,
        url=row.url,
        title=row.source_title,
        publisher=row.publisher,
        author=None,
        published_on=row.published_on,
        published_on_text=None,
        lang=row.lang,
        licence=row.licence,
        text=f"{context}\n\n{row.text}" if context else row.text,
        content_hash=row.content_hash,
        boilerplate=(Span(0, len(context)),) if context else (),
    )


def quote_of(row: Row, document: Document, gazetteer: Gazetteer) -> Quote:
    """The row's quotation in ``document``, which is the row's.

    A document of several keeps its name, "Joint statement (China and Russia)", which says more than the group's.
    """
    start, end = len(document.text) - len(row.text), len(document.text)
    who = speaker_of(row, gazetteer)
    return Quote(
        quote_id=identifier("q", document.document_id, start, end),
        document_id=document.document_id,
        start=start,
        end=end,
        text=row.text,
        kind=row.kind,
        speaker_id=who.speaker_id,
        speaker_name=row.speaker if len(who.members) > 1 and _JOINT.search(row.speaker) else who.name,
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text=row.role,
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=row.said_on,
        said_on_basis=row.said_on_basis,
        said_on_text=None,
        side=who.side,
        confidence=1.0,
        statement_id=row.id,
    )


def speaker_of(row: Row, gazetteer: Gazetteer) -> Who:
    """Who speaks: the gazetteer's entity of that name, several of them as a group, else the name as written.

    The gazetteer's side goes before the row's, so that one speaker is on one side throughout the archive.
    """
    entity = gazetteer.find(row.speaker)
    if entity:
        return Who((known(entity.entity_id, gazetteer),))
    joint = _JOINT.search(row.speaker)
    named = [gazetteer.find(name) for name in _AND.split(joint[1] if joint else row.speaker) if name]
    if len(named) > 1 and all(named):
        group = together([Who((known(each.entity_id, gazetteer),)) for each in named if each])
        if group:
            return group
    return Who((Member(slug(row.speaker) or None, row.speaker, _side(row.side)),))


def _side(written: str | None) -> str | None:
    """The side that a row names, or several: CN, CN-RU."""
    if not written:
        return None
    sides = [side_of(written)] if side_of(written) else [side_of(code) for code in _SIDES.split(written) if code]
    return "+".join(sorted({side for side in sides if side})) if sides and all(sides) else None
