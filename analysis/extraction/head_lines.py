"""Lines above a text that give a day and little else: "Moscow, 4 March 2025", "Press service, 21 February"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.extraction.day_phrases import DayPhrase, Form

_PROSE = re.compile(  # a sentence, or a line about the page: "They met on", "Published:", "4 May | 3 comments"
    r"(?<![\w’'])(?!(?:local|time|am|pm|a\.m|p\.m|the|at|of|in|for|press|service|office|department|administration)\b)"
    r"[a-zа-я]|\b(?i:publish|updat|post|modif|print|upload|creat|access|issued|by )\w*|[|©]"
)
RECORD = (
    r"(?:statement|declaration|communiqu[eé]|document|text|readout|conversation|talks?|call|meeting|consultations?"
    r"|interview|briefing|press conference|remarks|session|negotiations|dialogue|letter|message|speech"
    r"|greetings|congratulations|condolences|telegram|toast)"
)
_NAMES_RECORD = re.compile(
    rf"\b(?!calls?\b(?! with)|text ){RECORD}s?\b|\b(?:speaks|meets|spoke|met) with\b|\bon the phone\b", re.IGNORECASE
)
_FEW = 6  # words beside the day: a place, a time
_LINES = 6  # how many lines stand above a text at most
_SENTENCE = re.compile(r"[.!?][”\"’)]?$")


def head_lines(text: str, phrases: Sequence[DayPhrase], end: int) -> Iterator[DayPhrase]:
    """The days of such lines before ``end``, in order. phrases: those of ``text``, in order."""
    for phrase in phrases:
        if phrase.span.start >= end:
            return
        if phrase.form not in (Form.FULL, Form.MONTH_DAY):
            continue
        start, stop = text.rfind("\n", 0, phrase.span.start) + 1, text.find("\n", phrase.span.end)
        line = text[start : phrase.span.start] + text[phrase.span.end : len(text) if stop < 0 else stop]
        if len(line) < 200 and len(line.split()) <= _FEW and not _PROSE.search(line):
            yield phrase


def names_record(title: str) -> bool:
    """True for "Telephone conversation with the President of China": a title that says what was said, and where."""
    return _NAMES_RECORD.search(title[:1500]) is not None


def head_end(text: str, limit: int = 1500) -> int:
    """Where the lines above the text end: at the first that is a sentence, or after a few lines."""
    at = 0
    seen = 0
    for line in text[:limit].splitlines(keepends=True):
        words = line.split()
        if len(words) > 7 and _SENTENCE.search(line.strip()):
            return at
        seen += bool(words)
        if seen > _LINES:
            return at
        at += len(line)
    return at
