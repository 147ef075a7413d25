"""The day each quote was said, with what it rests on.

In this order: a time in the quote's own reporting clause; the scene that the text set before, in the same paragraph or
for the same speaker; the news that the text opens with, for who takes part in it; the publication day. A time that
names no day ("in December") leaves the day unknown, and so does a day that nothing completes to a date. Days are never
taken from quoted words, nor from what happened besides (see ``occasions``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.extraction.continuing import RECORD_WORD, continued, gathered, is_written, of_the_day, refers_back
from analysis.extraction.dated_page import Page, anchor, read_page
from analysis.extraction.day_phrases import EXACTNESS, DayPhrase, Form
from analysis.extraction.found import FoundQuote, ResolvedSpeaker, SaidOn
from analysis.extraction.lead import find_lead, is_quoted, speaks_elsewhere, takes_part
from analysis.extraction.occasions import dates_words
from analysis.extraction.records import date_by_record
from analysis.extraction.scenes import Scene
from analysis.extraction.scenes_told import scenes_told
from analysis.extraction.tenses import is_ahead, is_earlier, is_perfect, is_present, is_timed
from analysis.extraction.transcripts import is_turn, transcript_day
from analysis.schema import Basis, Document, Span

_HABIT = re.compile(
    r"(?:earlier|once|recently|previously|formerly|repeatedly|often|frequently|regularly)$", re.IGNORECASE
)
_TO = re.compile(r"(?:told|tells|telling|assured?|urged|reminded|informed|asked|thanked|wrote to)$", re.IGNORECASE)
_RECORDED = re.compile(r"\b(?:recorded|taped|filmed|conducted) (?:on )?")  # goes before "and broadcast on Wednesday"
_AHEAD = 2  # paragraphs: how soon a lead's words must be dated after it
_RECALLED = re.compile(
    r"(?<!before )(?<!ahead of )(?<!prior to )\b(?:the|that|their|his|her)(?: same)? "
    r"(?:talks?|meeting|ceremony|call|conversation|summit|reception|briefing|press conference|negotiations)\b"
)
_LABEL_ENDS = re.compile(r"\)?(?:,? \d{1,2}[:.]\d\d)? ?(?:[:：]| [–—-] )")
_UNKNOWN = SaidOn(None, Basis.UNKNOWN, None)


def date_quotes(
    found: Sequence[FoundQuote], document: Document, parsed: Doc, speakers: Sequence[ResolvedSpeaker]
) -> list[SaidOn]:
    """The day of each quote with its basis and the words it was worked out from, in the order of ``found``.

    parsed: the parse of ``document.text``. speakers: whom each quote is given to, in the order of ``found``.
    A day is None exactly where the basis is unknown; the words then are those that name no day, or None.
    Time grows with the text's length.
    """
    page = read_page(found, document, parsed, speakers)
    if not found or not page.sentences.sentences:
        return [_published(document) for _ in found]
    days: list[SaidOn | None] = [None] * len(found)
    transcript = transcript_day(page)
    page.lead = find_lead(page)
    told = list(scenes_told(page))
    entered = 0
    people: frozenset[str] = frozenset()
    paragraph = -1
    for number in sorted(range(len(found)), key=lambda one: (anchor(found[one]), found[one].span.start, one)):
        quote = found[number]
        place = page.place(quote)
        while entered < len(told) and told[entered].place <= place:
            page.log.add(told[entered].scene(page))
            entered += 1
        own = page.cast.speaking(number)
        if not own and page.sentence(place).paragraph - paragraph <= refers_back(page, quote):
            own = people
        people, paragraph = own, page.sentence(place).paragraph
        if is_turn(page, quote):
            days[number] = transcript or _published(document)
        else:
            days[number] = _own_day(page, quote, place, own) or _carried(page, number, place, own)
    _look_ahead(page, days)
    date_by_record(page, days)
    return [day or _published(document) for day in days]


def _published(document: Document) -> SaidOn:
    """The publication day for want of better evidence."""
    if document.published_on:
        return SaidOn(document.published_on, Basis.PUBLISHED, document.published_on_text)
    return _UNKNOWN


def _own_day(page: Page, quote: FoundQuote, place: int, people: frozenset[str]) -> SaidOn | None:
    """The day that the quote's own sentence gives, entered as a scene; None where it gives no time."""
    cue = quote.cue
    if cue is None or is_ahead(page, cue):
        return None
    phrases = page.reporting_phrases(quote, place) or page.line_opens_with(cue)
    fitting = [
        phrase
        for phrase in phrases
        if page.trails(phrase, quote)
        or _labels(page, phrase)
        or (
            dates_words(page.parsed, page.document.text, phrase.span, cue)
            and not _dates_content(page, phrase, quote, cue)
        )
    ]
    if not fitting:
        return None
    nearest = min(fitting, key=lambda one: (EXACTNESS[one.form], *_nearness(page, one.span, cue), one.span.start))
    said_on = page.said_on(nearest)
    if not (nearest.form is Form.VAGUE and _HABIT.match(nearest.words)):
        _enter(page, quote, place, said_on, people)
    return said_on


