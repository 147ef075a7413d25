"""The day each quote was said, with what it rests on.

In this order: a time in the quote's own reporting clause; the occasion that the text told before for the same
speaker; the dateline, for the day's briefing; the publication day. A time that names no day ("in December") leaves
the day unknown, and so does a day that nothing completes to a date. Days are never taken from quoted words, nor from
what happened besides (see ``occasions``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.extraction.dated_page import Page, anchor, read_page
from analysis.extraction.day_phrases import Form
from analysis.extraction.found import FoundQuote, SaidOn
from analysis.extraction.occasion_log import Occasion, names_in
from analysis.extraction.occasions import dates_words, root_token
from analysis.extraction.occasions_told import is_turn, lead_day, occasions_told, transcript_day
from analysis.extraction.sentences import Sentence
from analysis.schema import Basis, Document, Span

_PRONOUN = re.compile(r"(?:he|she|they|it|who|him|her|them|i|we|you|his|the latter|the former)$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:both|two|three) (?:\w+ )?(?:leaders|sides|presidents|countries|ministers|men|heads|nations)\b|^they$",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\b(?:read(?:[- ]?out)?|statement|transcript|communiqu[eé]|press release)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|diplomat|leader|president|minister|premier|official|expert|scholar|analyst|envoy"
    r"|ambassador|chief|secretary|director|professor|politician|counterpart|chancellor|general|researcher)$",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have|had)(?: \w+)?(?: \w+)$", re.IGNORECASE)  # at the cue's end
_HAD = re.compile(r"\bhad(?: \w+)?(?: \w+)$", re.IGNORECASE)
_HABIT = re.compile(r"(?:once|recently|previously|formerly|repeatedly|often|frequently|regularly)$", re.IGNORECASE)
_RANK = {
    Form.FULL: 0,
    Form.MONTH_DAY: 0,
    Form.WEEKDAY: 0,
    Form.FROM_WRITING: 1,
    Form.FROM_OTHER: 1,
    Form.AFTER_CLAUSE: 1,
    Form.VAGUE: 2,
}  # which of several times in one clause counts
_FADES = 2  # paragraphs: how far "last month" holds for what the same person says next
_AHEAD = 2  # paragraphs: how soon a lead's words must be dated after it


def date_quotes(found: Sequence[FoundQuote], document: Document, parsed: Doc) -> list[SaidOn]:
    """The day of each quote with its basis and the words it was worked out from, in the order of ``found``.

    parsed: the parse of ``document.text``. A day is None exactly where the basis is unknown; the words then are those
    that name no day, or None. Time grows with the text's length.
    """
    if not found:
        return []
    page = read_page(found, document, parsed)
    if not page.sentences.sentences:
        return [_published(document) for _ in found]
    days: list[SaidOn | None] = [None] * len(found)
    transcript = transcript_day(page)
    page.lead = lead_day(page)
    told = occasions_told(page)
    entered = 0
    names: frozenset[str] = frozenset()
    paragraph = -1
    for number in sorted(range(len(found)), key=lambda one: (anchor(found[one]), found[one].span.start, one)):
        quote = found[number]
        place = page.place(quote)
        while entered < len(told) and told[entered].place <= place:
            page.log.add(told[entered].occasion(page))
            entered += 1
        own = names_in(page.text(quote.speaker))
        if not own and _refers_back(page, quote) and page.sentence(place).paragraph - paragraph <= 1:
            own = (_named_above(page, place, paragraph) if quote.speaker else frozenset()) or names
        names, paragraph = own, page.sentence(place).paragraph
        if transcript and is_turn(page, quote):
            days[number] = transcript
        else:
            days[number] = _own_day(page, quote, place, own) or _carried(page, quote, place, own)
    lead = page.lead
    if lead is None:
        _look_ahead(page, days)
    return [
        day or (lead if lead and not _perfect(page, quote) else None) or _published(document)
        for day, quote in zip(days, found, strict=True)
    ]


def _refers_back(page: Page, quote: FoundQuote) -> bool:
    """True when the speaker is whoever spoke before: nobody is named again, or a pronoun or a person's role stands."""
    if quote.speaker is None:
        return quote.cue is None
    speaker = page.text(quote.speaker)
    return _PRONOUN.match(speaker) is not None or _ROLE.search(speaker) is not None


def _named_above(page: Page, place: int, paragraph: int) -> frozenset[str]:
    """Names in the paragraph's sentences above this one, where no quote of it has named a speaker yet."""
    here = page.sentence(place).paragraph
    if here == paragraph or place == 0 or page.sentence(place - 1).paragraph != here:
        return frozenset()
    return page.told(place - 1).names


def _published(document: Document) -> SaidOn:
    """The publication day for want of better evidence."""
    if document.published_on:
        return SaidOn(document.published_on, Basis.PUBLISHED, document.published_on_text)
    return SaidOn(None, Basis.UNKNOWN, None)


