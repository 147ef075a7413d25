"""One document while its quotes are dated: sentences, times outside quoted words, scenes told so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from analysis.extraction.cast import Cast
from analysis.extraction.day_phrases import DayPhrase, Form, day_phrases
from analysis.extraction.document_calendar import Calendar, read_calendar
from analysis.extraction.found import FoundQuote, ResolvedSpeaker, SaidOn
from analysis.extraction.occasions import hangs_on, tokens_of
from analysis.extraction.scenes import Scene, SceneLog
from analysis.extraction.sentences import Sentence, Sentences, split_sentences
from analysis.schema import Basis, Document, Kind, Span

_HEAD = 5000  # characters in which a page prints its publication date
_REACH = 500  # characters from the cue in which its time is looked for
_IN_QUOTES = re.compile(r"[“„«][^”»]*[”»]|\"[^\"]*\"")
_EARLY = re.compile(
    r"\b(?:early|morning|dawn|noon|midday|breakfast)\b", re.IGNORECASE
)  # hours later it is the same day
_TRAILING = re.compile(
    r", in (?:an?|his|her) (?:[\w-]+ ){0,3}(?:interview|speech|statement|article|post|address|commentary|letter"
    r"|message)(?: [\w-]+){0,7}$"
)
_TITLE = re.compile(r"(?:\S+\s+){0,14}\S*[\w)]")  # no sentence: nothing ends it
_BRIEFING = re.compile(
    r"\b(?:briefing|press conference|news conference|media conference|presser"
    r"|told (?:\w+ ){0,2}(?:reporters|journalists|newsmen))\b",
    re.IGNORECASE,
)
_SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person)\b|\bministry\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:call|conversation|talks?|meeting|met|meets|summit|negotiations?|spoke|talked|dialogue|consultations)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells outside its quoted words."""

    people: frozenset[str]  # those named in it, and who speaks there
    briefing: bool  # it is about speaking to the press
    spokesperson: bool  # a spokesperson or a ministry speaks
    together: bool  # it is about a call, talks, a meeting


