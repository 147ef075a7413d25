"""Title, publisher and publication date where they stand in the text itself; what does not stand there stays None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.calendar_days import FULL_DATE, day_of, full_dates, read_day
from analysis.reading.boilerplate import says_so
from analysis.reading.lines import Line, hard_wrapped, is_transcript
from analysis.schema import Span

_HEAD = 12  # lines in which a page prints its title and date
_TAIL = 6  # lines in which it prints its source
_LONGEST_HEADLINE = 500  # characters

_AGENCIES = (
    "Xinhua|PTI|Reuters|TASS|AP|AFP|IANS|ANI|UPI|Interfax|Sputnik|Kyodo|Yonhap|Bernama|EFE|DPA|dpa|CNS|UNI|AA|APA"
    "|BelTA|Ukrinform|CGTN|RIA Novosti|Anadolu Agency"
)
_AGENCY = rf"(?:\((?P<round>{_AGENCIES})(?:/[\w ]{{2,20}})?\)|/(?P<slash>{_AGENCIES})/)"
_TIMED = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s+)?"
_LABELLED_DATE = re.compile(
    r"(?P<label>(?:first )?published(?: on| at)?|publication date|posted(?: on)?|date|(?:issued|released)(?: on)?"
    r"|release date|(?:last )?updated(?: on| at)?|last modified)\s?[:|–—-]?\s+",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][A-Za-z.’'\- ]{1,40}"
_DATELINE_PLACE = re.compile(rf"{_PLACE}(?:, {_PLACE})?,? $")
_DATELINE_AGENCY = re.compile(rf"[,.]? ?{_AGENCY}")
_AGENCY_MARK = re.compile(rf"^.{{0,80}}?{_AGENCY}")
_PRINT_EDITION = re.compile(
    r"this (?:article|story) (?:first |originally )?(?:appeared|was (?:first |originally )?published) (?:in|on|by) "
    r"(?:the )?(?P<name>.{3,60}?)(?:[’']s)?(?: print edition| website|,| on (?=\w+ \d)| and |\.|:|$)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:original )?source\s?[:|]\s?(?P<name>\S.{1,60}?)\.?$", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://)?(?:www\.)?(?P<site>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/\S*)?", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?i:copyright\s+)?(?:©|\([cC]\))\s*(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,?\s+)?(?:by )?"
    r"(?P<name>[A-Z][\w&.’' -]{2,50}?)(?:\.|,| [Aa]ll [Rr]ights|$)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the text itself says about its publication, and the spans where it does."""

    title: str | None
    publisher: str | None
    published_on: date | None
    published_on_text: str | None
    furniture: tuple[Span, ...]  # the headline, and lines that hold nothing but a date


def find_metadata(text: str, lines: Sequence[Line], title: str | None = None) -> Standing:
    """Title, publisher and day that stand in ``text``.

    title: known already; then only its line is looked for. Each value is None where the text does not give it.
    """
    furniture = [Span(line.start, line.end) for line in lines[:_HEAD] if _only_date(line)]
    found_on, words = _publication_day(text, lines)
    headline = _given_headline(lines, title) if title else _headline(lines, furniture)
    if headline:
        furniture.append(Span(headline.start, headline.end))
    found_title = None if headline is None else headline.text
    return Standing(title or found_title, _publisher(lines), found_on, words, tuple(furniture))


def _only_date(line: Line) -> bool:
    """True for a line that gives a date, a place or a source beside it, and nothing else."""
    if line.words > 14 or FULL_DATE.search(line.text) is None:
        return False
    parts = [part.strip() for part in re.split(r"[|•·]| [–—-] ", _LABELLED_DATE.sub("", line.text, count=1))]
    return any(read_day(part) for part in parts if part) and not line.ended


def _publication_day(text: str, lines: Sequence[Line]) -> tuple[date | None, str | None]:
    """The publication day and the words that give it: a labelled date, a line of its own, a byline, a dateline."""
    labelled: dict[bool, tuple[date, str]] = {}
    for line in [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _TAIL) :]]:
        match = (
            _LABELLED_DATE.match(line.text) or _LABELLED_DATE.search(line.text[:80])
            if line.words <= 14
            else _LABELLED_DATE.match(line.text)
        )
        day = match and FULL_DATE.match(line.text, match.end())
        if match and day and (value := day_of(day)):
            labelled.setdefault(
                "pdated" in match["label"] or "modified" in match["label"],
                (value, line.text[match.start() : day.end()]),
            )
    if labelled:
        return labelled[min(labelled)]
    for line in lines[:_HEAD]:
        if _only_date(line) or (line.text.startswith(("By ", "BY ")) and line.words <= 16 and not line.ended):
            for start, end, value in full_dates(line.text):
                before = re.search(_TIMED + "$", line.text[:start])
                return value, line.text[before.start() if before else start : end]
    for line in lines[:3]:
        day = FULL_DATE.search(line.text[:120])
        if day and _DATELINE_PLACE.match(line.text[: day.start()]) and _DATELINE_AGENCY.match(line.text, day.end()):
            return day_of(day), day.group()
    return None, None


def _publisher(lines: Sequence[Line]) -> str | None:
    """The publisher that the page names for this text; the agency of its dateline; its copyright line's holder."""
    edges = [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _TAIL) :]]
    for line in edges:
        if match := _PRINT_EDITION.match(line.text):
            return match["name"].strip()
    for line in edges:
        if line.words <= 12 and (match := _SOURCE.match(line.text)):
            site = _SITE.fullmatch(match["name"])
            return site["site"].casefold() if site else match["name"].strip()
    for line in lines[:4]:
        if match := _AGENCY_MARK.match(line.text):
            return match["round"] or match["slash"]
    for line in edges[-_TAIL:]:
        if line.words <= 14 and (match := _COPYRIGHT.match(line.text)):
            return match["name"].strip()
    return None


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _given_headline(lines: Sequence[Line], title: str) -> Line | None:
    """The line near the top that repeats the known title."""
    wanted = _letters(title)
    return next((line for line in lines[:_HEAD] if wanted and _letters(line.text) == wanted), None)


def _headline(lines: Sequence[Line], furniture: Sequence[Span]) -> Line | None:
    """The line above the first paragraph that reads like a headline: some words, alone, no sentence's end."""
    if hard_wrapped(lines) or not any(line.ended and line.words > 8 for line in lines[1:]):
        return None
    dated = {span.start for span in furniture}
    transcript = is_transcript(lines)
    for place, line in enumerate(lines[:_HEAD]):
        if line.start in dated or says_so(line):
            continue
        paragraph = (line.ended and line.words > 8) or line.words > 30
        if paragraph or (line.label and transcript):
            return None
        shaped = (
            line.words > 3 and len(line.text) <= _LONGEST_HEADLINE and line.text[-1] not in ".,;:…" and not line.bullet
        )
        if shaped and (line.alone or place == 0) and not _AGENCY_MARK.match(line.text):
            return line
    return None
