"""From words to days: what "February 24" and "on Tuesday" mean in a document published on a known day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from analysis.calendar_days import real_day
from analysis.extraction.day_phrases import DayPhrase, Form
from analysis.extraction.head_lines import head_end, head_lines, names_record
from analysis.schema import Basis, Document, Span

_TOLERANCE = timedelta(days=1)  # a page dated in one time zone reports what another calls tomorrow
_HEAD = 1500  # characters in which a dateline stands
_PLACE = re.compile(r"[^\W\d_a-zа-я][\w.’'/ -]{1,40}(?:, [^\W\d_a-zа-я][\w.’' ]{1,30})?,? ?$|新华社\w{2,6}$")
_PAGE_LINE = re.compile(
    r"\W{0,3}(?:(?:first|last|date) )?(?:published|posted|updated|modified|issued)(?: (?:on|at|online|date))?\b",
    re.IGNORECASE,
)
_AFTER_DATELINE = re.compile(r"[.,]? ?(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/|[-–—]{1,2}(?=\s)|电|\[[^\]\n]{2,30}\])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when an agency filed its report: "BEIJING, March 21 (Xinhua) --"."""

    span: Span
    words: str
    day: date | None  # None: no year is known


@dataclass(frozen=True)
class Calendar:
    """What a document knows about days."""

    written_on: date | None  # the dateline's day, else the publication day; None: unknown
    dateline: Dateline | None
    years: dict[tuple[int, int], set[int]] = field(default_factory=dict)  # (month, day) → years the text gives it
    heading: Dateline | None = None  # a line above the text that gives the day of what it tells: "21 February"

    def resolve(self, phrase: DayPhrase, before: date | None = None) -> tuple[date, Basis] | None:
        """The day that ``phrase`` means and its basis; None where the document does not support one.

        before: the day of the occasion told last, from which "a day later" counts.
        """
        if phrase.form is Form.FULL and phrase.day:
            return phrase.day, Basis.STATED
        if phrase.form is Form.MONTH_DAY:
            day = self._with_year(phrase.month, phrase.day_of_month)
            return (day, Basis.STATED) if day else None
        if phrase.form is Form.FROM_OTHER:
            base = before or (self.written_on if phrase.or_writing else None)
            return (base + timedelta(days=phrase.offset), Basis.RESOLVED) if base else None
        if phrase.form is Form.AFTER_CLAUSE:
            named = self.resolve(phrase.base) if phrase.base else None
            return (named[0] + timedelta(days=phrase.offset), Basis.RESOLVED) if named else None
        if self.written_on is None:
            return None
        if phrase.form is Form.WEEKDAY:
            back = (self.written_on.weekday() - phrase.weekday) % 7
            if back == 0 and phrase.earlier:
                back = 7
            return self.written_on - timedelta(days=back), Basis.RESOLVED
        if phrase.form is Form.FROM_WRITING:
            return self.written_on + timedelta(days=phrase.offset), Basis.RESOLVED
        return None

    def _with_year(self, month: int, day_of_month: int) -> date | None:
        """The nearest such day at or before writing; without a day of writing, the one year the text gives that day."""
        return nearest_past(month, day_of_month, self.written_on) or (
            self._year_elsewhere(month, day_of_month) if self.written_on is None else None
        )

    def _year_elsewhere(self, month: int, day_of_month: int) -> date | None:
        years = self.years.get((month, day_of_month), set())
        return real_day(next(iter(years)), month, day_of_month) if len(years) == 1 else None


def nearest_past(month: int, day_of_month: int, written_on: date | None) -> date | None:
    """The last day of that name at or before ``written_on`` (or one day after it); 29 February may be years back."""
    if written_on is None:
        return None
    for year in range(written_on.year + 1, written_on.year - 5, -1):
        day = real_day(year, month, day_of_month) if year >= 1 else None
        if day and day <= written_on + _TOLERANCE:
            return day
    return None


def read_calendar(document: Document, phrases: Sequence[DayPhrase]) -> Calendar:
    """What ``document`` knows about days, from its metadata and the phrases in its text."""
    years: dict[tuple[int, int], set[int]] = {}
    for phrase in phrases:
        if phrase.day:
            years.setdefault((phrase.day.month, phrase.day.day), set()).add(phrase.day.year)
    dateline = _dateline(document, phrases)
    written_on = document.published_on or _page_line(document.text, phrases)
    if dateline and dateline.day:
        near = written_on is None or abs(written_on - dateline.day) <= timedelta(days=7)
        written_on = dateline.day if near else written_on
    heading = None if dateline else _heading(document, phrases, written_on)
    if heading and heading.day and (written_on is None or abs(written_on - heading.day) <= timedelta(days=7)):
        written_on = heading.day
    return Calendar(written_on, dateline, years, heading)


def _heading(document: Document, phrases: Sequence[DayPhrase], written_on: date | None) -> Dateline | None:
    """The one day that the lines above the text give, a month at most before its publication.

    Where it is the day of publication, only under a title that names a talk, a statement or the like.
    """
    days: dict[date, Dateline] = {}
    end = head_end(document.text)
    record = names_record(document.title or "") or names_record(document.text[:end])
    for phrase in head_lines(document.text, phrases, end):
        day = phrase.day or nearest_past(phrase.month, phrase.day_of_month, written_on)
        if day and (written_on is None or timedelta(days=-1) <= written_on - day <= timedelta(days=31)):
            spelt = any(letter.isalpha() for letter in phrase.words)
            if (record and spelt) or day != (document.published_on or day):
                days.setdefault(day, Dateline(phrase.span, phrase.words, day))
    return next(iter(days.values())) if len(days) == 1 else None


def _page_line(text: str, phrases: Sequence[DayPhrase]) -> date | None:
    """The latest day of the lines near the top that say when the page was published or updated."""
    days = []
    for phrase in phrases:
        if phrase.span.start > _HEAD:
            break
        line = text.rfind("\n", 0, phrase.span.start) + 1
        if phrase.day and phrase.span.start - line < 60 and _PAGE_LINE.match(text, line, phrase.span.start):
            days.append(phrase.day)
    return max(days, default=None)


def _dateline(document: Document, phrases: Sequence[DayPhrase]) -> Dateline | None:
    """The dateline near the top: a place, a day, then an agency in brackets or a dash."""
    text = document.text
    last = 0
    for phrase in phrases:
        if phrase.span.start > _HEAD:
            return None
        begin = max(text.rfind("\n", 0, phrase.span.start) + 1, last)
        last = phrase.span.end
        if phrase.form not in (Form.FULL, Form.MONTH_DAY) or phrase.span.start - begin > 90:
            continue
        place = text[begin : phrase.span.start].strip() + " "
        after = _AFTER_DATELINE.match(text, phrase.span.end)
        if after and len(place) > 1 and _PLACE.match(place.lstrip()) and not phrase.words.startswith(("on ", "On ")):
            day = phrase.day or nearest_past(phrase.month, phrase.day_of_month, document.published_on)
            return Dateline(Span(begin, after.end()), text[begin : after.end()].strip(), day)
    return None
