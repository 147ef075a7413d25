"""Occasions that the text dates without quoting anybody: a call in its own sentence, a transcript's day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extraction.dated_page import Page, anchor
from analysis.extraction.day_phrases import DayPhrase, Form, day_phrases
from analysis.extraction.found import FoundQuote, SaidOn
from analysis.extraction.occasion_log import Occasion, names_in
from analysis.extraction.occasions import OCCASIONS, SPEAKING, dates_words, tokens_of
from analysis.schema import Basis, Span

_LONGEST_SENTENCE = 120  # tokens; a longer one is a list or no prose
_PERIOD = re.compile(r"\b(?:[A-Z]\w+|last|this|that|earlier|weekend)\b(?!.*\b(?:ago|after|before)$)")
_INTRODUCTION = 1500  # characters before a transcript's first turn that may name its day


@dataclass(frozen=True, slots=True)
class ToldOccasion:
    """A dated gathering or utterance, its day not yet worked out: "the same day" needs those told before it."""

    place: int  # number of its sentence
    phrase: DayPhrase
    names: frozenset[str]  # of those who took part

    def occasion(self, page: Page) -> Occasion:
        """The occasion with its day, once all before it are in the page's log."""
        sentence = page.sentence(self.place)
        said_on = page.said_on(self.phrase)
        together = page.told(self.place).together
        return Occasion(sentence.span.start, sentence.paragraph, said_on, self.names, scene=together)


def occasions_told(page: Page) -> list[ToldOccasion]:
    """Dated gatherings and utterances: "On 28 December, Xi held a phone call with Putin.", one a sentence, in order."""
    told: list[ToldOccasion] = []
    for phrase in page.phrases:
        place = page.sentences.place(phrase.span.start)
        if (told and told[-1].place == place) or not _separates(phrase) or page.quoted_at(phrase.span.start):
            continue
        verb = _gathering(page, page.sentence(place).span, phrase)
        if verb is not None:
            names = page.told(place).names if page.told(place).together else _speakers(verb)
            told.append(ToldOccasion(place, phrase, names))
    return told


def lead_day(page: Page) -> SaidOn | None:
    """The day with its year that the first paragraph gives to the news; None where it gives none, or several.

    It must date a gathering or an utterance there, or be the publication day.
    """
    first = next((one for one in page.sentences.sentences if not page.is_boilerplate(one.span)), None)
    if first is None:
        return None
    days: dict[object, SaidOn] = {}
    for sentence_place in range(page.sentences.place(first.span.start), len(page.sentences.sentences)):
        sentence = page.sentence(sentence_place)
        if sentence.paragraph != first.paragraph:
            break
        for phrase in page.phrases_in(sentence.span):
            if phrase.day and not page.quoted_at(phrase.span.start):
                dated = phrase.day == page.document.published_on or _gathering(page, sentence.span, phrase)
                if dated:
                    days.setdefault(phrase.day, SaidOn(phrase.day, Basis.STATED, phrase.words))
    return next(iter(days.values())) if len(days) == 1 else None


def _speakers(verb: Token) -> frozenset[str]:
    """Names in the verb's subject, or in "by …" where it is passive."""
    words = [
        token.text
        for child in verb.children
        if child.dep_ in ("nsubj", "nsubjpass", "agent")
        for token in child.subtree
    ]
    return names_in(words)


def _separates(phrase: DayPhrase) -> bool:
    """True for a time that stands on its own: no "a year after", no "often"."""
    if phrase.form is Form.VAGUE:
        return _PERIOD.search(phrase.words) is not None
    return phrase.form is not Form.AFTER_CLAUSE or phrase.base is not None


def _gathering(page: Page, sentence: Span, phrase: DayPhrase) -> Token | None:
    """The verb of a gathering or an utterance that ``phrase`` dates; None where it dates something else."""
    tokens = tokens_of(page.parsed, sentence)
    if tokens is None or len(tokens) > _LONGEST_SENTENCE:
        return None
    for token in tokens:
        if token.pos_ != "VERB" or token.dep_ in ("relcl", "acl", "ccomp"):
            continue
        held = any(child.pos_ == "NOUN" and child.lemma_.lower() in OCCASIONS for child in token.subtree)
        if token.lemma_.lower() in SPEAKING or held:
            verb = Span(token.idx, token.idx + len(token.text))
            if dates_words(page.parsed, phrase.span, verb):
                return token
    return None


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
