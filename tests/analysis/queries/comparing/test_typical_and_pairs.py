"""Typical statements stand near the middle of their group; the nearest pairs are exact, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.queries.comparing.nearest_pairs import days_apart, nearest_pairs
from analysis.queries.comparing.typical import typical


class Random:
    """A release of random unit vectors."""

    def __init__(self, count: int) -> None:
        import pandas as pd

        drawn = np.random.default_rng(7).normal(size=(count, 16)).astype(np.float32)
        drawn[count // 2] = drawn[1]  # a tie across the two halves
        self._vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        self.statements = pd.DataFrame({"statement_id": [f"st-{at:05d}" for at in range(count)]})

    def vectors(self):
        return list(self.statements["statement_id"]), self._vectors


def test_the_most_typical_statement_is_nearest_to_the_middle_and_the_next_unlike_it(made):
    found = typical(made, made.rows("st-05", "st-06", "st-07", "st-09"), limit=2)
    ids = made.statements["statement_id"].iloc[[each.row for each in found]].tolist()
    assert ids[0] in {"st-05", "st-06", "st-07"}
    assert ids[1] == "st-09", "the one that speaks of something else too"
    assert found[0].closeness <= 1


def test_nothing_is_typical_of_nothing(made):
    assert typical(made, np.zeros(0, dtype=np.intp)) == []


def test_the_nearest_pairs_are_those_that_comparing_every_pair_finds():
    release = Random(3_000)
    first, second = np.arange(1_500), np.arange(1_500, 3_000)
    vectors = release.vectors()[1]
    every = np.round(np.einsum("ij,kj->ik", vectors[first], vectors[second]).astype(float), 4)
    found = nearest_pairs(release, first, second, limit=5)
    assert (found[0].row, found[0].other) == (1, 1_500)
    assert found[0].cosine == pytest.approx(1, abs=1e-5)
    used_rows, used_others, expected = set(), set(), []
    for place in np.argsort(-every, axis=None, kind="stable"):
        row, other = divmod(int(place), len(second))
        if row not in used_rows and other not in used_others:
            used_rows.add(row)
            used_others.add(other)
            expected.append(every[row, other])
        if len(expected) == 5:
            break
    assert [pair.cosine for pair in found] == pytest.approx(expected, abs=1e-4)


def test_a_statement_stands_in_one_pair_only_and_equal_pairs_go_by_identifier(made):
    gas, other_gas = made.rows("st-07", "st-08"), made.rows("st-05", "st-06")
    pairs = nearest_pairs(made, gas, other_gas, limit=5)
    assert len(pairs) == 2
    assert len({pair.row for pair in pairs}) == len({pair.other for pair in pairs}) == 2
    assert pairs == nearest_pairs(made, gas, other_gas, limit=5)


def test_a_pair_says_how_many_days_lie_between_and_none_where_a_day_is_not_known(made):
    pair = nearest_pairs(made, made.rows("st-05"), made.rows("st-06"))[0]
    assert days_apart(made.statements, pair) == 61
    undated = nearest_pairs(made, made.rows("st-04"), made.rows("st-06"))[0]
    assert days_apart(made.statements, undated) is None
