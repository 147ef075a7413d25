"""Occasions that the text dates without quoting anybody: a call in its own sentence, a transcript's day."""

from __future__ import annotations

import re

from analysis.extraction.dated_page import Page, anchor
from analysis.extraction.day_phrases import DayPhrase, Form, day_phrases
from analysis.extraction.found import FoundQuote, SaidOn
from analysis.extraction.occasion_log import Occasion
from analysis.extraction.occasions import OCCASIONS, SPEAKING, dates_words, tokens_of
from analysis.schema import Span

_LONGEST_SENTENCE = 120  # tokens; a longer one is a list or no prose
_PERIOD = re.compile(r"\b(?:[A-Z]\w+|last|this|earlier|weekend)\b(?!.*\b(?:ago|after|before)$)")
_INTRODUCTION = 1500  # characters before a transcript's first turn that may name its day


def occasions_told(page: Page) -> list[Occasion]:
    """Dated gatherings in sentences that quote nobody: "On 28 December, Xi held a phone call with Putin."

    In the order of the text; one a sentence.
    """
    quoting = {page.sentences.place(anchor(quote)) for quote in page.found}
    told: list[Occasion] = []
    done = -1
    for phrase in page.phrases:
        place = page.sentences.place(phrase.span.start)
        if place in quoting or place == done or not _separates(phrase):
            continue
        sentence = page.sentence(place)
        if page.quoted_at(phrase.span.start) or not _dates_gathering(page, sentence.span, phrase):
            continue
        said_on = page.said_on(phrase, sentence.span)
        told.append(Occasion(sentence.span.start, sentence.paragraph, said_on, page.told(place).names))
        done = place
    return told


def _separates(phrase: DayPhrase) -> bool:
    """True for a time that stands on its own: no "a year after", no "often"."""
    if phrase.form is Form.VAGUE:
        return _PERIOD.search(phrase.words) is not None
    return phrase.form not in (Form.FROM_OTHER, Form.AFTER_CLAUSE)


def _dates_gathering(page: Page, sentence: Span, phrase: DayPhrase) -> bool:
    """True when ``phrase`` dates a gathering or an utterance in its sentence, not something else."""
    tokens = tokens_of(page.parsed, sentence)
    if tokens is None or len(tokens) > _LONGEST_SENTENCE:
        return False
    for token in tokens:
        if token.pos_ != "VERB" or token.dep_ in ("relcl", "acl", "ccomp"):
            continue
        held = any(child.pos_ == "NOUN" and child.lemma_.lower() in OCCASIONS for child in token.subtree)
        if token.lemma_.lower() in SPEAKING or held:
            verb = Span(token.idx, token.idx + len(token.text))
            if dates_words(page.parsed, phrase.span, verb):
                return True
    return False


def is_turn(page: Page, quote: FoundQuote) -> bool:
    """True for words after a transcript's label: "Vladimir Putin: …"."""
    if quote.speaker is None or quote.cue is not None:
        return False
    after = page.document.text[quote.speaker.end : quote.speaker.end + 40]
    return after.lstrip(" )]*_").startswith((":", "："))


def transcript_day(page: Page) -> SaidOn | None:
    """The one day that a transcript's title and introduction name; None for other texts, or several days."""
    turns = [quote for quote in page.found if is_turn(page, quote)]
    if len(turns) < 2:
        return None
    first = min(anchor(quote) for quote in turns)
    introduction = page.phrases_in(Span(0, min(first, _INTRODUCTION)))
    known: dict[object, SaidOn] = {}
    for phrase in [*day_phrases((page.document.title or "")[:500]), *introduction]:
        resolved = page.calendar.resolve(phrase) if phrase.form in (Form.FULL, Form.MONTH_DAY) else None
        if resolved:
            known.setdefault(resolved[0], SaidOn(*resolved, phrase.words))
    return next(iter(known.values())) if len(known) == 1 else None
