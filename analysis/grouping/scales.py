"""What cosines and tokens of each encoder say about two wordings: fitted weights.

By benchmarks/fit_translations.py, which cross-validates them; benchmarks/grouping_quality.py prints how they fare on
pairs that they were not fitted to. Another encoder's cosines mean something else, so they join nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """What a cosine of one encoder says about two wordings."""

    reworded: float  # the least cosine of an edit that puts other words in place of some
    near: float  # the least cosine of two translations, whatever they share
    negated: float  # and of two of which only one has a "not"
    weights: tuple[float, ...]  # of each of a pair's signs (see ``translations``), in its odds of being translations
    bias: float
    aligned_near: float  # the least cosine of two translations whose tokens are compared
    aligned: tuple[float, ...]  # of each of a pair's ``aligned_signs``
    aligned_bias: float
    likely: float  # the least probability of two translations by their tokens: 0.97 precise, cross-validated


SCALES: Mapping[str, Scale] = {
    "small": Scale(
        reworded=0.86,
        near=0.5,
        negated=0.88,
        weights=(7.45, 7.28, 3.15, -8.64, 0.87, -1.67, -4.01),
        bias=-9.47,
        aligned_near=0.35,
        aligned=(14.87, 1.17, 13.71, 7.14, -2.80, -4.37, -7.57, 0.59, -5.14, 4.28, -3.76, 1.86, -3.48, -3.61),
        aligned_bias=-12.31,
        likely=0.8,
    ),
    "base": Scale(
        reworded=0.91,
        near=0.5,
        negated=0.84,
        weights=(8.06, 6.76, 2.62, -8.67, 0.74, -1.77, -4.18),
        bias=-8.73,
        aligned_near=0.35,
        aligned=(17.32, 12.15, 12.03, 14.66, -14.20, -15.27, -7.45, 0.94, -0.40, 3.77, -2.31, 2.39, -5.02, -2.46),
        aligned_bias=-14.12,
        likely=0.7,
    ),
}
