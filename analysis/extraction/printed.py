"""A document's quotes as plain JSON values: what ``extract`` prints and what scorers read."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extraction.turns import questions
from analysis.schema import Basis, Document, Quote

_NOT_FROM_THE_TEXT = (Basis.PUBLISHED, Basis.UNKNOWN)


def as_printed(document: Document, quotes: Sequence[Quote]) -> dict[str, object]:
    """A document and its quotes in the shape that scorers read: DESIGN.md, "The command line's contract".

    Beside them, where a transcript has some, the questions that speakers are asked, a paragraph each.
    """
    printed: dict[str, object] = {
        "doc_id": document.doc_id,
        "text": document.text,
        "quotes": [
            {
                "start": quote.start,
                "end": quote.end,
                "type": str(quote.kind),
                "speaker_start": quote.speaker_start,
                "speaker_end": quote.speaker_end,
                "speaker_text": quote.speaker_text,
                "speaker_canonical": quote.speaker_name or quote.role_text,
                "via": quote.via,
                "cue_start": quote.cue_start,
                "cue_end": quote.cue_end,
                "date": None
                if quote.said_on is None or quote.said_on_basis in _NOT_FROM_THE_TEXT
                else quote.said_on.isoformat(),
                "date_basis": str(quote.said_on_basis),
                "side": quote.side,
                "confidence": round(quote.confidence, 3),
            }
            for quote in quotes
        ],
    }
    asked = [
        {
            "start": span.start,
            "end": span.end,
            "asker_text": document.text[asker.start : asker.end],
            "asker_start": asker.start,
            "asker_end": asker.end,
        }
        for turn in questions(document.text)
        for asker in (turn.name or turn.label,)
        for span in turn.paragraphs
    ]
    return {**printed, "questions": asked} if asked else printed
