"""Scenes that the text sets without quoting anybody: "On 28 December, Xi held a phone call with Putin."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from analysis.extraction.dated_page import Page
from analysis.extraction.day_phrases import EXACTNESS, DayPhrase, Form
from analysis.extraction.found import SaidOn
from analysis.extraction.occasion_words import HAPPENINGS, OCCASIONS, SPEAKING
from analysis.extraction.occasions import (
    dates_words,
    is_aside_of_the_speaker,
    is_planned,
    tokens_of,
)
from analysis.extraction.scenes import Scene
from analysis.schema import Basis, Span

_LONGEST_SENTENCE = 120  # tokens; a longer one is a list or no prose
_PERIOD = re.compile(r"\b(?:[A-Z]\w+|last|this|that|earlier|weekend)\b(?!.*\b(?:ago|after|before)$)")
# What happens to the world rather than between people who speak: its day is not that of their words.
_EVENTS = frozenset(
    "invade attack annex launch seize bomb fire shoot kill die bear win lose impose expire lapse elect defeat sanction"
    " arrest convict sentence jail marry retire resign fall rise drop enter join leave start finish".split()
)


@dataclass(frozen=True, slots=True)
class ToldScene:
    """A scene whose day is not yet worked out: "the same day" needs those told before it."""

    place: int  # number of its sentence
    phrase: DayPhrase | None  # None: "had met reporters", at some time before
    people: frozenset[str]
    open: bool

    def scene(self, page: Page) -> Scene:
        """The scene with its day, once all before it are in the page's log."""
        sentence = page.sentence(self.place)
        said_on = page.said_on(self.phrase) if self.phrase else SaidOn(None, Basis.UNKNOWN, None)
        return Scene(sentence.span.start, sentence.paragraph, said_on, self.people, open=self.open)


def scenes_told(page: Page) -> Iterator[ToldScene]:
    """Scenes that sentences set, at most one a sentence, in order."""
    for place, sentence in enumerate(page.sentences.sentences):
        if page.is_boilerplate(sentence.span):
            continue
        tokens = tokens_of(page.parsed, sentence.span)
        if tokens is None or len(tokens) > _LONGEST_SENTENCE:
            continue
        opening = place == 0 or page.sentence(place - 1).paragraph != sentence.paragraph
        yield from _scene(page, place, tokens, opening)


def _scene(page: Page, place: int, tokens: Tokens, opening: bool) -> Iterator[ToldScene]:
    told = page.told(place)
    main = tokens.root if tokens.root.pos_ in ("VERB", "AUX") else None
    flashback = main is not None and opening and not page.quoted_at(main.idx) and is_pluperfect(main)
    for phrase in sorted(page.phrases_in(page.sentence(place).span), key=lambda one: EXACTNESS[one.form]):
        if not _separates(phrase) or page.quoted(phrase):
            continue
        verb = spoken_at(page, tokens, phrase)
        if verb is not None:
            alone = told.together or flashback or not page.quotes_in(place)
            people = told.people if alone else page.cast.named(_subject(verb))
            yield ToldScene(place, phrase, people, open=alone)
            return
        acted = main is not None and (told.people or opening) and main.lemma_.lower() not in _EVENTS
        if main is not None and acted and dates_words(page.parsed, page.document.text, phrase.span, _span(main)):
            yield ToldScene(place, phrase, told.people, open=opening)
            return
    among = page.lead is not None and len(told.people) > 1 and told.people <= page.lead.people
    if flashback and not page.quotes_in(place) and not among:
        yield ToldScene(place, None, told.people, open=True)


def spoken_at(page: Page, tokens: Tokens, phrase: DayPhrase) -> Token | None:
    """The verb of a gathering or an utterance that ``phrase`` dates; None where it dates something else."""
    for token in tokens:
        lemma = token.lemma_.lower()
        reported = token.dep_ == "ccomp" and token.i > token.head.i
        beside = token.dep_ in ("relcl", "acl") and not is_aside_of_the_speaker(token)
        if token.pos_ != "VERB" or reported or beside or is_planned(token):
            continue
        held = any(child.pos_ == "NOUN" and child.lemma_.lower() in OCCASIONS for child in token.subtree)
        if (
            (lemma in SPEAKING or held)
            and not _is_of_a_thing(token)
            and dates_words(page.parsed, page.document.text, phrase.span, _span(token))
        ):
            return token
    return None


def _is_of_a_thing(verb: Token) -> bool:
    """True for "the treaty was signed": what happened to a thing, and not who spoke."""
    return any(child.dep_ == "nsubjpass" and child.lemma_.lower() in HAPPENINGS for child in verb.children)


def is_pluperfect(verb: Token) -> bool:
    """True for "had met", "had been"."""
    return verb.tag_ == "VBN" and any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token.text))


def _subject(verb: Token) -> str:
    """The verb's subject, or its agent where it is passive."""
    return " ".join(
        token.text
        for child in verb.children
        if child.dep_ in ("nsubj", "nsubjpass", "agent")
        for token in child.subtree
    )


def _separates(phrase: DayPhrase) -> bool:
    """True for a time that stands on its own: no "a year after", no "often"."""
    if phrase.form is Form.VAGUE:
        return _PERIOD.search(phrase.words) is not None or phrase.words.casefold().startswith("before ")
    return phrase.form is not Form.AFTER_CLAUSE or phrase.base is not None
