"""What the tense of a reporting clause says about when: not yet, before the day told of, or in general."""

from __future__ import annotations

import re

from analysis.extraction.dated_page import Page, anchor
from analysis.extraction.day_phrases import Form
from analysis.extraction.found import FoundQuote
from analysis.extraction.occasions import root_token
from analysis.schema import Span

_PERFECT = re.compile(r"\b(?:has|have|had)(?: \w+)?(?: \w+)$", re.IGNORECASE)  # at the cue's end
_HAD = re.compile(r"\bhad(?: \w+)?(?: \w+)$", re.IGNORECASE)


def is_ahead(page: Page, cue: Span) -> bool:
    """True for "is to report on Tuesday", "will report": not said yet."""
    verb = root_token(page.parsed, cue)
    return verb is not None and any(child.dep_ == "aux" and child.lower_ in ("to", "will") for child in verb.children)


def is_perfect(page: Page, quote: FoundQuote) -> bool:
    """True for "has said" and "had said": at some time before, not now."""
    return _has_before(page, quote, _PERFECT)


def is_earlier(page: Page, quote: FoundQuote) -> bool:
    """True for "had said": before the day that the text tells of."""
    return _has_before(page, quote, _HAD)


def _has_before(page: Page, quote: FoundQuote, auxiliary: re.Pattern[str]) -> bool:
    cue = quote.cue
    if cue is None or auxiliary.search(page.document.text[max(0, cue.start - 20) : cue.end]) is None:
        return False
    verb = root_token(page.parsed, cue)
    return verb is None or verb.tag_ != "VB"  # "had him say" is not "had said"


def is_present(page: Page, quote: FoundQuote) -> bool:
    """True for "says": what is held in general, or at the time of writing."""
    cue = root_token(page.parsed, quote.cue) if quote.cue else None
    return cue is not None and cue.tag_ in ("VBZ", "VBP")


def is_timed(page: Page, quote: FoundQuote) -> bool:
    """True where the quote's own paragraph has named a day before it, be it another's."""
    start = page.line_start(anchor(quote))
    phrases = page.phrases_in(Span(start, max(start, anchor(quote))))
    return any(phrase.form in (Form.FULL, Form.MONTH_DAY, Form.WEEKDAY) for phrase in phrases)
