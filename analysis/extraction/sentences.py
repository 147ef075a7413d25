"""Sentences as readers see them: within one paragraph, and never ending inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.schema import Span

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_MARKS = re.compile(r"[“”„«»\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's span and which paragraph, counted from 0, it stands in."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """A text's sentences, and the stretches of it inside double quotation marks, both in order."""

    sentences: tuple[Sentence, ...]
    quoted: tuple[Span, ...]
    starts: tuple[int, ...]
    quoted_starts: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Which sentence ``offset`` lies in, or the last before it; -1 where there is none."""
        return max(bisect_right(self.starts, offset) - 1, 0 if self.sentences else -1)

    def in_quotes(self, offset: int) -> bool:
        """True when ``offset`` lies inside quotation marks."""
        place = bisect_right(self.quoted_starts, offset) - 1
        return place >= 0 and offset < self.quoted[place].end


def split_sentences(parsed: Doc, aside: Sequence[Span] = ()) -> Sentences:
    """The sentences of ``parsed``: spaCy's, cut at line breaks, joined where one ends inside quotation marks.

    aside: stretches whose lines count as no paragraphs, such as advertisements between two; those above all are -1.
    """
    text = parsed.text
    quoted: list[Span] = []
    sentences: list[Sentence] = []
    ends = iter([sentence.end_char for sentence in parsed.sents] if parsed.has_annotation("SENT_START") else [])
    end = next(ends, len(text))
    number = -1
    beside = sorted(aside, key=lambda span: span.start)
    passed = 0
    for match in _PARAGRAPH.finditer(text):
        while passed < len(beside) and beside[passed].end <= match.start():
            passed += 1
        number += not (
            passed < len(beside) and beside[passed].start <= match.start() and match.end() <= beside[passed].end
        )
        inside = _quoted(match.group(), match.start())
        quoted.extend(inside)
        begin = match.start()
        place = 0
        while end <= match.start():
            end = next(ends, len(text) + 1)
        while end < match.end():
            while place < len(inside) and inside[place].end < end:
                place += 1
            open_here = place < len(inside) and inside[place].start < end <= inside[place].end - 1
            if not open_here and not _goes_on(text, end, match.end()):
                sentences.append(Sentence(Span(begin, end), number))
                begin = end
            end = next(ends, len(text) + 1)
        sentences.append(Sentence(Span(begin, match.end()), number))
    starts = tuple(sentence.span.start for sentence in sentences)
    return Sentences(tuple(sentences), tuple(quoted), starts, tuple(span.start for span in quoted))


def _quoted(paragraph: str, offset: int) -> list[Span]:
    """Stretches inside double quotation marks; one left open runs to the paragraph's end."""
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARKS.finditer(paragraph):
        mark = match.group()
        closes = mark in "”»" or (mark == '"' and opened is not None)
        if opened is None and not closes:
            opened = match.start()
        elif opened is not None and closes:
            spans.append(Span(offset + opened, offset + match.end()))
            opened = None
    if opened is not None:
        spans.append(Span(offset + opened, offset + len(paragraph)))
    return spans


def _goes_on(text: str, end: int, limit: int) -> bool:
    """True when what follows ``end`` continues the sentence: “…,” Xi said."""
    after = text[end : min(limit, end + 30)].lstrip()
    before = text[max(0, end - 3) : end].rstrip()
    return bool(after) and (after[0].islower() or before.endswith((",”", ',"', ",»", "”,", ",'", ",’")))
