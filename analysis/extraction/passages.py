"""Paragraphs of a text whose lines are broken at a fixed width: which line breaks end a paragraph, and which do not."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.schema import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_ENDED = re.compile(r"[.!?…:;][”\"’»)\]]*$")
_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,4}(?:/\d{1,4})?\s*[-–]?\s*$")  # a page's number between two lines
_WRAPPED = 1 / 3  # share of lines that go on, in small letters, on the next one
_FEWEST = 6  # lines that tell whether a text is wrapped
_FULL = 0.75  # of the usual width: a line that ends a sentence and is shorter ends its paragraph


def is_wrapped(text: str) -> bool:
    """True for a text whose lines are broken at a fixed width: its lines are no paragraphs."""
    lines = _lines(text[:200_000])
    if len(lines) < _FEWEST:
        return False
    broken = sum(_goes_on(text, before, after) for before, after in pairwise(lines))
    return broken > (len(lines) - 1) * _WRAPPED


def passages(text: str, wrapped: bool) -> list[Span]:
    """The paragraphs of ``text`` without white space around them, in order; linear in its length.

    wrapped: a line that does not end a sentence, or fills the width and is followed by one that is not indented, is
    joined to the next one, over a page's number too. Otherwise every line is a paragraph, except that a line
    that breaks off before a small letter goes on with the next one.
    """
    lines = _lines(text)
    if not lines:
        return []
    widths = sorted(line.end - line.start for line in lines)
    usual = widths[len(widths) * 9 // 10]
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _ends_here(text, before, line, usual) if wrapped else not _goes_on(text, before, line):
            joined.append(line)
        else:
            joined[-1] = Span(joined[-1].start, line.end)
    return joined


def _lines(text: str) -> list[Span]:
    """Lines with words in them, trimmed; numbers of pages are none."""
    found = []
    for match in _LINE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if start < end and not _NUMBER.match(text, start, end):
            found.append(Span(start, end))
    return found


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """True when a sentence runs over from one line to the next."""
    ended = _ENDED.search(text, max(before.start, before.end - 4), before.end)
    return ended is None and text[after.start].islower()


def _ends_here(text: str, before: Span, after: Span, usual: int) -> bool:
    """True when a paragraph of a wrapped text ends with ``before``."""
    if _ENDED.search(text, max(before.start, before.end - 4), before.end) is None:
        return False
    gap = text[before.end : after.start]
    indented = gap[gap.rfind("\n") + 1 :] != "" and text[before.start - 1 : before.start] == "\n"
    return indented or gap.count("\n") > 1 or before.end - before.start < _FULL * usual
