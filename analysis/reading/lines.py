"""A text as lines, with what their shape tells: is it a sentence, a label, a bullet point, a heading?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_AFTER_END = "\"'”’»)]）*_ \u00a0"
_LABEL = re.compile(r"[^\W\d_a-zа-я][^:.!?…“”\"]{0,120}:(?=\s|$)")
_BULLET = re.compile(r"(?:[•·▪■●◦*–—-]|\(?\d{1,3}[.)])\s")


@dataclass(frozen=True)
class Line:
    """One line that is not blank: its span without surrounding white space, and its place."""

    start: int
    end: int
    text: str
    after_blank: bool  # a blank line, or the text's beginning, stands before it
    before_blank: bool  # a blank line, or the text's end, follows it

    @property
    def alone(self) -> bool:
        """True when blank lines, or the text's ends, stand on both sides."""
        return self.after_blank and self.before_blank

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @cached_property
    def ended(self) -> bool:
        """True when it closes as a sentence does."""
        return self.text.rstrip(_AFTER_END).endswith((".", "!", "?", "…", "。", "！", "？"))

    @cached_property
    def label(self) -> bool:
        """True when it opens as a transcript's turn does: "Vladimir Putin:"."""
        return _LABEL.match(self.text[:130]) is not None

    @cached_property
    def bullet(self) -> bool:
        """True for an entry of a list."""
        return _BULLET.match(self.text[:6]) is not None

    @cached_property
    def quoted(self) -> bool:
        """True when it opens or closes with quotation marks: words of somebody, whatever its shape."""
        return self.text[0] in '“„«"' or self.text[-1] in '”»"'


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, in order."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        stripped = words.strip()
        if stripped:
            found.append((start, start + len(stripped)))
    blank = [True, *(_blank(text[end:start]) for (_, end), (start, _) in pairwise(found)), True]
    return [
        Line(start, end, text[start:end], blank[place], blank[place + 1]) for place, (start, end) in enumerate(found)
    ]


def _blank(gap: str) -> bool:
    """True when a gap between two lines holds an empty line."""
    return gap.replace("\r\n", "\n").count("\n") + gap.count("\u2029") * 2 > 1


def hard_wrapped(lines: Sequence[Line]) -> bool:
    """True for a text whose lines are broken at a fixed width: its lines are no paragraphs."""
    if len(lines) < 12:
        return False
    broken = sum(1 for line, following in pairwise(lines) if not line.ended and following.text[0].islower())
    return broken > len(lines) / 3


def is_transcript(lines: Sequence[Line]) -> bool:
    """True for a text in which several turns are opened by speaker labels."""
    return sum(line.label for line in lines) >= 3
