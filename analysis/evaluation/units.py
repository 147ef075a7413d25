"""Units: what two annotations of one text are compared by.

A quote is cut at line breaks and trimmed of marks, punctuation and a leading "that", so that a scheme that keeps
the marks or the final comma is not punished.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.schema import Kind

Row = Mapping[str, Any]  # one document or quote, as the JSONL files carry it

WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
_TRIMMED = " \t\r\n\u00a0\u200b\"“”„«»‘’'`,.;:!?…–—-"
_LEADING_THAT = re.compile(r"that[\s,]+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One trimmed piece of a quote; ``tokens`` are the starts of the words in it."""

    start: int
    end: int
    kind: str
    tokens: frozenset[int]
    quote: Row


def quoted(text: str) -> bytearray:
    """A 1 for each character inside double quotation marks.

    Curly and angle marks open and close, straight and doubled single ones toggle; a mark left open runs to its
    line's end. Single marks are apostrophes far more often than quotations and do not count.
    """
    inside = bytearray(len(text))
    for line in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        for mark in re.finditer(r"[“„«”»\"]|''|``|’’|‘‘", line.group()):
            start, end = line.start() + mark.start(), line.start() + mark.end()
            if opened is None and mark.group() not in "”»":
                opened = end
            elif opened is not None and mark.group() not in "“„«":
                inside[opened:start] = b"\1" * (start - opened)
                opened = None
        if opened is not None:
            inside[opened : line.end()] = b"\1" * (line.end() - opened)
    return inside


def kind_of(text: str, start: int, end: int, inside: Sequence[int]) -> Kind:
    """Direct when at most 2 % of the letters stand outside marks, indirect when all do, else mixed."""
    letters = [inside[at] for at in range(start, end) if text[at].isalnum()]
    if not any(letters):
        return Kind.INDIRECT
    return Kind.DIRECT if len(letters) - sum(letters) <= 0.02 * len(letters) else Kind.MIXED


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without marks, punctuation and white space around it, and without a leading "that"."""
    while True:
        while start < end and text[start] in _TRIMMED:
            start += 1
        while end > start and text[end - 1] in _TRIMMED:
            end -= 1
        leading = _LEADING_THAT.match(text, start, end)
        if not leading or leading.end() >= end:
            return start, end
        start = leading.end()


def units(text: str, quotes: Iterable[Row], keep_kinds: bool = False) -> list[Unit]:
    """The trimmed units of ``quotes``, each span once, in the quotes' order."""
    inside = quoted(text)
    words = [word.start() for word in WORD.finditer(text)]
    found: dict[tuple[int, int], Unit] = {}
    for quote in quotes:
        for piece_start, piece_end in quote.get("fragments") or [(quote["start"], quote["end"])]:
            for line in re.finditer(r"[^\n]+", text[piece_start:piece_end]):
                start, end = trimmed(text, piece_start + line.start(), piece_start + line.end())
                tokens = frozenset(words[bisect_left(words, start) : bisect_left(words, end)])
                if tokens and (start, end) not in found:
                    kept = quote.get("type") if keep_kinds else None
                    kind = kept or kind_of(text, start, end, inside)
                    found[start, end] = Unit(start, end, kind, tokens, quote)
    return list(found.values())