@dataclass
class Page:
    """The document, its parse, and what is known about its days."""

    document: Document
    parsed: Doc
    found: Sequence[FoundQuote]
    cast: Cast
    sentences: Sentences
    phrases: list[DayPhrase]  # outside quotation marks, boilerplate and dateline
    calendar: Calendar
    log: SceneLog = field(default_factory=SceneLog)
    lead: Scene | None = None  # the news that the first paragraph tells
    opening: int = -1  # the first paragraph that is the text's own, after boilerplate and dateline
    _own_lines: list[Span] = field(default_factory=list)  # the page's own: boilerplate, in order
    _starts: list[int] = field(default_factory=list)
    _spans: dict[int, list[Span]] = field(default_factory=dict)
    _things: set[Span] = field(default_factory=set)  # quotes without a verb
    _numbers: dict[int, list[int]] = field(default_factory=dict)
    _told: dict[int, Told] = field(default_factory=dict)
    _resolved: dict[int, SaidOn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [phrase.span.start for phrase in self.phrases]
        self._own_lines = sorted(self.document.boilerplate, key=lambda span: span.start)
        start = self.calendar.dateline.span.end if self.calendar.dateline else 0
        for one in self.sentences.sentences:
            if one.span.end > start and not self.is_boilerplate(one.span):
                self.opening = one.paragraph
                if not _TITLE.fullmatch(self.text(one.span).strip()):
                    break
        for number, quote in enumerate(self.found):
            self._numbers.setdefault(self.place(quote), []).append(number)
            if self._is_a_thing(quote):
                self._things.add(quote.span)
            last = self.sentences.place(max(quote.span.end - 1, 0))
            for place in range(self.sentences.place(quote.span.start), last + 1):
                self._spans.setdefault(place, []).append(quote.span)

    def _is_a_thing(self, quote: FoundQuote) -> bool:
        """True for "asked about the ceremony on Monday": what is reported has no verb; its day may be the asking's."""
        if quote.kind is not Kind.INDIRECT:
            return False
        words = tokens_of(self.parsed, quote.span)
        return words is not None and not any(token.pos_ in ("VERB", "AUX") for token in words)

    def text(self, span: Span | None) -> str:
        """The words of ``span``; none for None."""
        return self.document.text[span.start : span.end] if span else ""

    def place(self, quote: FoundQuote) -> int:
        """Number of the sentence with the quote's reporting clause."""
        return self.sentences.place(anchor(quote))

    def sentence(self, place: int) -> Sentence:
        """The sentence of that number."""
        return self.sentences.sentences[place]

    def phrases_in(self, span: Span) -> list[DayPhrase]:
        """The usable phrases that begin in ``span``."""
        return self.phrases[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def reporting_phrases(self, quote: FoundQuote, place: int) -> list[DayPhrase]:
        """Phrases of the reporting sentence near the cue that stand outside what is quoted there."""
        cue = quote.cue or quote.speaker
        if cue is None:
            return []
        sentence = self.sentence(place).span
        start, end = max(sentence.start, cue.start - _REACH), min(sentence.end, cue.end + _REACH)
        near = self.phrases_in(Span(start, max(start, end)))
        if not near:
            return []
        said = [span for span in self._spans.get(place, ()) if not span.start <= cue.start < span.end]
        return [
            phrase
            for phrase in near
            if not any(span.overlaps(phrase.span) for span in said) or self._is_wedged(phrase, quote)
        ]

    def _is_wedged(self, phrase: DayPhrase, quote: FoundQuote) -> bool:
        """True for "accused NATO on Thursday of expanding": a time that hangs on the cue, within what is reported."""
        covered = quote.span.start <= phrase.span.start and phrase.span.end <= quote.span.end
        if covered and phrase.span.start - quote.span.start < 12 and self.document.text[phrase.span.end] == ":":
            return True  # "He said so on Tuesday: …"
        if not covered or quote.kind is Kind.DIRECT or quote.cue is None:
            return False
        return self.trails(phrase, quote) or hangs_on(self.parsed, phrase.span, quote.cue)

    def line_opens_with(self, cue: Span) -> list[DayPhrase]:
        """The day that opens the cue's line, where a sentence ends after it: "17 June: Wang says"."""
        start = self.line_start(cue.start)
        return self.phrases_in(Span(start, min(cue.start, start + 12)))[:1] if cue.start > start else []

    def line_start(self, offset: int) -> int:
        """Where the line of ``offset`` begins, or 2,000 characters before it: lines may be as long as a text."""
        limit = max(0, offset - 2000)
        found = self.document.text.rfind("\n", limit, offset)
        return found + 1 if found >= 0 else limit

    def trails(self, phrase: DayPhrase, quote: FoundQuote) -> bool:
        """True for "said trade had grown, in an interview aired on Sunday", where that seems part of what is said."""
        if quote.kind is Kind.DIRECT or not quote.span.start < phrase.span.start < phrase.span.end <= quote.span.end:
            return False
        return _TRAILING.search(self.document.text[quote.span.start : phrase.span.end]) is not None

    def is_boilerplate(self, span: Span) -> bool:
        """True for a stretch that touches one of the page's own lines."""
        place = bisect_left(self._own_lines, span.end, key=lambda line: line.start) - 1
        return place >= 0 and self._own_lines[place].overlaps(span)

    def quoted_at(self, offset: int) -> bool:
        """True when a quote's span covers ``offset``."""
        return any(span.start <= offset < span.end for span in self._spans.get(self.sentences.place(offset), ()))

    def quoted(self, phrase: DayPhrase) -> bool:
        """True when a quote's span covers all of ``phrase``; a named day in what has no verb is not part of it."""
        span, named = phrase.span, phrase.form in (Form.FULL, Form.MONTH_DAY, Form.WEEKDAY)
        return any(
            one.start <= span.start and span.end <= one.end and not (named and one in self._things)
            for one in self._spans.get(self.sentences.place(span.start), ())
        )

    def quotes_in(self, place: int) -> Sequence[int]:
        """Numbers of the quotes whose reporting clause stands in that sentence."""
        return self._numbers.get(place, ())

    def told(self, place: int) -> Told:
        """What the sentence tells outside its quotes and quotation marks."""
        known = self._told.get(place)
        if known is None:
            words = _IN_QUOTES.sub(" ", self.text(self.sentence(place).span)[:5000])
            speaking = [self.cast.speaking(number) for number in self.quotes_in(place)]
            known = Told(
                people=self.cast.named(words).union(*speaking),
                briefing=_BRIEFING.search(words) is not None,
                spokesperson=_SPOKESPERSON.search(words) is not None,
                together=_TOGETHER.search(self._outside(place)) is not None,
            )
            self._told[place] = known
        return known

    def _outside(self, place: int) -> str:
        """The sentence without quotes and quotation marks."""
        start, text = self.sentence(place).span.start, self.text(self.sentence(place).span)[:5000]
        kept = list(text)
        for span in self._spans.get(place, ()):
            if span not in self._things:
                kept[max(0, span.start - start) : max(0, span.end - start)] = " " * len(
                    kept[max(0, span.start - start) : max(0, span.end - start)]
                )
        return _IN_QUOTES.sub(" ", "".join(kept))

    def said_on(self, phrase: DayPhrase) -> SaidOn:
        """What a phrase that dates speaking says: a day, or that none is known.

        "A day later" counts from the scene told last; "a day earlier", where a paragraph opens a new subject, from
        the lead's day. Asked again, a phrase means the same day.
        """
        known = self._resolved.get(phrase.span.start)
        if known is None:
            last = self.log.last()
            back_from_lead = phrase.offset < 0 and (last is None or last.paragraph != self._paragraph(phrase))
            base = self.lead if self.lead and (back_from_lead or last is None) else last
            day = base.said_on.day if base else None
            if base and phrase.hours and not _EARLY.search(self._told_at(base)):
                day = None
            resolved = self.calendar.resolve(phrase, day)
            known = SaidOn(*resolved, phrase.words) if resolved else SaidOn(None, Basis.UNKNOWN, phrase.words)
            self._resolved[phrase.span.start] = known
        return known

    def _told_at(self, scene: Scene) -> str:
        return self.text(self.sentence(self.sentences.place(scene.at)).span)

    def _paragraph(self, phrase: DayPhrase) -> int:
        return self.sentence(self.sentences.place(phrase.span.start)).paragraph


def read_page(
    found: Sequence[FoundQuote], document: Document, parsed: Doc, speakers: Sequence[ResolvedSpeaker]
) -> Page:
    """The page with every time that stands outside quotation marks, boilerplate and dateline."""
    phrases = day_phrases(document.text)
    calendar = read_calendar(document, phrases)
    sentences = split_sentences(parsed, document.boilerplate)
    outside = list(document.boilerplate)
    if calendar.dateline:
        outside.append(calendar.dateline.span)
    if words := document.published_on_text:
        at = document.text.find(words, 0, _HEAD)
        outside.append(Span(max(at, 0), at + len(words) if at >= 0 else 0))
    outside.sort(key=lambda span: span.start)
    usable = []
    place = 0
    for phrase in phrases:
        while place < len(outside) and outside[place].end <= phrase.span.start:
            place += 1
        covered = place < len(outside) and outside[place].overlaps(phrase.span)
        if not covered and not sentences.in_quotes(phrase.span.start):
            usable.append(phrase)
    return Page(document, parsed, found, Cast(document.text, found, speakers), sentences, usable, calendar)


def anchor(quote: FoundQuote) -> int:
    """Where the quote's reporting clause stands."""
    return (quote.cue or quote.speaker or quote.span).start
