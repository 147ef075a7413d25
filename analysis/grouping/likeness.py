"""Whether two prints carry the same words: identical, a fragment, slightly edited, or another translation."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.grouping.between import Between
from analysis.grouping.scales import SCALES, Scale
from analysis.grouping.translations import translated
from analysis.grouping.wordings import Wording, weight

TRANSLATED = 1.9  # what a translation's likeness stays below, and that of the same words does not
_EDITED = 0.8  # share of words, in order, that two wordings of one text keep
_FRAME = 0.75  # share of words, in order, from which other words in one place are another subject, no translation
_LONG = 12  # words from which an edit is believed without embeddings
_FRAGMENT_WORDS = 4  # words; a fragment of so many needs
_FRAGMENT_WEIGHT = 1.0  # this weight of words that name something,
_SHORT_WEIGHT = 1.6  # and a shorter one this: "no limits" will do, "China and Russia" won't
_SAME_PATTERN = 0.5  # share of words, in order, from which another number or thing
_SAME_PATTERN_DENIED = 0.6  # or a "not" makes another statement of the same words
_TURNED = 0.6  # share of words, in order, from which the countries that have changed places make another statement


def likeness(
    first: Wording,
    second: Wording,
    cosine: float | None,
    least: int = 1,
    scale: Scale = SCALES["small"],
    aligned: Sequence[float] | None = None,
) -> float:
    """How sure it is that both are the same words: 3 identical, 2–3 a fragment or edited, 1–2 translated, 0 not.

    cosine: of their embeddings; None where a translation is out of the question. least: words that both must
    have, twice as many for an edited one. scale: of the encoder that the cosine comes from. aligned: what
    ``alignment`` finds between their tokens; None: a translation is known by the cosine and the words that both have.
    """
    between = Between(first, second)
    decided = ruled(between, cosine, least, scale, is_aligned=aligned is not None)
    if decided is not None:
        return decided
    probability = 0.0 if cosine is None else translated(between, cosine, scale, aligned)
    return 1 + (TRANSLATED - 1) * min(probability, 0.999) if probability else 0.0


def ruled(between: Between, cosine: float | None, least: int, scale: Scale, *, is_aligned: bool) -> float | None:
    """:func:`likeness` so far as the words decide; None where the meaning has to."""
    short, long = between.short, between.long
    if len(short) < max(least, 1):
        return 0.0
    if short == long:
        return 3.0
    if between.is_run:
        needed = _FRAGMENT_WEIGHT if len(short) >= _FRAGMENT_WORDS else _SHORT_WEIGHT
        subject = between.first.subject if between.first.words == short else between.second.subject
        return 2.0 + len(short) / len(long) if weight(subject) >= needed else 0.0
    if len(short) < _FRAGMENT_WORDS or not (is_aligned or between.both):
        return 0.0
    if _denied(between, cosine, scale, is_aligned=is_aligned):
        return 0.0
    return _edited(between, cosine, least, scale)


def _denied(between: Between, cosine: float | None, scale: Scale, *, is_aligned: bool) -> bool:
    """True where a "not", a number or another thing makes them two, however alike they are.

    Where their tokens are compared, only for wordings of one pattern: elsewhere "never forgets" is "always remembers".
    """
    first, second = between.first, between.second
    if is_aligned:
        denied = first.negated != second.negated and (between.inserted or between.kept >= _SAME_PATTERN_DENIED)
        other = between.clash or between.other_things or between.turned
        return denied or bool(other and between.kept >= _SAME_PATTERN)
    if first.negated != second.negated and (between.inserted or cosine is None or cosine < scale.negated):
        return True
    return bool(first.numbers - second.numbers and second.numbers - first.numbers)


def _edited(between: Between, cosine: float | None, least: int, scale: Scale) -> float | None:
    """How like two wordings of mostly the same words are; None where their meaning has to decide."""
    fewest = min(len(between.first.subject), len(between.second.subject))
    if not between.both or len(between.both) / fewest < _EDITED - 0.15:
        return None
    short = len(between.short)
    if between.kept >= _TURNED and between.turned:
        return 0.0
    reworded = cosine >= scale.reworded if cosine is not None else short >= _LONG
    if between.kept >= _EDITED and (between.inserted or reworded) and short >= 2 * least and not between.other_things:
        return 1.5 + between.kept / 2
    if between.kept >= _FRAME and not between.inserted and not reworded:
        return 0.0
    return None
