"""From a parsed document to quotes with speaker and day: spans, then names, then dates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction.dating import date_quotes
from analysis.extraction.found import FoundQuote, ResolvedSpeaker, SaidOn
from analysis.extraction.quotes import find_quotes
from analysis.extraction.speakers import resolve_speakers
from analysis.extraction.speeches import whole_speech
from analysis.schema import Citation, Document, Quote, Span, identifier

__all__ = ["extract"]


def extract(document: Document, parsed: Doc, gazetteer: Gazetteer, least_confidence: float = 0.0) -> list[Quote]:
    """Every quote of ``document``, in the order in which the text prints them.

    parsed: the spaCy parse of ``document.text``; offsets refer to that text. Nothing is taken from
    the document's boilerplate lines, and no reported words whose span and speaker's span are less likely right
    than ``least_confidence``. Cost grows linearly with the text.
    """
    found = find_quotes(
        parsed, skip=document.boilerplate, least_confidence=least_confidence, speech=whole_speech(document)
    )
    speakers = resolve_speakers(found, document, parsed, gazetteer)
    days = date_quotes(found, document, parsed, speakers)
    quotes = [_quote(document, one, speaker, day) for one, speaker, day in zip(found, speakers, days, strict=True)]
    return sorted(quotes, key=lambda quote: (quote.start, quote.end, quote.kind))


def _quote(document: Document, found: FoundQuote, speaker: ResolvedSpeaker, day: SaidOn) -> Quote:
    text = document.text
    start, end = found.span.start, found.span.end
    return Quote(
        quote_id=identifier("q", document.document_id, start, end),
        document_id=document.document_id,
        start=start,
        end=end,
        text=text[start:end],
        kind=found.kind,
        speaker_id=speaker.speaker_id,
        speaker_name=speaker.name,
        speaker_text=_words(text, found.speaker),
        speaker_start=found.speaker.start if found.speaker else None,
        speaker_end=found.speaker.end if found.speaker else None,
        role_text=speaker.role_text,
        cue=_words(text, found.cue),
        cue_start=found.cue.start if found.cue else None,
        cue_end=found.cue.end if found.cue else None,
        via=speaker.via,
        said_on=day.day,
        said_on_basis=day.basis,
        said_on_text=day.evidence,
        side=speaker.side,
        confidence=found.confidence * speaker.confidence,
        citation=citation_of(document.text, document.citations, end),
    )


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def citation_of(text: str, citations: Sequence[Citation], end: int) -> Citation | None:
    """The first of ``citations`` (in text order) at or after ``end`` and within the same paragraph.

    A brief's footnote mark stands after the sentence whose quotation it gives the source of.
    """
    at = bisect_left([citation.at for citation in citations], end)
    if at == len(citations):
        return None
    paragraph_ends = text.find("\n", end)
    nearest = citations[at]
    return nearest if paragraph_ends < 0 or nearest.at <= paragraph_ends else None
