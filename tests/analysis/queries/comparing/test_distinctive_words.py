"""Words that set groups apart come with what they rest on; names of speakers and empty words are left out."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.queries.comparing.distinctive_words import distinctive
from analysis.queries.comparing.log_odds import z_scores


@pytest.fixture(scope="module")
def sides(often):
    return [often.rows("st-01", "st-02", "st-03", "st-04"), often.rows("st-05", "st-06", "st-07", "st-08")]


def test_each_side_s_own_word_comes_first_as_it_is_printed_and_with_its_counts(often, sides):
    china, russia = distinctive(often.statements, sides).groups
    assert china.words[0].word == "Taiwan"
    assert (china.words[0].uses, china.words[0].uses_elsewhere, china.words[0].statements) == (20, 0, 20)
    assert russia.words[0].word == "gas"
    assert (russia.words[0].uses, russia.words[0].statements, russia.words[0].statements_elsewhere) == (35, 20, 5)
    assert (china.statements, russia.statements) == (20, 20)


def test_the_scores_are_those_of_the_formula_with_the_whole_release_as_prior(often, sides):
    found = distinctive(often.statements, sides)
    # "gas" stands 5 and 35 times in the groups and 45 in all: the joint statement counts for the prior.
    own, others = found.groups[1].counted - 35, found.groups[0].counted - 5
    counts = np.array([35, own]), np.array([5, others]), np.array([45, found.background - 45])
    assert found.groups[1].words[0].z == pytest.approx(z_scores(*counts, found.prior)[0], abs=1e-5)
    assert found.prior == min(group.counted for group in found.groups) // 4


def test_names_of_speakers_are_left_out_and_said_to_be(often, sides):
    found = distinctive(often.statements, sides, names=["Wang Yi", "Sergey Lavrov"])
    assert set(found.left_out) == {"wang", "yi", "lavrov"}
    without = {word.word.casefold() for group in found.groups for word in group.words}
    assert without
    assert not without & {"wang", "yi", "lavrov", "is", "and", "the"}


def test_a_word_of_a_single_statement_says_nothing_of_its_group(made):
    found = distinctive(made.statements, [made.rows("st-08"), made.rows("st-02", "st-03", "st-04")])
    assert found.groups[0].words == ()


def test_groups_without_statements_have_no_words(made):
    none = np.zeros(0, dtype=np.intp)
    found = distinctive(made.statements, [none, made.rows("st-05", "st-06")])
    assert [group.words for group in found.groups] == [(), ()]
    assert found.groups[0].counted == 0
