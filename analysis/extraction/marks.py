"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.schema import Span

_DOUBLE = re.compile(r"[“”„‟«»「」『』＂\"]|''|``|’’|‘‘|,,(?=\w)")
_SINGLE = re.compile(r"[‘’'`‚]")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_FAMILIES = {"«": "angle", "»": "angle", "「": "corner", "」": "corner", "『": "white corner", "』": "white corner"}
_OPENERS = frozenset({"“", "„", "‟", "``", "‘‘", "«", "「", "『", ",,"})
_PAIRS = {"“": "”", "«": "»", "‘‘": "’’"}
_CLOSERS = frozenset({"”", "’’", "»", "」", "』"})
_BEFORE_OPENING = frozenset(" \t\u00a0\u200b\u202f([{—–-/―‘'“\"")
_ENDS_SPEECH = frozenset(",.!?…;:)]")
_AHEAD = 120  # characters looked at to tell an apostrophe from a closing mark


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
    them say otherwise, and close what a curly one opened. A mark left open runs to the end of its
    paragraph, or to the next opening mark of its family. A closing mark that nothing opened, in a
    paragraph without an earlier mark, closes the paragraph's start if it ends speech
    (`… countries,” said`). Time is linear in the text's length.
    """
    found: list[Marked] = []
    for paragraph in paragraphs(text):
        double = list(_double_marked(text, paragraph))
        found.extend(double)
        found.extend(_single_marked(text, paragraph, double))
    found.sort(key=lambda marked: marked.outer.start)
    return [marked for marked in found if text[marked.inner.start : marked.inner.end].strip()]


def _role(text: str, match: re.Match[str], paragraph: Span, opened: str) -> str:
    """What a double mark does here: "opens", "closes" or "either". ``opened``: the open mark, "" for none."""
    mark, start, end = match.group(), match.start(), match.end()
    gap_before = start == paragraph.start or text[start - 1] in _BEFORE_OPENING
    gap_after = end == paragraph.end or not text[end].isalnum()
    shaped_open = gap_before and end < paragraph.end and not text[end].isspace() and text[end] not in ",;:)]"
    shaped_close = gap_after and start > paragraph.start and not text[start - 1].isspace()
    if mark == "“" and opened in {"„", "‟", ",,"}:
        return "closes"
    if mark == "»" and not opened and shaped_open and not shaped_close:
        return "opens"
    if start > paragraph.start and text[start - 1] == "=":
        return "closes"  # an attribute in left-over markup
    if mark in _OPENERS:
        return "closes" if opened and shaped_close and not shaped_open else "opens"
    if mark in _CLOSERS:
        return "opens" if not opened and shaped_open and not shaped_close else "closes"
    if start > paragraph.start and text[start - 1].isdigit() and not opened:
        return "closes"  # an inch
    if shaped_open != shaped_close:
        return "opens" if shaped_open else "closes"
    return "either"


def _double_marked(text: str, paragraph: Span) -> Iterator[Marked]:
    """The paragraph's stretches between double marks."""
    start = end = -1  # the mark that is open, as a span
    opened = family = ""
    seen = False
    inner = 0  # stretches open inside the open one
    marks = list(_DOUBLE.finditer(text, paragraph.start, paragraph.end))
    unopened = Counter(match.group() for match in marks)  # of each mark, those still to come
    for match in marks:
        unopened[match.group()] -= 1
        mark = match.group()
        kind = _FAMILIES.get(mark, "quote")
        if opened and kind != family:
            continue
        role = _role(text, match, paragraph, opened)
        if not opened and role != "closes":
            start, end, opened, family = match.start(), match.end(), mark, kind
        elif not opened:
            at = match.start()
            if not seen and at > paragraph.start and text[at - 1] in ",.!?…" and match.end() < paragraph.end:
                yield Marked(Span(paragraph.start, at), Span(paragraph.start, match.end()), True, False, False)
        elif role == "opens" and unopened[_PAIRS.get(mark, "")] > unopened[mark] + 1 + inner and match.start() > end:
            inner += 1  # “he told us “no” twice”
        elif inner and mark in _PAIRS.values():
            inner -= 1
        elif role == "opens":
            inner = 0
            if match.start() > end:
                yield Marked(Span(end, match.start()), Span(start, match.start()), False, True, False)
                start = match.start()
            end, opened = match.end(), mark
        else:
            if match.start() > end:
                yield Marked(Span(end, match.start()), Span(start, match.end()), True, True, False)
            opened = ""
        seen = True
    if opened:
        yield Marked(Span(end, paragraph.end), Span(start, paragraph.end), False, True, False)


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
        starts = at == paragraph.start or text[at - 1] in _BEFORE_OPENING
        last = at + 1 == paragraph.end
        if starts and not last and not text[at + 1].isspace() and mark != "’" and open_at < 0:
            open_at = at
        elif open_at >= 0 and mark != "‘" and not starts and (last or not text[at + 1].isalnum()):
            if not _possessive(text, at, paragraph):
                found.append(Marked(Span(open_at + 1, at), Span(open_at, at + 1), True, True, True))
                open_at = -1
    return found


def _possessive(text: str, at: int, paragraph: Span) -> bool:
    """True for an apostrophe as in "the nations’ leaders" with a closing mark still to come."""
    if text[at - 1] != "s" or at + 2 >= paragraph.end or text[at + 1] != " " or not text[at + 2].islower():
        return False
    ahead = text[at + 1 : min(paragraph.end, at + _AHEAD)]
    return re.search(r"[\w,.!?][’'](?!\w)", ahead) is not None and re.search(r"[\s(][‘']\w", ahead) is None
