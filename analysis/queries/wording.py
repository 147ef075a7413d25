"""What one print of a statement changed: its words against others, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from analysis.messages import Message, count_message, message

_CHARACTERS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # Chinese and Japanese: a word each
_LETTERS = rf"[^\W_{_CHARACTERS}]+"
_WORD = re.compile(rf"""(?:(?<!\S)["'(\[]+|[“«„‘「『]+)?(?:[{_CHARACTERS}]|{_LETTERS}(?:['’.,]{_LETTERS})*)""")
_SAME_MARK = str.maketrans(dict.fromkeys("“”„«»「」『』", '"') | dict.fromkeys("‘’‚‹›", "'") | {"‑": "-", "…": ""})
_LONG = 1_000  # words from which on those that recur often no longer count as places to line up at
_OTHER_WORDS = 0.35  # below this likeness a comparison word by word says nothing


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    LEFT_OUT = "left out"  # of the words that are compared with
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are all alike in what became of them, with the spaces that follow."""

    words: str
    change: Change


@dataclass(frozen=True, slots=True)
class Wording:
    """How a print's words differ from others. Capitals, punctuation and spaces make no difference."""

    stretches: tuple[Stretch, ...]  # the other words and the print's, woven into one
    same: int  # words, Chinese and Japanese ones a character each
    left_out: int
    added: int
    is_exact: bool  # punctuation and capitals are the same too, whatever the shape of quotation marks

    @property
    def differs(self) -> bool:
        """True when any word is left out or added."""
        return bool(self.left_out or self.added)

    @property
    def likeness(self) -> float:
        """1 where all words are the same, 0 where none is: twice the same ones over all of both."""
        every = 2 * self.same + self.left_out + self.added
        return 2 * self.same / every if every else 1.0

    @property
    def is_other_words(self) -> bool:
        """True when so little is the same that a comparison word by word says nothing."""
        return self.likeness < _OTHER_WORDS

    def in_words(self) -> Message:
        """What the print changed, for the line above it."""
        if not self.differs:
            if self.is_exact:
                return message("word for word the same")
            return message("the same words; capitals or punctuation differ")
        if self.is_other_words:
            return message("in other words")
        left_out = count_message("{count} word left out", "{count} words left out", self.left_out)
        added = count_message("{count} word added", "{count} words added", self.added)
        if not self.added:
            return left_out
        return message("{left_out}, {added}", left_out=left_out, added=added) if self.left_out else added


def wording(others: str, printed: str) -> Wording:
    """How ``printed``, the words of one print, differ from ``others``.

    Longest common runs are lined up first (difflib). A word or two between changes that happen to be alike count as
    changed with them: a sentence told anew is not cut into shreds. A second for some thousand words.
    """
    before, after = _tokens(others), _tokens(printed)
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=max(len(before), len(after)) > _LONG)
    runs: list[tuple[Change, list[str]]] = []
    for tag, first, last, start, end in _joined(matcher.get_opcodes()):
        if tag == "equal":
            runs.append((Change.SAME, after[start:end]))
        else:
            runs += [(Change.LEFT_OUT, before[first:last]), (Change.ADDED, after[start:end])]
    counts = {change: sum(len(words) for kind, words in runs if kind is change) for change in Change}
    stretches = tuple(Stretch("".join(words), change) for change, words in runs if words)
    return Wording(
        stretches, counts[Change.SAME], counts[Change.LEFT_OUT], counts[Change.ADDED], _plain(others) == _plain(printed)
    )


Opcode = tuple[str, int, int, int, int]


def _joined(opcodes: Iterable[Opcode]) -> Iterator[Opcode]:
    """``opcodes`` with a short run of equal words between two changes taken into them."""
    every = list(opcodes)
    held: Opcode | None = None
    for at, code in enumerate(every):
        short = code[0] == "equal" and code[2] - code[1] == 1 and 0 < at < len(every) - 1
        around = short and all(every[near][0] == "replace" for near in (at - 1, at + 1))
        if code[0] == "equal" and not around:
            if held:
                yield held
            held = None
            yield code
        elif held:
            held = ("replace", held[1], code[2], held[3], code[4])
        else:
            held = ("replace", *code[1:])
    if held:
        yield held


def _tokens(words: str) -> list[str]:
    """``words`` cut before each word and the marks that open it, so that each piece keeps what follows its word."""
    starts = [match.start() for match in _WORD.finditer(words)]
    return [words[start:end] for start, end in pairwise([0, *starts[1:], len(words)])] if starts else []


def _keys(tokens: Sequence[str]) -> list[str]:
    return ["".join(letter for letter in token.casefold() if letter.isalnum()) for token in tokens]


def _plain(words: str) -> str:
    return " ".join(words.translate(_SAME_MARK).split())
