"""Words in running text that say when: calendar days, weekdays, "a day later", and those that name no day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from analysis.calendar_days import FULL_DATE, MONTHS, day_of
from analysis.schema import Span


class Form(Enum):
    """How a phrase says when."""

    FULL = auto()  # "4 February 2022"
    MONTH_DAY = auto()  # "February 24": the year stands elsewhere
    WEEKDAY = auto()  # "on Tuesday"
    FROM_WRITING = auto()  # "yesterday": counted from the day of writing
    FROM_OTHER = auto()  # "a day later", "the same day": counted from a day named before
    AFTER_CLAUSE = auto()  # "a day after": counted from what follows
    VAGUE = auto()  # "in December", "last week", "June 6–7": a time, but no day


EXACTNESS = {
    Form.FULL: 0,
    Form.MONTH_DAY: 0,
    Form.WEEKDAY: 0,
    Form.FROM_WRITING: 1,
    Form.FROM_OTHER: 1,
    Form.AFTER_CLAUSE: 1,
    Form.VAGUE: 2,
}  # which of several times in one clause counts: the lowest


@dataclass(frozen=True, slots=True)
class DayPhrase:
    """A phrase that says when, with its span in the text."""

    span: Span
    words: str
    form: Form
    day: date | None = None  # FULL
    month: int = 0  # MONTH_DAY
    day_of_month: int = 0  # MONTH_DAY
    weekday: int = 0  # WEEKDAY, Monday is 0
    earlier: bool = False  # WEEKDAY: "last Tuesday" is never the day of writing
    offset: int = 0  # days: FROM_WRITING, FROM_OTHER and AFTER_CLAUSE
    base: DayPhrase | None = None  # AFTER_CLAUSE: the day its clause names, from which it counts
    hours: bool = False  # FROM_OTHER: "hours later", which may be the next day
    or_writing: bool = False  # FROM_OTHER: where no day was named before, from the day of writing


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_NAMES = [name if not name.isascii() else name.capitalize() for name in MONTHS]
_SHORT = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())  # may carry a full stop
_MONTH = (
    "(?:"
    + "|".join(name + (r"\b\.?" if name in _SHORT else r"\b") for name in sorted(_NAMES, key=len, reverse=True))
    + ")"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|,\d|\.\d)\b"
_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + ")"
_PART = r"(?: (?:morning|evening|afternoon|night))?"
_COUNT = "(?P<count>" + "|".join(_NUMBERS) + r"|\d{1,2})"
_PERIOD = r"(?:weeks?|months?|years?|decades?|century|weekends?|spring|summer|autumn|fall|winter|quarter|nights?)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|year|month|week|century)"
_PART_OF = r"(?:early|late|mid|end of|beginning of|start of)"

_BEFORE = (
    r"(?:\b[Oo]n )?(?:\b(?:late|early) )?(?:\bthe (?:morning|evening|afternoon|night) of )?"
    rf"(?:\b{_WEEKDAY},? \(?)?"
)
_CLAUSE_END = re.compile(r"[.,;:\n“”\"]")
_BEFORE_FULL = re.compile(_BEFORE + "$")
_RANGE = re.compile(
    rf"(?:\b(?:[Oo]n|[Ff]rom|[Bb]etween) )?\b(?:{_MONTH} {_DAY} ?(?:[-–—]|to |and ) ?(?:{_MONTH} )?{_DAY}"
    rf"|{_DAY} ?(?:[-–—]|to |and ) ?{_DAY} {_MONTH})(?:,? (?:19|20)\d\d\b)?"
)
_MONTH_DAY = re.compile(
    rf"{_BEFORE}(?<!\w)(?:(?P<m1>{_MONTH}) (?P<d1>{_DAY})|(?P<d2>{_DAY})(?: of)? (?P<m2>{_MONTH})"
    rf"|(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})日)"
)
_WEEKDAY_PHRASE = re.compile(
    r"(?:\b(?:[Oo]n|[Ll]ate|[Ee]arly|[Ee]arlier) )?(?:\b(?:late|early) )?"
    rf"(?:\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast) )?\b(?P<name>{_WEEKDAY})(?P<plural>s\b)?{_PART}\b"
)
_FROM_WRITING = re.compile(
    r"\b(?P<word>[Tt]he day before yesterday"
    r"|(?:[Ee]arlier |[Ll]ate(?:r)? )?(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)"
    rf"|(?i:{_COUNT}) days? ago)\b"
)
_FROM_OTHER = re.compile(
    r"\b(?:(?P<part>(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) in the (?:day|morning|afternoon|evening))"
    r"|(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) )?(?:[Oo]n )?"
    r"(?P<same>[Tt]he same (?:day|evening|night|afternoon|morning)"
    r"|[Tt]hat (?:same )?(?:day|evening|night|afternoon|morning)"
    r"|(?:(?:(?:[Aa] )?[Ff]ew|[Ss]everal|[Tt]wo|[Tt]hree) )?(?:[Hh]ours|[Mm]inutes|[Mm]oments) (?:later|earlier)"
    r"|[Aa]n hour (?:later|earlier)|[Ss]hortly (?:afterwards?|before(?:hand)?)(?=[,.]))"
    r"|[Tt]he (?P<next>next|following|previous) day"
    rf"|(?i:{_COUNT}) days? (?P<way>later|earlier|before(?=[,.;)]|$)|previously)"
    r"|[Tt]he day (?P<around>before|after)(?=[,.;)]| *$))(?!\w)"
)
_AFTER_CLAUSE = re.compile(rf"\b(?:(?:[Jj]ust )?(?i:{_COUNT}) days?|[Tt]he day) (?P<way>after|before)\b")
# What stands before is read backwards from the core: optional openings at every place of a text are slow.
_VAGUE = re.compile(
    rf"\b(?:{_MONTH}(?:,? (?:19|20)\d\d\b)?(?! ?\d)"
    rf"|(?:[Ll]ast|[Tt]h(?:is|at)|[Nn]ext|[Pp]ast|[Pp]revious|[Rr]ecent|[Cc]oming|[Ff]ollowing) {_PERIOD}\b"
    rf"|[Ee]arlier (?:this|last|that|in the) {_SEASON}\b|[Ll]ater (?:this|that|in the) {_SEASON}\b"
    r"|(?:[Ii]n|[Ff]rom) (?:the )?(?:early |late |mid-?)?(?:19|20)\d\ds?\b"
    r"|(?:spring|summer|autumn|fall|winter) of (?:19|20)\d\d\b"
    r"|(?:[Rr]ecently|[Pp]reviously|[Ff]ormerly|[Oo]nce|[Rr]epeatedly|[Oo]ften|[Ff]requently|[Rr]egularly)\b"
    rf"|(?i:{_COUNT}|several|some|few|many) (?:days|weeks?|months?|years?|decades?)"
    r" (?:ago|earlier|later|before|after)\b"
    r"|(?<![\d,.-])(?:19|20)\d\d(?= [a-z]{4})"
    r"|[Bb]efore (?:the|his|her|their|[A-Z]\w+[’']s?) (?:\w+ )?"
    r"(?:trip|visit|journey|summit|arrival|departure|vote|war)\b"
    r"|Afterwards\b|[Ee]arlier\b(?! (?:on|in|than|last|today|th(?:is|at) [dwmy])\b|, (?:on|in) )"
    r"|[Ii]n the past\b|[Oo]n several occasions\b|(?:[Oo]ver|[Aa]t|[Dd]uring) the weekend\b|[Ii]n recent days\b"
    r"|(?:[Dd]ays|[Ww]eeks|[Mm]onths|[Yy]ears|[Dd]ecades|[Ll]ong) (?:ago|after|before|later|earlier)\b)"
)
_BEFORE_VAGUE = re.compile(
    rf"(?:\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Oo]n|[Oo]ver) )?(?:\ba )?(?:\b(?:the )?{_PART_OF}[ -])?$"
)


def day_phrases(text: str) -> list[DayPhrase]:
    """Every phrase in ``text`` that says when, in order, none overlapping another.

    Where two readings overlap, the more exact one stands: a full date before its month and day, those before "in May".
    """
    found: list[DayPhrase] = []
    taken = bytearray(len(text))
    for read in _READERS:
        for phrase in read(text):
            if not any(taken[phrase.span.start : phrase.span.end]):
                taken[phrase.span.start : phrase.span.end] = b"\x01" * (phrase.span.end - phrase.span.start)
                found.append(phrase)
    return _joined(text, sorted(found, key=lambda phrase: phrase.span.start))


def _joined(text: str, phrases: list[DayPhrase]) -> list[DayPhrase]:
    """ "A day after" and the day that follows in its clause as one phrase: "a day after the 4 February meeting"."""
    joined: list[DayPhrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        if last and last.form is Form.AFTER_CLAUSE and last.base is None:
            between = text[last.span.end : phrase.span.start]
            if len(between) <= 80 and not _CLAUSE_END.search(between):
                span = Span(last.span.start, phrase.span.end)
                joined[-1] = replace(last, span=span, words=text[span.start : span.end], base=phrase)
                continue
        dated = last is not None and last.form in (Form.FULL, Form.MONTH_DAY) and phrase.form is Form.WEEKDAY
        if last and dated and text[last.span.end : phrase.span.start] == " (":  # "March 5 (Sunday)"
            span = Span(last.span.start, phrase.span.end)
            joined[-1] = replace(last, span=span, words=text[span.start : span.end])
            continue
        joined.append(phrase)
    return joined


def _made(match: re.Match[str], form: Form, start: int | None = None, **values: object) -> DayPhrase:
    begin = match.start() if start is None else start
    return DayPhrase(Span(begin, match.end()), match.string[begin : match.end()], form, **values)  # type: ignore[arg-type]


def _ranges(text: str) -> Iterator[DayPhrase]:
    return (_made(match, Form.VAGUE) for match in _RANGE.finditer(text))


def _full(text: str) -> Iterator[DayPhrase]:
    for match in FULL_DATE.finditer(text):
        day = day_of(match)
        if day is not None:
            before = _BEFORE_FULL.search(text[max(0, match.start() - 50) : match.start()])
            start = match.start() - (len(before.group()) if before else 0)
            yield _made(match, Form.FULL, start, day=day)


def _month_days(text: str) -> Iterator[DayPhrase]:
    for match in _MONTH_DAY.finditer(text):
        name = match["m1"] or match["m2"]
        month = MONTHS[name.rstrip(".").casefold()] if name else int(match["m3"])
        number = int(re.sub(r"\D", "", match["d1"] or match["d2"] or match["d3"]))
        if month <= 12 and number <= 31:
            yield _made(match, Form.MONTH_DAY, month=month, day_of_month=number)


def _weekdays(text: str) -> Iterator[DayPhrase]:
    for match in _WEEKDAY_PHRASE.finditer(text):
        which = (match["which"] or "").casefold()
        if match["plural"] or which == "next":
            yield _made(match, Form.VAGUE)
        else:
            yield _made(match, Form.WEEKDAY, weekday=_WEEKDAYS.index(match["name"]), earlier=which == "last")


def _from_writing(text: str) -> Iterator[DayPhrase]:
    for match in _FROM_WRITING.finditer(text):
        word = match["word"].casefold()
        if match["count"]:
            offset = -_count(match["count"])
        else:
            offset = -2 if "before" in word else -1 if "yesterday" in word else 1 if "tomorrow" in word else 0
        yield _made(match, Form.FROM_WRITING, offset=offset)


def _from_other(text: str) -> Iterator[DayPhrase]:
    for match in _FROM_OTHER.finditer(text):
        if match["same"] or match["part"]:
            offset = 0
        elif match["next"]:
            offset = -1 if match["next"] == "previous" else 1
        elif match["around"]:
            offset = 1 if match["around"] == "after" else -1
        else:
            offset = _count(match["count"]) * (1 if match["way"] == "later" else -1)
        yield _made(
            match, Form.FROM_OTHER, offset=offset, hours="ours" in match[0], or_writing=match["part"] is not None
        )


def _after_clause(text: str) -> Iterator[DayPhrase]:
    for match in _AFTER_CLAUSE.finditer(text):
        days = _count(match["count"] or "a")
        yield _made(match, Form.AFTER_CLAUSE, offset=days if match["way"] == "after" else -days)


def _vague(text: str) -> Iterator[DayPhrase]:
    for match in _VAGUE.finditer(text):
        before = _BEFORE_VAGUE.search(text[max(0, match.start() - 40) : match.start()])
        start = match.start() - (len(before.group()) if before else 0)
        bare = text[start : match.end()]
        if bare != "May" and bare.rstrip(".") not in _SHORT and bare != "March":  # a verb, a name: "Zhang Jun"
            yield _made(match, Form.VAGUE, start)


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.get(word.casefold(), 1)


# Most exact first.
_READERS: tuple[Callable[[str], Iterator[DayPhrase]], ...] = (
    _ranges,
    _full,
    _month_days,
    _from_writing,
    _from_other,
    _after_clause,
    _weekdays,
    _vague,
)
