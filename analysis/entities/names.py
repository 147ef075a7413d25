"""Finding known names in running text: words, folding, and an index that reads a text once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

# A run of letters and digits; each Chinese or Japanese character is a word of its own.
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|(?:[^\W_{_HAN}]|[\u0300-\u036f])+")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

# What may stand between two words of one name. A full stop only after an initial or "St".
_GAPS = frozenset({" ", "\u00a0", "\n", "-", "\u2010", "\u2011", "\u2013", "'", "’", "ʼ", "·", " & ", "'s ", "/"})
_INITIAL_GAPS = frozenset({".", ". ", ".\u00a0", ".\n"})


class Word(NamedTuple):
    """One word of a text: where it stands, and its folded form."""

    start: int
    end: int
    text: str
    folded: str


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """``word`` without case and diacritics: "Vučić" and "VUCIC" fold alike."""
    decomposed = unicodedata.normalize("NFKD", word.casefold()).translate(_SPECIAL)
    return "".join(character for character in decomposed if character.isalnum())


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` with their offsets into ``text``."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match.start(), match.end(), match[0], fold_word(match[0])) for match in found]


def fold(name: str) -> str:
    """A name's folded words, joined by spaces, without a leading "the" and a trailing possessive.

    Apostrophes and hyphens of every form fold alike; "U.S." folds to "us" as "US" does.
    """
    words = [word.folded for word in words_of(name)]
    if len(words) > 1 and words[-1] == "s" and re.search(r"[’'ʼ]s\W*$", name):
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and all(len(word) == 1 for word in words) and not _HAN_CHARACTER.match(words[0]):
        return "".join(words)
    return " ".join(words)


def slug(name: str) -> str:
    """An identifier from a name: "Aleksandar Vučić" gives "aleksandar-vucic". Empty only for a name without words."""
    text = re.sub(r"[’'ʼ]s\b|[’'ʼ]", "", name)
    return "-".join(word.folded for word in words_of(text))


class NameHit(NamedTuple):
    """A known name in a text."""

    start: int
    end: int
    entity_id: str


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    names: list[tuple[tuple[int, ...], str]] = field(default_factory=list)  # (letter case of each word, entity id)


def _needed_case(word: str) -> int:
    """2: only in capitals ("US" is not "us"); 1: a capital first; 0: any."""
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[:1].isupper() else 0


def _has_case(word: str, needed: int) -> bool:
    if needed == 2:
        return word.isupper()
    return needed == 0 or not word[:1].islower()


class NameIndex:
    """Every name and alias, arranged so that one reading of a text finds all of them."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """names: (name, entity id) pairs; of two entities with one name, the first stands."""
        self._root = _Node()
        for name, entity_id in names:
            words = words_of(name)
            if words:
                node = self._root
                for word in words:
                    node = node.following.setdefault(word.folded, _Node())
                node.names.append((tuple(_needed_case(word.text) for word in words), entity_id))

    def scan(self, text: str, words: Sequence[Word] | None = None) -> list[NameHit]:
        """Names in ``text`` from left to right, without overlaps; of two that start together the longer.

        words: ``words_of(text)`` where the caller has them. Cost is linear in the text's length.
        """
        words = words_of(text) if words is None else words
        hits: list[NameHit] = []
        at = 0
        while at < len(words):
            found = self._longest(text, words, at) if words[at].folded in self._root.following else None
            if found is None:
                at += 1
                continue
            after, entity_id = found
            end = words[after - 1].end
            if text[end : end + 1] == "." and text[end - 2 : end - 1] == ".":
                end += 1  # "U.S." ends with its full stop
            hits.append(NameHit(words[at].start, end, entity_id))
            at = after
        return hits

    def _longest(self, text: str, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        node = self._root
        best: tuple[int, str] | None = None
        position = at
        while position < len(words):
            if position > at and not _joins(text, words[position - 1], words[position]):
                break
            following = node.following.get(words[position].folded)
            if following is None:
                break
            node = following
            position += 1
            for cases, entity_id in node.names:
                if all(_has_case(word.text, case) for word, case in zip(words[at:position], cases, strict=True)):
                    best = (position, entity_id)
                    break
        return best


def _joins(text: str, before: Word, after: Word) -> bool:
    gap = text[before.end : after.start]
    if gap == "":
        return True  # Chinese characters
    return gap in _GAPS or (gap in _INITIAL_GAPS and (len(before.text) == 1 or before.folded in ("st", "jr", "sr")))
