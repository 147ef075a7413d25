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
    likely: float  # the least probability of two translations by their tokens: 0.96 precise, cross-validated


SCALES: Mapping[str, Scale] = {
    "small": Scale(
        reworded=0.86,
        near=0.5,
        negated=0.88,
        weights=(7.45, 7.28, 3.15, -8.64, 0.87, -1.67, -4.01),
        bias=-9.47,
        aligned_near=0.35,
        aligned=(14.78, 1.13, 13.76, 6.82, -2.70, -4.38, -7.66, 0.58, -5.03, 4.15, -3.68, 1.77, -3.45, -7.91),
        aligned_bias=-12.22,
        likely=0.75,
    ),
    "base": Scale(
        reworded=0.91,
        near=0.5,
        negated=0.84,
        weights=(8.06, 6.76, 2.62, -8.67, 0.74, -1.77, -4.18),
        bias=-8.73,
        aligned_near=0.35,
        aligned=(17.34, 11.99, 12.00, 14.51, -14.10, -15.23, -7.55, 0.94, -0.33, 3.67, -2.28, 2.36, -5.01, -6.36),
        aligned_bias=-14.03,
        likely=0.65,
    ),
}
