"""The occasions that a document dates, in the order it tells them, and who spoke there.

A day given once holds for what the same people say next: "In a call on Monday evening, Xi told Putin …" dates Xi's
following sentences too, until the document gives them another time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.extraction.found import SaidOn

_NOT_NAMES = frozenset(
    "The A An Mr Mrs Ms Dr President Minister Foreign Prime Premier Vice Deputy Secretary Chairman Chairwoman State"
    " General Ambassador Spokesman Spokeswoman Spokesperson Senator Chinese Russian American US U.S. European"
    " Ukrainian Japanese Indian British German French Ministry Department Council Committee Party Central National"
    " Security Defence Defense Affairs Office House Director Professor Chancellor King Chief Envoy Representative"
    " Commission Government Speaking On In At During After Before When While As But And However Meanwhile Both He"
    " She They It His Her Their".split()
)
_NAME = re.compile(r"[^\W\d_a-zа-яё][\w’'-]*")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One dated act of speaking or gathering."""

    at: int  # offset in the text
    paragraph: int
    said_on: SaidOn  # its day may be None: a time that names no day still separates it from others
    names: frozenset[str]  # words of the names of those who spoke there
    scene: bool = False  # told by itself, without quoting: what its paragraph goes on to quote was said there


@dataclass
class OccasionLog:
    """Occasions in the order of the text; every question is answered without going through them all."""

    occasions: list[Occasion] = field(default_factory=list)
    _by_name: dict[str, Occasion] = field(default_factory=dict)
    _gathering: Occasion | None = None
    _timed: Occasion | None = None

    def add(self, occasion: Occasion) -> None:
        """Enter an occasion; callers go through the text from its beginning."""
        self.occasions.append(occasion)
        if occasion.said_on.evidence is not None:
            self._timed = occasion
        self._by_name.update(dict.fromkeys(occasion.names, occasion))
        if len(occasion.names) > 1:
            self._gathering = occasion

    def last(self) -> Occasion | None:
        """The occasion told last, of those that a time was given for."""
        return self._timed

    def of(self, names: frozenset[str]) -> Occasion | None:
        """The last occasion at which one of ``names`` spoke."""
        theirs = [self._by_name[name] for name in names if name in self._by_name]
        return max(theirs, key=lambda one: one.at) if theirs else None

    def near(self, paragraph: int, reach: int) -> Occasion | None:
        """The last occasion, if it stands in ``paragraph`` or at most ``reach`` before it."""
        last = self.last()
        return last if last and paragraph - reach <= last.paragraph <= paragraph else None

    def gathering(self, paragraph: int, reach: int) -> Occasion | None:
        """The last occasion with several people, at most ``reach`` paragraphs back."""
        return self._gathering if self._gathering and self._gathering.paragraph >= paragraph - reach else None


def names_in(words: Iterable[str] | str) -> frozenset[str]:
    """The words of ``words`` that are parts of names: capitalised, no title, no nationality."""
    text = words if isinstance(words, str) else " ".join(words)
    found = (_POSSESSIVE.sub("", name) for name in _NAME.findall(text[:2000]))
    return frozenset(name for name in found if len(name) > 1 and name not in _NOT_NAMES)
