"""The one day of a record: a joint statement, a readout or an interview that says when it was signed or held.

"The statement was signed in Moscow on 8 May 2025", be it the last sentence, dates all that the statement says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from analysis.extraction.dated_page import Page
from analysis.extraction.day_phrases import DayPhrase, Form, day_phrases
from analysis.extraction.found import SaidOn
from analysis.extraction.head_lines import RECORD, head_lines, names_record
from analysis.extraction.lead import speaks_elsewhere
from analysis.extraction.occasions import dates_something_else
from analysis.extraction.tenses import is_perfect, is_timed
from analysis.schema import Basis

_MADE = re.compile(
    rf"^(?:“?The |This |Their |Both |Two )(?:[\w-]+ ){{0,4}}?{RECORD}s?\b(?P<between>[^.;:,“”]{{0,60}}?)"
    r"\b(?:was|were|took|is|dated)\b"
)
_DONE = re.compile(
    r"\b(?:signed|adopted|issued|released|made|held|published|recorded|conducted|delivered|given|agreed|dated|took)\b"
)
_TITLE = re.compile(rf"\b{RECORD}s?\b", re.IGNORECASE)
_NEAR = timedelta(days=60)  # between a record and its page
_HEAD = 400  # characters in which a text says what it is a record of
_DAYS = (Form.FULL, Form.MONTH_DAY, Form.WEEKDAY)


def date_by_record(page: Page, days: list[SaidOn | None]) -> None:
    """Fill the days still missing with the record's, where the text is a record; a comment from outside has none."""
    day = record_day(page)
    if day is None:
        return
    for number, quote in enumerate(page.found):
        outside = speaks_elsewhere(page, number) or not page.cast.acts(number) or is_perfect(page, quote)
        if days[number] is None and not outside and not is_timed(page, quote):
            days[number] = day


def record_day(page: Page) -> SaidOn | None:
    """The day that the title, a line above the text, its first or its last sentence gives; None for other texts.

    Also None where the text dates words to several days.
    """
    known: dict[date, SaidOn] = {}
    for said_on in (*_titled(page), *_made(page), *_signed_off(page)):
        if said_on.day and _is_near(page, said_on.day):
            known.setdefault(said_on.day, said_on)
    others = {scene.said_on.day for scene in page.log.scenes if scene.said_on.day} - known.keys()
    return next(iter(known.values())) if len(known) == 1 and not others else None


def _is_near(page: Page, day: date) -> bool:
    written_on = page.calendar.written_on
    return written_on is None or timedelta(days=-1) <= written_on - day <= _NEAR


def _titled(page: Page) -> Iterator[SaidOn]:
    """Days of title lines that name a record, "Joint Statement, 8 May 2025", or of a line beside such a title."""
    text = page.document.text
    first = next((one.span.start for one in page.sentences.sentences if one.paragraph == page.opening), 0)
    title = (page.document.title or "")[:500]
    for words in (title, text[: min(first, 1500)]):
        for line in words.split("\n"):
            if names_record(line):
                phrases = [one for one in day_phrases(line) if not dates_something_else(line, one.span)]
                yield from _resolved(page, [one for one in phrases if one.form in (Form.FULL, Form.MONTH_DAY)])
    heading = page.calendar.heading
    if heading and heading.day and names_record(title + "\n" + text[: min(first, 1500)]):
        yield SaidOn(heading.day, Basis.STATED, heading.words)


def _signed_off(page: Page) -> Iterator[SaidOn]:
    """The day of a last line under a titled record: "Beijing, 4 February 2022"."""
    text = page.document.text
    places = [one for one in page.sentences.sentences if one.paragraph >= page.opening]
    if len(places) < 2 or not names_record((page.document.title or "") + "\n" + text[:_HEAD].split("\n", 1)[0]):
        return
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    phrases = [one for one in head_lines(text, day_phrases(text), end) if one.span.start >= start]
    yield from _resolved(page, phrases)


def _made(page: Page) -> Iterator[SaidOn]:
    """Days of a first or last sentence such as "The talks took place in Beijing on 4 July"."""
    places = [
        place
        for place, one in enumerate(page.sentences.sentences)
        if not page.is_boilerplate(one.span) and one.paragraph >= page.opening
    ]
    for place in {*places[:1], *places[-2:]}:
        span = page.sentence(place).span
        words = page.text(span).strip()
        match = _MADE.match(words)
        if match is None or _DONE.search(words) is None or not _told_before(page, match, place == places[0]):
            continue
        phrases = [
            one
            for one in page.phrases_in(span)
            if one.form in _DAYS and not page.quoted(one) and not dates_something_else(page.document.text, one.span)
        ]
        yield from _resolved(page, phrases)


def _told_before(page: Page, match: re.Match[str], opens: bool) -> bool:
    """True where the text begins with what the sentence then speaks of: a statement, talks."""
    if opens:
        return True
    noun = _TITLE.search(match.group())
    stem = noun.group().casefold().rstrip("s")[:6] if noun else ""
    head = page.document.text[:_HEAD].casefold()
    return stem in head or (
        stem in ("conver", "talk", "call", "meetin") and re.search(r"\b(?:spoke|met|talk)", head) is not None
    )


def _resolved(page: Page, phrases: list[DayPhrase]) -> Iterator[SaidOn]:
    for phrase in phrases:
        if resolved := page.calendar.resolve(phrase):
            yield SaidOn(*resolved, phrase.words)
