"""Which scene told before a quote goes on with: its speaker's, a meeting's, a record's, or the briefing of the day."""

from __future__ import annotations

import re

from analysis.extraction.dated_page import Page, anchor
from analysis.extraction.found import FoundQuote, SaidOn
from analysis.extraction.lead import NEWCOMER
from analysis.extraction.scenes import Scene
from analysis.schema import Basis

_PRONOUN = re.compile(r"^(?:he|she|they|it|who|him|her|them|i|we|you|his|the latter|the former)$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|diplomat|leader|president|minister|premier|official|envoy|ambassador|chief"
    r"|secretary|director|politician|counterpart|chancellor|general)$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:both|two|three) (?:\w+ )?(?:leaders|sides|presidents|countries|ministers|men|heads|nations)\b|^they$",
    re.IGNORECASE,
)
RECORD_WORD = re.compile(
    r"\b(?:read(?:[- ]?out)?|statement|transcript|communiqu[eé]|press release|text|letter|message|document)\b",
    re.IGNORECASE,
)
_BY_RECORD = re.compile(r"\baccording to [^,.;“]{0,40}\b(?:read-?out|transcript|communiqu[eé]|press release)\b")
_FADES = 2  # paragraphs: how far "last month" holds for what the same person says next
_REPLY = re.compile(r"(?:repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?)$", re.IGNORECASE)
_SINGULAR = re.compile(r"(?:the|his|her|its) [\w-]+(?: [\w-]+)?(?<!s)$", re.IGNORECASE)
_WRITTEN = re.compile(
    r"\bin (?:a|an|his|her|its|their) (?:[\w-]+ ){0,2}(?:message|letter|telegram|article|essay|op-ed|book"
    r"|memoirs?|column)\b"
)
_GATHERED = re.compile(
    r"^Meeting (?:in|at|on|with)\b|\b(?:[Aa]t|[Dd]uring|[Ii]n) (?:the|their) (?:talks|meeting|call)\b"
    r"|\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:\w+ )?(?:guests?|hosts?|visitors?)\b"
)


def refers_back(page: Page, quote: FoundQuote) -> int:
    """How many paragraphs back whoever spoke before may be the speaker; -1: it is somebody else.

    Nobody is named again, or a pronoun or a person's role stands: one; "the group": none.
    """
    if quote.speaker is None:
        return 1 if quote.cue is None else -1
    speaker = page.text(quote.speaker)
    if NEWCOMER.match(speaker):
        return -1
    if speaker.casefold() == "who":
        return 0
    if _PRONOUN.search(speaker) or _ROLE.search(speaker):
        paragraph = page.line_start(anchor(quote))
        return 0 if NEWCOMER.match(page.document.text, paragraph) else 1
    return 0 if _SINGULAR.search(speaker) else -1


def continued(page: Page, number: int, place: int, people: frozenset[str]) -> Scene | None:
    """The scene told before in which the speaker spoke: by name, as one of several, by a record, or next to it."""
    quote, sentence = page.found[number], page.sentence(place)
    speaker = page.text(quote.speaker)
    scene = page.log.of(people)
    if scene and len(people) > 1 and not people <= scene.people and scene.paragraph < sentence.paragraph:
        told = page.told(page.sentences.place(scene.at))
        scene = None if told.briefing else scene  # of several, one spoke to the press
    if scene and scene.said_on.day is None and scene.paragraph < sentence.paragraph - _FADES:
        scene = None
    here = page.log.near(sentence.paragraph, 0)
    if here and speaker.casefold() == "who" and here.at >= sentence.span.start:
        return here
    welcome = here and (here.people & people or (here.open and page.cast.acts(number)))
    if here and welcome and (scene is None or here.at > scene.at):
        return here
    last = page.log.scenes[-1] if page.log.scenes else None
    if last and quote.cue and _REPLY.search(page.text(quote.cue)) and sentence.paragraph - last.paragraph <= 1:
        return last
    if scene is None and _SEVERAL.search(speaker):
        scene = page.log.gathering(sentence.paragraph, 3)
    if scene is None and (RECORD_WORD.search(speaker) or _BY_RECORD.search(page.text(sentence.span))):
        scene = page.log.gathering(sentence.paragraph, 5)
    if scene is None and not people and refers_back(page, quote) == 1 and not _ROLE.search(speaker):
        scene = page.log.near(sentence.paragraph, 0 if speaker else 1)
    return scene


def of_the_day(page: Page, place: int) -> SaidOn | None:
    """The day of a briefing: the dateline's, or for spokespersons the one told just before."""
    told = page.told(place)
    dateline = page.calendar.dateline
    if dateline and dateline.day and told.briefing:
        return page.lead.said_on if page.lead else SaidOn(dateline.day, Basis.DATELINE, dateline.words)
    if told.briefing or told.spokesperson:
        before = page.log.near(page.sentence(place).paragraph, 1)
        if before and before.said_on.day and before.paragraph == page.opening and len(before.people) <= 2:
            return before.said_on
    return None


def gathered(page: Page, place: int) -> SaidOn | None:
    """The day told just before, in the opening, for "Meeting in Samarkand, Xi said" and "at their talks, Xi said"."""
    paragraph = page.sentence(place).paragraph
    before = page.log.near(paragraph, 1)
    if before is None or before.paragraph != page.opening:
        return None
    start = page.line_start(page.sentence(place).span.start)
    told = page.document.text[start : page.sentence(place).span.end]
    return before.said_on if _GATHERED.search(told) else None


def is_written(page: Page, place: int) -> bool:
    """True for "said in a message to the forum": written, and not on the day that the report was filed."""
    return _WRITTEN.search(page.text(page.sentence(place).span)) is not None
