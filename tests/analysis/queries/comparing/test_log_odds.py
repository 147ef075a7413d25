"""The words that set groups apart are weighed as Monroe, Colaresi and Quinn (2008) say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.queries.comparing.log_odds import z_scores


def test_a_small_example_gives_what_the_formula_gives_by_hand():
    # peace, gas, talks: 8, 1, 1 of 10 words in one group; 2, 5, 3 of 10 in the other; 40, 40, 20 of 100 in all.
    # A prior of 10 words is 4, 4, 2. For "peace": log(12 / 8) − log(6 / 14) = 1.252763; variance 1/12 + 1/6 = 0.25.
    scores = z_scores(np.array([8, 1, 1]), np.array([2, 5, 3]), np.array([40, 40, 20]), 10)
    assert scores[0] == pytest.approx(1.252763 / 0.5, abs=1e-5)
    gas = (math.log(5 / 15) - math.log(9 / 11)) / math.sqrt(1 / 5 + 1 / 9)
    talks = (math.log(3 / 17) - math.log(5 / 15)) / math.sqrt(1 / 3 + 1 / 5)
    assert scores[1:] == pytest.approx([gas, talks])


def test_the_other_side_s_scores_are_the_same_with_the_other_sign():
    own, others, background = np.array([8, 1, 0]), np.array([2, 5, 3]), np.array([40, 40, 20])
    assert z_scores(own, others, background, 7) == pytest.approx(-z_scores(others, own, background, 7))


def test_equal_shares_score_nothing_whatever_the_sizes():
    scores = z_scores(np.array([10, 30]), np.array([100, 300]), np.array([25, 75]), 5)
    assert scores == pytest.approx([0, 0], abs=1e-12)


def test_the_same_difference_is_surer_the_more_often_a_word_is_used():
    often = z_scores(np.array([200, 800]), np.array([100, 900]), np.array([300, 1700]), 100)[0]
    seldom = z_scores(np.array([2, 998]), np.array([1, 999]), np.array([3, 1997]), 100)[0]
    assert often > 5 > 1 > seldom > 0


def test_a_prior_of_more_words_makes_a_rare_word_less_sure():
    own, others, background = np.array([3, 97]), np.array([0, 100]), np.array([3, 9997])
    light, heavy = (z_scores(own, others, background, weight)[0] for weight in (100, 100_000))
    assert 0 < heavy < light
    assert z_scores(own, others, background, 0).tolist() == [0, 0]


def test_a_word_that_the_prior_does_not_know_is_an_error():
    with pytest.raises(ValueError, match="prior must cover every word"):
        z_scores(np.array([1, 0]), np.array([0, 1]), np.array([0, 5]), 10)


def test_words_that_nobody_uses_and_empty_groups_give_no_error():
    assert z_scores(np.array([0, 0]), np.array([0, 0]), np.array([3, 0]), 10).tolist() == [0, 0]
