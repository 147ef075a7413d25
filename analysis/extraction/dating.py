"""The day each quote was said, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.extraction.found import FoundQuote, SaidOn
from analysis.schema import Basis, Document


def date_quotes(found: Sequence[FoundQuote], document: Document, parsed: Doc) -> list[SaidOn]:
    """The day of each quote, in the order of ``found``."""
    if document.published_on:
        return [SaidOn(document.published_on, Basis.PUBLISHED, document.published_on_text) for _ in found]
    return [SaidOn(None, Basis.UNKNOWN, None) for _ in found]
