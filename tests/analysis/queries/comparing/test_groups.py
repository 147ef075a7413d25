"""A comparison counts for each group what is its own, and says what cannot be compared."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.queries.comparing.groups import Who, groups, read, together, without

KNOWN = {"side": ["CN", "RU", "US", "UA"], "speaker": ["wang-yi"]}


def test_sides_and_speakers_are_read_from_a_link_in_its_order():
    found, lost = read(["speaker:wang-yi", "side:RU", "side:RU"], KNOWN)
    assert [str(each) for each in found] == ["speaker:wang-yi", "side:RU"]
    assert not lost


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["side:XX"], "side “XX” is not in this archive"),
        (["speaker:nobody"], "speaker “nobody” is not in this archive"),
        (["wang-yi"], "write it as side:CN or speaker:wang-yi"),
        (["side:CN", "side:RU", "side:US", "side:UA"], "“side:UA” is one too many"),
    ],
)
def test_what_cannot_be_compared_is_said(asked, told):
    found, lost = read(asked, KNOWN)
    assert any(told in each for each in lost)
    assert len(found) <= 3


def test_what_two_groups_said_together_belongs_to_both_and_is_nobody_s_alone(made):
    every = np.ones(len(made.statements), dtype=bool)
    china, russia = groups(made.statements, [Who("side", "CN"), Who("side", "RU")], every, every)
    joint = made.rows("st-09")[0]
    assert joint in china.every
    assert joint in russia.on
    assert joint not in china.alone
    assert joint not in russia.alone
    assert together([china, russia]) == 1
    assert len(china.alone) == len(russia.alone) == 4


def test_a_group_holds_only_what_the_filters_keep_and_counts_what_is_on_the_question(made):
    keep = (made.statements["said_on"] >= "2023").to_numpy()
    on = made.statements["text"].str.contains("pipes").to_numpy()
    _, russia = groups(made.statements, [Who("side", "CN"), Who("side", "RU")], keep, on)
    assert len(russia.every) == 2
    assert russia.on.tolist() == made.rows("st-07").tolist()
    assert russia.is_small


def test_a_speaker_beside_their_own_side_is_compared_with_the_rest_of_it(made):
    every = np.ones(len(made.statements), dtype=bool)
    wang, china, russia = groups(
        made.statements, [Who("speaker", "wang-yi"), Who("side", "CN"), Who("side", "RU")], every, every
    )
    assert wang.alone.tolist() == made.rows("st-01", "st-02", "st-04").tolist()
    assert china.alone.tolist() == made.rows("st-03").tolist()
    assert len(china.on) == 5, "over time it counts whole"
    assert without([wang, china, russia]) == [Who("side", "CN")]
    assert together([wang, china, russia]) == 1
