"""The day of a transcript's turns."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analysis.extraction.dated_page import Page, anchor
from analysis.extraction.day_phrases import Form, day_phrases
from analysis.extraction.found import FoundQuote, SaidOn
from analysis.extraction.head_lines import head_lines
from analysis.schema import Span

_NEAR = timedelta(days=31)  # between the day of a conversation and its page's
_LABEL_ENDS = re.compile(r"[ )\]*_]*(?:\([^()\n]{1,40}\)[ *_]*)?[:：]")  # "Xi Jinping (retranslated):"
_INTRODUCTION = 1500  # characters before a transcript's first turn that may name its day


def is_turn(page: Page, quote: FoundQuote) -> bool:
    """True for words after a transcript's label, "Vladimir Putin: …", of a speech or a letter."""
    if quote.turn:
        return True
    if quote.speaker is None or quote.cue is not None:
        return False
    return _LABEL_ENDS.match(page.document.text, quote.speaker.end, quote.speaker.end + 60) is not None


def transcript_day(page: Page) -> SaidOn | None:
    """The one day that a transcript's title and introduction name; None for other texts, or several days."""
    turns = [quote for quote in page.found if is_turn(page, quote)]
    if not turns:
        return None
    first = min(anchor(quote) for quote in turns)
    introduction = page.phrases_in(Span(0, min(first, _INTRODUCTION)))
    known = _head_lines(page, first)
    if len(known) == 1:
        return next(iter(known.values()))
    if len(turns) < 2:
        introduction = []
    for phrase in [*day_phrases((page.document.title or "")[:500]), *introduction]:
        resolved = page.calendar.resolve(phrase) if phrase.form in (Form.FULL, Form.MONTH_DAY) else None
        published_on = page.document.published_on
        if resolved and (published_on is None or abs(published_on - resolved[0]) <= _NEAR):
            known.setdefault(resolved[0], SaidOn(*resolved, phrase.words))
    return next(iter(known.values())) if len(known) == 1 else None


def _head_lines(page: Page, first: int) -> dict[date, SaidOn]:
    """Days of lines above the first turn that give little else: "Moscow, 4 March 2025", not "Published: 4 March"."""
    text = page.document.text[: min(first, _INTRODUCTION)]
    known: dict[date, SaidOn] = {}
    for phrase in head_lines(text, day_phrases(text), len(text)):
        if resolved := page.calendar.resolve(phrase):
            known.setdefault(resolved[0], SaidOn(*resolved, phrase.words))
    return known
