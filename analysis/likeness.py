"""Whether two prints carry the same words: identical, a fragment, slightly edited, or another translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import exp

from analysis.quantities import quantities
from analysis.wording import NEGATIONS, STOP_WORDS, forms, stem

_EDITED = 0.8  # share of words, in order, that two wordings of one text keep
_FRAME = 0.75  # share of words, in order, from which other words in one place are another subject, no translation
_LONG = 12  # words from which an edit is believed without embeddings
_ROOT = 6  # letters
_FRAGMENT_WORDS = 4  # words; a fragment of so many needs
_FRAGMENT_WEIGHT = 1.0  # this weight of words that name something,
_SHORT_WEIGHT = 1.6  # and a shorter one this: "no limits" will do, "China and Russia" won't

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
_TURNED = 0.6  # share of words, in order, from which the countries that have changed places make another statement


@dataclass(frozen=True, slots=True)
class Scale:
    """What a cosine of one encoder says about two wordings."""

    reworded: float  # the least cosine of an edit that puts other words in place of some
    near: float  # the least cosine of two translations, whatever they share
    negated: float  # and of two of which only one has a "not"
    weights: tuple[float, ...]  # of each of a pair's signs (see :func:`signs`), in its odds of being translations
    bias: float


# Weights by benchmarks/fit_translations.py, which cross-validates them; benchmarks/grouping_quality.py prints how they
# fare on pairs that they were not fitted to. Another encoder's cosines mean something else, so they join nothing.
SCALES: Mapping[str, Scale] = {
    "small": Scale(
        reworded=0.86, near=0.5, negated=0.88, weights=(7.45, 7.28, 3.15, -8.64, 0.87, -1.67, -4.01), bias=-9.47
    ),
    "base": Scale(
        reworded=0.91, near=0.5, negated=0.84, weights=(8.06, 6.76, 2.62, -8.67, 0.74, -1.77, -4.18), bias=-8.73
    ),
}
_LIKELY = 0.6  # the least probability of two translations


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words as likeness compares them."""

    words: tuple[str, ...]  # folded stems in order
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


def likeness(
    first: Wording, second: Wording, cosine: float | None, least: int = 1, scale: Scale = SCALES["small"]
) -> float:
    """How sure it is that both are the same words: 3 identical, 2–3 a fragment or edited, 1–2 translated, 0 not.

    cosine: of their embeddings; None where a translation is out of the question. least: words that both must
    have, twice as many for an edited one. scale: of the encoder that the cosine comes from.
    """
    short, long = sorted((first, second), key=lambda one: (len(one.words), one.words))
    if len(short.words) < max(least, 1):
        return 0.0
    if short.words == long.words:
        return 3.0
    if _is_run(short.words, long.words):
        needed = _FRAGMENT_WEIGHT if len(short.words) >= _FRAGMENT_WORDS else _SHORT_WEIGHT
        return 2.0 + len(short.words) / len(long.words) if _weight(short.subject) >= needed else 0.0
    both = first.subject & second.subject
    if not both or len(short.words) < _FRAGMENT_WORDS:
        return 0.0
    inserted = first.subject <= second.subject or second.subject <= first.subject
    if first.negated != second.negated and (inserted or cosine is None or cosine < scale.negated):
        return 0.0  # else "never forgets" is "always remembers"
    if first.numbers != second.numbers and first.numbers - second.numbers and second.numbers - first.numbers:
        return 0.0
    if len(both) / min(len(first.subject), len(second.subject)) >= _EDITED - 0.15:
        kept = _kept(short.words, long.words)
        if kept >= _TURNED and _turned(first, second):
            return 0.0
        reworded = cosine >= scale.reworded if cosine is not None else len(short.words) >= _LONG
        if kept >= _EDITED and (inserted or reworded) and len(short.words) >= 2 * least:
            return 1.5 + kept / 2
        if kept >= _FRAME and not inserted and not reworded:
            return 0.0
    if cosine is None or cosine < scale.near:
        return 0.0
    odds = sum(weight * sign for weight, sign in zip(scale.weights, signs(first, second, cosine), strict=True))
    probability = 1 / (1 + exp(-odds - scale.bias))
    return 1 + 0.9 * probability if probability >= _LIKELY else 0.0


def signs(first: Wording, second: Wording, cosine: float) -> tuple[float, ...]:
    """What tells two translations of one sentence from two sentences: one number for each weight of a scale.

    The cosine; how much of the lesser wording's subject is in the other; their lengths' ratio; the longest row of the
    same words, as a share of the shorter (sentences that are cut to one pattern share long ones); the subject that
    each has alone; how long the shorter is; whether it is very short.
    """
    short, long = sorted((first.words, second.words), key=lambda words: (len(words), words))
    both = _weight(first.subject & second.subject)
    alone = min(_weight(first.subject - second.subject), _weight(second.subject - first.subject))
    row = SequenceMatcher(None, short, long, autojunk=False).find_longest_match().size
    return (
        cosine,
        both / min(_weight(first.subject), _weight(second.subject)),
        len(short) / len(long),
        row / len(short),
        min(alone, 4.0),
        min(len(short), 25) / 10,
        float(len(short) < 6),
    )


def _turned(first: Wording, second: Wording) -> bool:
    """True when one says of Russia what the other says of China."""
    one, other = first.countries, second.countries
    return len(one) > 1 and len(other) > 1 and one[0] != other[0]


def _weight(words: Iterable[str]) -> float:
    return sum(_COMMON_WEIGHT if word in _COMMON else 1.0 for word in words)


def _is_run(short: Sequence[str], long: Sequence[str]) -> bool:
    """True when ``short`` stands in ``long`` word for word."""
    starts = range(len(long) - len(short) + 1)
    return any(long[start] == short[0] and long[start : start + len(short)] == short for start in starts)


def _kept(short: Sequence[str], long: Sequence[str]) -> float:
    """Share of the words that both have in the same order, of ``short`` or of the stretch of ``long`` they span."""
    matcher = SequenceMatcher(None, short, long, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0.0
    spread = blocks[-1].b + blocks[-1].size - blocks[0].b
    return sum(block.size for block in blocks) / max(len(short), spread)
