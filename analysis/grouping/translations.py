"""Signs by which two translations of one sentence are told from two sentences, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from analysis.grouping.between import Between
from analysis.grouping.scales import Scale

_LIKELY = 0.6  # the least probability of two translations, by their vectors


def translated(between: Between, cosine: float, scale: Scale, aligned: Sequence[float] | None) -> float:
    """The probability of two translations; 0 where it is too low to join them."""
    if cosine < (scale.near if aligned is None else scale.aligned_near):
        return 0.0
    if aligned is None:
        odds, likely = _odds(scale.weights, signs(between, cosine)) + scale.bias, _LIKELY
    else:
        odds, likely = _odds(scale.aligned, aligned_signs(between, aligned)) + scale.aligned_bias, scale.likely
    probability = 1 / (1 + exp(-odds))
    return probability if probability >= likely else 0.0


def _odds(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def signs(between: Between, cosine: float) -> tuple[float, ...]:
    """One number for each of a scale's ``weights``.

    The cosine; the words' overlap; their lengths' ratio; the longest row in common; the subject that each has alone;
    how long the shorter is; whether it is very short.
    """
    short, long = len(between.short), len(between.long)
    return (
        cosine,
        between.overlap,
        short / long,
        between.row,
        between.alone,
        min(short, 25) / 10,
        float(short < 6),
    )


def aligned_signs(between: Between, aligned: Sequence[float]) -> tuple[float, ...]:
    """One number for each of a scale's ``aligned``.

    Six of the tokens (see ``alignment``); of the words, the longest row in common, the subject that each has alone,
    their overlap and the share kept in order; whether numbers differ; whether some agree; whether the countries have
    changed places; how many things of one sort are other ones.
    """
    numbers = bool(between.first.numbers and between.second.numbers)
    return (
        *aligned,
        between.row,
        between.alone,
        between.overlap,
        between.kept,
        float(between.clash),
        float(numbers and not between.clash),
        float(between.turned),
        float(between.other_things),
    )
