"""Which of the persons named in a noun phrase it is about: its head, not a possessor, a modifier or an object."""

from __future__ import annotations

import re

from analysis.entities.names import words_of
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import names_a_post
from analysis.extraction.titles import is_courtesy

_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that|told|said|after|during|speaking)\b", re.IGNORECASE)
_PREPOSITIONS = frozenset("of for to in at on by from with under against about near behind".split())
_COMPLEMENT = re.compile(rf"\b(?:{'|'.join(sorted(_PREPOSITIONS))})\s+(?:the\s+)?$")
_AFTER_NAME = _PREPOSITIONS | frozenset(
    "and & as who whom whose which that himself herself also then later jr sr too both told said says is was has had "
    "during after before when while speaking".split()
)


def heads_of(register: Register, start: int, end: int) -> list[Named]:
    """The persons that the phrase at ``start:end`` is about, in order; empty when it only mentions some.

    "Lin Jian" in "Chinese spokesman Lin Jian"; nobody in "a spokesman for President Ruiz", "Ruiz’s adviser",
    "the Ruiz campaign"; both in "Ruiz and Mora".
    """
    text = register.text
    heads: list[Named] = []
    for named in register.within(start, end):
        before, after = text[start : named.start], text[named.end : end]
        if heads and _RELATIVE.search(text[heads[-1].end : named.start]):
            break
        if re.match(r"[’']s?\s+\w", after) or _COMPLEMENT.search(before.lower()):
            continue
        if not _is_titled_object(before) and not _is_modifier(after):
            heads.append(named)
    return heads


def _is_modifier(after: str) -> bool:
    """True for Ruiz in "the Ruiz campaign", "a Ruiz adviser"."""
    following = re.match(r"\s+(\w+)", after)
    if following is None or following[1].lower() in _AFTER_NAME:
        return False
    return following[1].islower() or names_a_post(following[1])


def _is_titled_object(before: str) -> bool:
    """True for the president in "a spokesman for President Ruiz": a preposition's object with a title of its own."""
    words = [word.text for word in words_of(before)]
    titles = 0
    while words and (is_courtesy(words[-1]) or names_a_post(words[-1])):
        words.pop()
        titles += 1
    if not titles:
        return False
    nearby = words[-5:]
    place = max((number for number, word in enumerate(nearby) if word.lower() in _PREPOSITIONS), default=None)
    if place is None:
        return False
    return any(names_a_post(word) for word in words[: len(words) - len(nearby) + place])
