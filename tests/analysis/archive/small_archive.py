"""A small archive made by hand: two documents that print one statement of Wang Yi's, and one of nobody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from analysis.archive import Tables, publish
from analysis.schema import (
    Basis,
    Citation,
    Document,
    Entity,
    EntityKind,
    Kind,
    Mention,
    Office,
    Quote,
    Skipped,
    Span,
    Statement,
)

FIRST = "BEIJING, March 7 (Wire) -- “The two sides trade more,” Wang Yi said.\n\nAdvertisement"
SECOND = "王毅说：“The two sides trade more 🤝”. Trade may grow, observers said."


def document(document_id: str, text: str, **given: object) -> Document:
    """A document with ``text`` and otherwise plausible metadata."""
    plain = Document(
        document_id=document_id,
        doc_id=document_id.removeprefix("d-"),
        source=f"{document_id}.txt",
        url=None,
        title="Trade",
        publisher="Wire",
        author=None,
        published_on=date(2023, 3, 7),
        published_on_text=None,
        lang="en",
        licence=None,
        text=text,
        content_hash="0" * 64,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def quote(document: Document, words: str, quote_id: str, statement_id: str, **given: object) -> Quote:
    """The quote of ``words`` where they stand in ``document``, said by nobody known unless given."""
    start = document.text.index(words)
    plain = Quote(
        quote_id=quote_id,
        document_id=document.document_id,
        start=start,
        end=start + len(words),
        text=words,
        kind=Kind.DIRECT,
        speaker_id=None,
        speaker_name=None,
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text=None,
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=None,
        said_on_basis=Basis.UNKNOWN,
        said_on_text=None,
        side=None,
        confidence=0.5,
        statement_id=statement_id,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def statement(fullest: Quote, prints: int, publishers: tuple[str, ...]) -> Statement:
    """The statement that ``fullest`` and ``prints - 1`` other quotes print."""
    return Statement(
        statement_id=str(fullest.statement_id),
        text=fullest.text,
        kind=fullest.kind,
        speaker_id=fullest.speaker_id,
        speaker_name=fullest.speaker_name,
        speaker_members=fullest.speaker_members,
        side=fullest.side,
        sides=fullest.sides,
        office=None,
        via=None,
        said_on=fullest.said_on,
        said_on_basis=fullest.said_on_basis,
        said_on_text=None,
        confidence=fullest.confidence,
        prints=prints,
        publishers=publishers,
        first_published_on=date(2023, 3, 7),
        formulas=(),
        quote_id=fullest.quote_id,
        document_id=fullest.document_id,
        source_publisher="Wire",
        source_title="Trade",
        source_url=None,
    )


def small_tables() -> Tables:
    """Two documents, three quotes, two statements, one entity with an office, one mention, one thing skipped."""
    first = document("d-1", FIRST, boilerplate=(Span(FIRST.index("Advert"), len(FIRST)),))
    page = Citation(at=40, publisher="Ministry", title="Readout", url="https://example.org/1", published_on=None)
    second = document("d-2", SECOND, lang="zh", published_on=None, citations=(page,))
    said = {
        "speaker_id": "wang-yi",
        "speaker_name": "Wang Yi",
        "side": "CN",
        "said_on": date(2023, 3, 7),
        "said_on_basis": Basis.DATELINE,
        "said_on_text": "March 7",
    }
    where = FIRST.index("Wang Yi")
    beside = {"speaker_text": "Wang Yi", "speaker_start": where, "speaker_end": where + 7}
    quotes = [
        quote(first, "The two sides trade more,", "q-1", "s-1", **said, **beside),
        quote(second, "The two sides trade more 🤝", "q-2", "s-1", citation=page, **said),
        quote(second, "Trade may grow", "q-3", "s-2", kind=Kind.INDIRECT),
    ]
    offices = (Office("Foreign Minister", date(2023, 7, 25), None),)
    return Tables(
        documents=[first, second],
        quotes=quotes,
        statements=[statement(quotes[1], 2, ("Wire",)), statement(quotes[2], 1, ("Wire",))],
        entities=[Entity("wang-yi", "Wang Yi", EntityKind.PERSON, "CN", ("王毅",), offices, "Q0")],
        mentions=[
            Mention("d-1", "wang-yi", "person", where, where + 7, "Wang Yi"),
            Mention("d-1", None, "GPE", 0, 7, "BEIJING"),
        ],
        skipped=[Skipped("empty.txt", "empty", "empty.txt holds no text")],
        quote_vectors=np.eye(3, 4, dtype=np.float32),
        statement_vectors=np.eye(2, 4, dtype=np.float32),
    )


def publish_small(folder: Path, tables: Tables | None = None) -> int:
    """Publish ``tables``, the small ones unless given, and say as which release."""
    return publish(
        folder, tables or small_tables(), inputs="in", gazetteer="gz", parser="en_core_web_sm 3.8.0", encoder="small"
    )