def _own_day(page: Page, quote: FoundQuote, place: int, names: frozenset[str]) -> SaidOn | None:
    """The day that the quote's own sentence gives, entered as an occasion; None where it gives no time."""
    cue = quote.cue
    if cue is None:
        return None
    phrases = page.reporting_phrases(quote, place)
    fitting = [phrase for phrase in phrases if dates_words(page.parsed, phrase.span, cue)]
    if not fitting:
        return None
    nearest = min(fitting, key=lambda one: (_RANK[one.form], _distance(one.span, cue), one.span.start))
    said_on = page.said_on(nearest)
    if not (nearest.form is Form.VAGUE and _HABIT.match(nearest.words)):
        _enter(page, said_on, place, names, cue.start)
    return said_on


def _distance(first: Span, second: Span) -> int:
    return max(first.start - second.end, second.start - first.end, 0)


def _enter(page: Page, said_on: SaidOn, place: int, names: frozenset[str], at: int) -> None:
    """Enter an occasion in the log; all who are named in a sentence about a call or talks spoke there."""
    told = page.told(place)
    page.log.add(Occasion(at, page.sentence(place).paragraph, said_on, names | told.names if told.together else names))


def _perfect(page: Page, quote: FoundQuote) -> bool:
    """True for "has said" and "had said": at some time before, not now."""
    if quote.cue is None:
        return False
    before = page.document.text[max(0, quote.cue.start - 20) : quote.cue.end]
    return _PERFECT.search(before) is not None


def _present(page: Page, quote: FoundQuote) -> bool:
    """True for "says": what is held in general, or at the time of writing."""
    cue = root_token(page.parsed, quote.cue) if quote.cue else None
    return cue is not None and cue.tag_ in ("VBZ", "VBP")


def _earlier(page: Page, quote: FoundQuote) -> bool:
    """True for "had said": before the day that the text tells of."""
    if quote.cue is None:
        return False
    return _HAD.search(page.document.text[max(0, quote.cue.start - 20) : quote.cue.end]) is not None


def _carried(page: Page, quote: FoundQuote, place: int, names: frozenset[str]) -> SaidOn | None:
    """The day of the occasion that the quote continues; the dateline's for the day's briefing; None without either."""
    occasion = _continued(page, quote, page.sentence(place), names)
    if _perfect(page, quote):
        if occasion and occasion.scene and occasion.paragraph == page.sentence(place).paragraph:
            return occasion.said_on
        if _earlier(page, quote):
            undated = SaidOn(None, Basis.UNKNOWN, None)
            _enter(page, undated, place, names, anchor(quote))
            return undated
        return None
    if occasion is not None:
        return None if _present(page, quote) else occasion.said_on
    said_on = _of_the_day(page, place)
    if said_on:
        _enter(page, said_on, place, names, anchor(quote))
    return said_on


def _of_the_day(page: Page, place: int) -> SaidOn | None:
    """The day of a briefing or of a report's lead: the dateline's, or for spokespersons the one told just before."""
    told = page.told(place)
    dateline = page.calendar.dateline
    if dateline and dateline.day and (told.briefing or _in_lead(page, place)):
        return SaidOn(dateline.day, Basis.DATELINE, dateline.words)
    if told.briefing or told.spokesperson:
        before = page.log.near(page.sentence(place).paragraph, 1)
        if before and before.said_on.day and len(before.names) <= 2:
            return before.said_on
    return None


def _continued(page: Page, quote: FoundQuote, sentence: Sentence, names: frozenset[str]) -> Occasion | None:
    """The occasion told before at which the speaker spoke: by name, as one of several, by a record, or next to it."""
    speaker = page.text(quote.speaker)
    occasion = page.log.of(names) if names else None
    if occasion and occasion.said_on.day is None and occasion.paragraph < sentence.paragraph - _FADES:
        occasion = None
    here = page.log.near(sentence.paragraph, 0)
    if here and speaker.casefold() == "who" and here.at >= sentence.span.start:
        return here
    if here and here.scene and (occasion is None or here.at > occasion.at):
        return here
    if occasion is None and _SEVERAL.search(speaker):
        occasion = page.log.gathering(sentence.paragraph, 3)
    if occasion is None and _RECORD.search(speaker):
        occasion = page.log.gathering(sentence.paragraph, 5)
    if not names and occasion is None and _refers_back(page, quote) and not _ROLE.search(speaker):
        occasion = page.log.near(sentence.paragraph, 0 if speaker else 1)
    return occasion


def _in_lead(page: Page, place: int) -> bool:
    """True in the paragraph that the dateline opens."""
    dateline = page.calendar.dateline
    if dateline is None:
        return False
    opening = page.sentence(page.sentences.place(max(dateline.span.end - 1, 0)))
    return page.sentence(place).paragraph == opening.paragraph


def _look_ahead(page: Page, days: list[SaidOn | None]) -> None:
    """A lead's words, still undated, are those that the next paragraphs date for the same speaker."""
    occasions = sorted(page.log.occasions, key=lambda one: one.at)
    starts = [one.at for one in occasions]
    for number, quote in enumerate(page.found):
        if days[number] is not None or _perfect(page, quote):
            continue
        names = names_in(page.text(quote.speaker))
        last = page.sentence(page.place(quote)).paragraph + _AHEAD
        first = bisect_right(starts, anchor(quote))
        for one in occasions[first : first + 20]:
            if one.paragraph > last:
                break
            if one.names & names and one.said_on.day:
                days[number] = one.said_on
                break
