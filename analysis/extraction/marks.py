"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.schema import Span

# Opening mark → what closes it. “ also closes „ (German style), and typists use it for ”.
_CLOSED_BY = {"“": "”", "„": "”“", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "＂": "＂", '"': '"'}
_DOUBLE = re.compile(r"[“”„‟«»「」『』‹›＂\"]|''|``|’’|‘‘")
_SINGLE = re.compile(r"[‘’'`‚]")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_SPACE_OR_OPENING = set(" \t\u00a0\u200b\u202f([{—–-/")
_ENDS_SPEECH = set(",.!?…;:)]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between quotation marks; marks inside it are part of it."""

    inner: Span  # without the marks
    outer: Span  # with them; ends where ``inner`` does when the closing mark is missing
    closed: bool  # False: the closing mark is missing and the paragraph's end stands for it
    opened: bool  # False: the opening mark is missing and the paragraph's start stands for it
    single: bool  # between ‘ ’ or ' '


def paragraphs(text: str) -> Iterator[Span]:
    """Runs between line breaks, in order."""
    for match in _PARAGRAPH.finditer(text):
        yield Span(match.start(), match.end())


def marked_stretches(text: str) -> list[Marked]:
    """Outermost stretches between quotation marks, in order, none overlapping.

    Curly and angle marks open and close; straight ones, '' and `` toggle unless the spaces beside
    them say otherwise. A mark left open runs to the end of its paragraph; a closing mark that
    nothing opened, in a paragraph without an earlier mark, is taken to close the paragraph's start
    if it ends speech (`… countries,” said`). Time is linear in the text's length.
    """
    found: list[Marked] = []
    for paragraph in paragraphs(text):
        double = list(_double_marked(text, paragraph))
        found.extend(double)
        singles = _single_marked(text, paragraph, double)
        if singles:
            found.extend(singles)
    found.sort(key=lambda marked: marked.outer.start)
    return [marked for marked in found if marked.inner.end > marked.inner.start]


def _looks_opening(text: str, start: int, end: int, paragraph: Span) -> bool:
    before = start == paragraph.start or text[start - 1] in _SPACE_OR_OPENING or text[start - 1] in "‘'“\""
    after = end < paragraph.end and not text[end].isspace() and text[end] not in _ENDS_SPEECH - {"…", "."}
    return before and after


def _looks_closing(text: str, start: int, end: int, paragraph: Span) -> bool:
    before = start > paragraph.start and not text[start - 1].isspace()
    after = end == paragraph.end or not text[end].isalnum()
    return before and after


def _double_marked(text: str, paragraph: Span) -> Iterator[Marked]:
    """The paragraph's stretches between double marks."""
    open_start = open_end = -1  # the mark that is open, as a span
    closers = ""
    depth = 0  # marks of the same pair opened inside it
    seen = False
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match.group(), match.start(), match.end()
        wide = len(mark) == 2
        opening = _looks_opening(text, start, end, paragraph)
        closing = _looks_closing(text, start, end, paragraph)
        if open_start < 0:
            if mark in _CLOSED_BY and mark not in '"＂»' or mark == "``" or not closing or opening:
                if mark in "”»」』›" and not opening:
                    continue
                open_start, open_end, depth = start, end, 0
                closers = "" if wide else _CLOSED_BY.get(mark, "”")
            elif not seen and start > paragraph.start and text[start - 1] in ",.!?…" and end < paragraph.end:
                yield Marked(Span(paragraph.start, start), Span(paragraph.start, end), True, False, False)
            seen = True
            continue
        if wide:
            closes = not closers or not opening
        elif mark in closers:
            closes = mark not in '"＂' or closing or not opening
        else:
            closes = mark in '“"' and closing and not opening and closers in ("”", '"')
        if closes and depth:
            depth -= 1
        elif closes:
            yield Marked(Span(open_end, start), Span(open_start, end), True, True, False)
            open_start = -1
        elif opening and _same_pair(mark, text[open_start]):
            yield Marked(Span(open_end, start), Span(open_start, start), False, True, False)
            open_start, open_end = start, end
    if open_start >= 0:
        yield Marked(Span(open_end, paragraph.end), Span(open_start, paragraph.end), False, True, False)


def _same_pair(mark: str, opened: str) -> bool:
    return mark == opened or (mark in '“"' and opened in '“"')


def _single_marked(text: str, paragraph: Span, taken: list[Marked]) -> list[Marked]:
    """The paragraph's stretches between single marks, outside ``taken``; a missing closer makes none."""
    found: list[Marked] = []
    open_at = -1
    position = 0
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        while position < len(taken) and taken[position].outer.end <= at:
            position += 1
            open_at = -1  # a stretch between single marks does not run over a double one
        if position < len(taken) and taken[position].outer.start <= at:
            continue
        mark = match.group()
        starts = at == paragraph.start or text[at - 1] in _SPACE_OR_OPENING
        follows = at + 1 < paragraph.end and not text[at + 1].isspace()
        if starts and follows and mark != "’" and open_at < 0:
            open_at = at
        elif open_at >= 0 and mark != "‘" and not starts and (at + 1 == paragraph.end or not text[at + 1].isalnum()):
            if _possessive(text, at, paragraph):
                continue
            found.append(Marked(Span(open_at + 1, at), Span(open_at, at + 1), True, True, True))
            open_at = -1
    return found


def _possessive(text: str, at: int, paragraph: Span) -> bool:
    """True for an apostrophe as in “the nations’ leaders” with a closing mark still to come."""
    if text[at - 1] != "s" or at + 2 >= paragraph.end or text[at + 1] != " " or not text[at + 2].islower():
        return False
    ahead = text[at + 1 : min(paragraph.end, at + 120)]
    return re.search(r"(?<=[\w,.!?])[’'](?!\w)", ahead) is not None and not re.search(r"(?<=[\s(])[‘']\w", ahead)