def _labels(page: Page, phrase: DayPhrase) -> bool:
    """True for a day that opens a line of a list: "17 June: Wang says"."""
    text = page.document.text
    before = text[page.line_start(phrase.span.start) : phrase.span.start]
    return not before.strip(" •*-–—\t(") and _LABEL_ENDS.match(text, phrase.span.end) is not None


def _dates_content(page: Page, phrase: DayPhrase, quote: FoundQuote, cue: Span) -> bool:
    """True for "In September, he announced, they would march": the time of what is announced.

    So too for a time that names no day: "In 2017, the ambassador counted, there were five meetings".
    """
    after = page.document.text[cue.end : cue.end + 60]
    if phrase.span.end >= cue.start:
        return False
    ahead = re.match(r", (?:[\w’]+ ){1,4}(?:will|would) ", after) is not None
    begins = quote.span.start - cue.end
    told = 0 < begins < 60 and re.fullmatch(r"[^,“”\"]{0,40}, ", after[:begins]) is not None
    return ahead or (phrase.form is Form.VAGUE and told)


def _nearness(page: Page, when: Span, cue: Span) -> tuple[bool, int]:
    """A time after the cue without a comma between goes before others, then the nearest.

    "Asked about his remarks last Friday, she told reporters on Monday". So does the day of a recording.
    """
    text = page.document.text
    joined = when.start >= cue.end and "," not in text[cue.end : when.start]
    recorded = _RECORDED.search(text[max(0, when.start - 20) : when.start + 3]) is not None
    return not (joined or recorded), max(when.start - cue.end, cue.start - when.end, 0)


def _enter(
    page: Page, quote: FoundQuote, place: int, said_on: SaidOn, people: frozenset[str], carried: bool = False
) -> None:
    """Enter a scene in the log: the speaker's, the listener's, and everybody's in a sentence about a call or talks."""
    told = page.told(place)
    if told.together:
        people |= told.people
    elif quote.cue and _TO.search(page.text(quote.cue)):
        end = min(quote.cue.end + 60, page.sentence(place).span.end)
        listener = page.document.text[quote.cue.end : end].rpartition(" ")[0]
        people |= page.cast.named(listener.split(" that ")[0])
    paragraph = page.sentence(place).paragraph
    before = page.log.near(paragraph, 0)
    goes_on = not carried and before is not None and before.open and before.said_on == said_on
    page.log.add(Scene(anchor(quote), paragraph, said_on, people, open=goes_on, carried=carried))


def _carried(page: Page, number: int, place: int, people: frozenset[str]) -> SaidOn | None:
    """The day of the scene that the quote continues, or of the day's news; None without either."""
    quote = page.found[number]
    scene = continued(page, number, place, people)
    recalled = page.lead is not None and _RECALLED.search(page.text(page.sentence(place).span)) is not None
    recalled = recalled or _among(page, place)
    if is_perfect(page, quote) and not (recalled and is_earlier(page, quote)):
        paragraph = page.sentence(place).paragraph
        if scene and scene.open and scene.paragraph == paragraph and scene.said_on != _day_of(page.lead):
            return scene.said_on
        if is_earlier(page, quote):
            if people:
                _enter(page, quote, place, _UNKNOWN, people)
            return _UNKNOWN
        return None
    here = page.sentence(place).paragraph
    elsewhere = speaks_elsewhere(page, number) if scene is None else scene.paragraph < here and is_quoted(page, number)
    if elsewhere:
        _enter(page, quote, place, _UNKNOWN, people)
        return _UNKNOWN
    if scene is None and takes_part(page, number, place, people):
        scene = page.lead
    if scene is not None and scene is page.lead and scene.said_on.basis is Basis.DATELINE and is_written(page, place):
        _enter(page, quote, place, _UNKNOWN, people)
        return _UNKNOWN
    if scene is not None:
        reads = scene.paragraph == here and RECORD_WORD.search(page.text(quote.speaker)) is not None
        if is_present(page, quote) and not reads:
            return None
        _enter(page, quote, place, scene.said_on, people, carried=True)
        return scene.said_on
    said_on = of_the_day(page, place) or gathered(page, place)
    if said_on:
        _enter(page, quote, place, said_on, people)
    return said_on


def _among(page: Page, place: int) -> bool:
    """True for "Putin had assured Xi" in a text that opens with their call."""
    people = page.told(place).people
    return page.lead is not None and page.lead.open and len(people) > 1 and people <= page.lead.people


def _day_of(scene: Scene | None) -> SaidOn | None:
    return scene.said_on if scene else None


def _look_ahead(page: Page, days: list[SaidOn | None]) -> None:
    """A lead's words, still undated, are those that the next paragraphs date for the same speaker."""
    scenes = sorted(page.log.scenes, key=lambda one: one.at)
    starts = [one.at for one in scenes]
    for number, quote in enumerate(page.found):
        people = page.cast.speaking(number)
        if days[number] is not None or not people or is_perfect(page, quote) or is_turn(page, quote):
            continue
        if is_timed(page, quote) or speaks_elsewhere(page, number):
            continue
        here = page.sentence(page.place(quote)).paragraph
        first = bisect_right(starts, anchor(quote))
        for one in scenes[first : first + 20]:
            if one.paragraph > here + (0 if one.carried else _AHEAD):
                break
            if one.people & people and one.said_on.day:
                days[number] = one.said_on
                break
