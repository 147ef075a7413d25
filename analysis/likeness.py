"""Whether two prints carry the same words: identical, a fragment, slightly edited, or another translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.quantities import quantities
from analysis.wording import NEGATIONS, STOP_WORDS, forms, stem

_EDITED = 0.8  # share of words, in order, that two wordings of one text keep
_FRAME = 0.75  # share of words, in order, from which other words in one place are another subject, no translation
_LONG = 12  # words from which an edit is believed without embeddings
_ROOT = 6  # letters
_LENGTHS = 0.5  # and the least share of the longer one's words that the shorter one has
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
_NOT = NEGATIONS | {"rather", "instead"}
_AUXILIARIES = frozenset("do does did is are was were have has had would should could ca wo must need".split())


@dataclass(frozen=True, slots=True)
class Scale:
    """What a cosine of one encoder says about two wordings."""

    reworded: float  # the least cosine of an edit that puts other words in place of some
    translated: float  # the least cosine of two translations,
    shared: float  # to which this times the weight of the subject words that both have is added
    near: float  # the least cosine of two translations, whatever they share
    negated: float  # and of two of which only one has a "not"


# Chosen on tests/data/utterance_pairs.jsonl and fresh_utterance_pairs.jsonl; benchmarks/grouping_quality.py prints how
# they and rows of the shared table fare. Another encoder's cosines mean something else, so they join nothing.
SCALES: Mapping[str, Scale] = {
    "small": Scale(reworded=0.86, translated=0.94, shared=0.4, near=0.62, negated=0.88),
    "base": Scale(reworded=0.91, translated=0.88, shared=0.3, near=0.72, negated=0.84),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words as likeness compares them."""

    words: tuple[str, ...]  # folded stems in order
    subject: frozenset[str]  # the roots of those that name something; all words where none does
    numbers: frozenset[float]
    negated: bool


def wording(text: str) -> Wording:
    """The wording of ``text``."""
    said = forms(text)
    words = tuple(stem(form) for form in said)
    return Wording(
        words=words,
        subject=frozenset(_root(form) for form in said if form not in STOP_WORDS) or frozenset(words),
        numbers=quantities(said),
        negated=any(form in _NOT or (form.endswith("nt") and form[:-2] in _AUXILIARIES) for form in said),
    )


def _root(form: str) -> str:
    """What "politics" and "politicised", "firm" and "firmly" have in common; two translations seldom share more."""
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
        reworded = cosine >= scale.reworded if cosine is not None else len(short.words) >= _LONG
        if kept >= _EDITED and (inserted or reworded) and len(short.words) >= 2 * least:
            return 1.5 + kept / 2
        if kept >= _FRAME and not inserted and not reworded:
            return 0.0
    if cosine is None or cosine < scale.near or len(short.words) / len(long.words) < _LENGTHS:
        return 0.0
    shared = _weight(both) / min(_weight(first.subject), _weight(second.subject))
    found = cosine + scale.shared * shared
    return min(1.9, found + 0.1) if found >= scale.translated else 0.0


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
