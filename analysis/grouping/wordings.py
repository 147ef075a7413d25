"""A text's words as grouping compares them, and how much each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.grouping.quantities import quantities
from analysis.wording import NEGATIONS, STOP_WORDS, forms, stem

_ROOT = 6  # letters

# Words that every second statement of this field has, so that sharing them says little.
_COMMON = frozenset(
    stem(word)[:_ROOT]
    for word in "china chinese russia russian sino moscow beijing relations relationship ties bilateral cooperation"
    " cooperate country countries state states nation nations side sides partner partners partnership strategic"
    " comprehensive develop development level world international mutual two jointly work ready willing support"
    " issue issues president important further continue".split()
)
_COMMON_WEIGHT = 0.3
_NOT = NEGATIONS | {"rather", "instead", "failed", "refused", "unable"}
_AUXILIARIES = frozenset("do does did is are was were have has had would should could ca wo must need".split())

# A capital stands for its country, so that "Sino-Russian" and "between Beijing and Moscow" meet.
_CHINA, _RUSSIA = "china", "russia"
_COUNTRIES = dict.fromkeys("china chinese beijing prc sino".split(), _CHINA)
_COUNTRIES |= dict.fromkeys("russia russian russians moscow kremlin".split(), _RUSSIA)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words as likeness compares them."""

    words: tuple[str, ...]  # folded stems in order
    forms: frozenset[str]  # folded, with their endings
    subject: frozenset[str]  # the roots of those that name something; all words where none does
    numbers: frozenset[float]
    negated: bool
    countries: tuple[str, ...]  # China and Russia in the order in which they are named, where not side by side


def wording(text: str) -> Wording:
    """The wording of ``text``."""
    said = forms(text)
    words = tuple(stem(form) for form in said)
    return Wording(
        words=words,
        forms=frozenset(said),
        subject=frozenset(_root(form) for form in said if form not in STOP_WORDS) or frozenset(words),
        numbers=quantities(said),
        negated=any(form in _NOT or (form.endswith("nt") and form[:-2] in _AUXILIARIES) for form in said),
        countries=_in_order(said),
    )


def _in_order(said: Sequence[str]) -> tuple[str, ...]:
    """China and Russia as they are named, without "China and Russia", where the order says nothing."""
    named = [(place, _COUNTRIES[form]) for place, form in enumerate(said) if form in _COUNTRIES]
    alone = [
        country
        for at, (place, country) in enumerate(named)
        if not any(0 < abs(place - near) <= 2 for near, _ in named[max(at - 1, 0) : at + 2])
    ]
    return tuple(alone)


def _root(form: str) -> str:
    """What "politics" and "politicised", "firm" and "firmly" have in common; two translations seldom share more."""
    if form in _COUNTRIES:
        return _COUNTRIES[form]
    return stem(form.removesuffix("ly") if len(form) > 5 else form)[:_ROOT]


def weight_of(form: str) -> float:
    """How much a folded word says: nothing where it names nothing, little where this field is full of it."""
    if form in STOP_WORDS:
        return 0.0
    return _COMMON_WEIGHT if form in _COUNTRIES or stem(form)[:_ROOT] in _COMMON else 1.0


def weight(words: Iterable[str]) -> float:
    """How much the roots of a subject say together."""
    return sum(_COMMON_WEIGHT if word in _COMMON else 1.0 for word in words)
