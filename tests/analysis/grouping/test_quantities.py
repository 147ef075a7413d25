"""Numbers compare by value, however they are written."""

from __future__ import annotations

import pytest

from analysis.grouping.quantities import quantities
from analysis.wording import forms


def values(text: str) -> frozenset[float]:
    return quantities(forms(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("two decades ago", "twenty years ago"),
        ("trade of $200 billion", "trade of two hundred billion dollars"),
        ("nine tenths of our turnover", "ninety percent of our turnover"),
        ("twenty-five ships", "25 ships"),
        ("730,000 visits", "730 thousand visits"),
        ("107 mln tons", "107 million tonnes"),
        ("the 75th anniversary", "seventy-five years"),
        ("38 billion cubic metres of gas", "thirty-eight bcm of gas"),
        ("the order of the 21st century", "the twenty-first century's order"),
        ("trade grew by a quarter", "trade rose 25 percent"),
        ("three new crossings by the end of the decade", "three more checkpoints by this decade's end"),
    ],
)
def test_one_number_in_two_spellings_is_one_value(first: str, second: str) -> None:
    assert values(first) == values(second) != frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "one day a great wall",
        "",
        "decades of friendship",
        "first and foremost",
        "aimed at a third party",
        "in the first half of the year",
        "COVID-19",
    ],
)
def test_articles_and_bare_magnitudes_are_no_number(text: str) -> None:
    assert values(text) == frozenset()


def test_neighbouring_numbers_stay_apart() -> None:
    assert values("in 2021, 40 ships and two planes") == {2021.0, 40.0, 2.0}
    assert values("nine percent") != values("six percent")
