"""The news that a text opens with: its day, and who takes part in it."""

from __future__ import annotations

import re
from datetime import date

from analysis.extraction.dated_page import Page
from analysis.extraction.day_phrases import Form
from analysis.extraction.found import SaidOn
from analysis.extraction.occasions import dates_something_else, tokens_of
from analysis.extraction.scenes import Scene
from analysis.extraction.scenes_told import spoken_at
from analysis.schema import Basis

_AFTER_IT = re.compile(
    r"\b(?:at|in|during|after|following) (?:the|that|their|his|her)(?: same)? "
    r"(?:talks?|meeting|ceremony|call|conversation|summit|reception|negotiations)\b"
)

_WORDS = re.compile(
    r"\b(?:message|telegram|letter|greetings|condolences|statement|interview|speech|address(?:ed)?|remarks|reception|received|communiqu[eé]"
    r"|chaired|congratulat\w+|consultations|hosted|telephoned|toast)\b"
)
NEWCOMER = re.compile(r"(?:a|an|another|one|some|several|many)\b", re.IGNORECASE)  # somebody not named before
_BEFORE_IT = re.compile(r"\b(?:told|addressed) the (?P<venue>council|assembly|forum|conference|summit|session|panel)\b")
_TOLD_TO = re.compile(r"told (?:the |The )?(?P<whom>[A-Z]\w+)(?<!an)(?<!ese)(?<!ish)\b")


def find_lead(page: Page) -> Scene | None:
    """The news of the first paragraph with its day; None where it gives none, or several.

    The day is the dateline's, or one with its year that dates a gathering or an utterance or is the publication day.
    """
    days: dict[date, SaidOn] = {}
    told: dict[date, SaidOn] = {}  # days of speaking worked out from weekdays: better than the dateline
    people: frozenset[str] = frozenset()
    opening = [place for place, one in enumerate(page.sentences.sentences) if one.paragraph == page.opening]
    for place in opening:
        sentence = page.sentence(place)
        people |= page.told(place).people
        tokens = tokens_of(page.parsed, sentence.span)
        for phrase in page.phrases_in(sentence.span):
            if tokens is not None and phrase.form is Form.WEEKDAY and spoken_at(page, tokens, phrase):
                said_on = page.said_on(phrase)
                if said_on.day:
                    told.setdefault(said_on.day, said_on)
            named = phrase.form in (Form.FULL, Form.MONTH_DAY) and not page.quoted(phrase)
            if named and tokens is not None and not dates_something_else(page.document.text, phrase.span):
                said_on = page.said_on(phrase)
                if said_on.day and (phrase.day == page.document.published_on or spoken_at(page, tokens, phrase)):
                    days.setdefault(said_on.day, said_on)
    dateline = page.calendar.dateline
    if dateline and dateline.day:
        days = told if len(told) == 1 else {dateline.day: SaidOn(dateline.day, Basis.DATELINE, dateline.words)}
    heading = page.calendar.heading
    if heading and heading.day and not days and not told and any(_tells_of_speaking(page, place) for place in opening):
        days = {heading.day: SaidOn(heading.day, Basis.STATED, heading.words)}
    if len(days) != 1 or not opening:
        return None
    first = page.sentence(opening[0]).span
    return Scene(first.start, page.opening, next(iter(days.values())), people, open=page.told(opening[0]).together)


def _tells_of_speaking(page: Page, place: int) -> bool:
    told = page.told(place)
    return told.together or told.briefing or _WORDS.search(page.text(page.sentence(place).span)) is not None


def takes_part(page: Page, number: int, place: int, people: frozenset[str]) -> bool:
    """True when the quote belongs to the lead's news.

    Its speaker is named there, or speaks in the next paragraph, or with one who is named, or after "the talks", or
    told "the council" that the lead is about.
    """
    lead = page.lead
    if lead is None or not page.cast.acts(number):
        return False
    if people & lead.people:
        return True
    if page.sentence(place).paragraph - lead.paragraph <= 1:
        return True
    if NEWCOMER.match(page.text(page.found[number].speaker)):
        return False
    if page.told(place).people & lead.people & page.cast.speakers:
        return True
    words = page.text(page.sentence(place).span)
    if lead.open and _AFTER_IT.search(words):
        return True
    venue = _BEFORE_IT.search(words)
    return (
        venue is not None and venue["venue"] in page.text(page.sentence(page.sentences.place(lead.at)).span).casefold()
    )


def speaks_elsewhere(page: Page, number: int) -> bool:
    """True for "told Fox News" and "was quoted as saying"."""
    cue = page.found[number].cue
    if cue is None:
        return False
    if is_quoted(page, number):
        return True
    told = _TOLD_TO.match(page.document.text, cue.start, cue.end + 30)
    return told is not None and not page.cast.named(told["whom"])


def is_quoted(page: Page, number: int) -> bool:
    """True for "was quoted by Interfax as saying"."""
    cue = page.found[number].cue
    return cue is not None and "quoted" in page.document.text[max(0, cue.start - 30) : cue.end].rpartition(".")[2]
