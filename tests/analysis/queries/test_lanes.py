"""Every statement stands in the lanes where it belongs, and what has no room is gathered, never lost."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.lanes import OTHER, UNKNOWN, By, LaneTable

SIDES = st.lists(st.sampled_from(["CN", "RU", "CN+RU", "US", "EU", "DE", "JP", "UA", "IN", "FR", None]), max_size=60)
PRINTED = st.lists(
    st.frozensets(st.sampled_from(["TASS", "Xinhua", "AP", "other", "unknown"]), max_size=3), max_size=40
)


def table(sides: list[str | None], publishers: list[tuple[str, ...]] | None = None) -> pd.DataFrame:
    speakers = [f"speaker-{side}" if side else None for side in sides]
    return pd.DataFrame(
        {
            "statement_id": [f"s-{at:03d}" for at in range(len(sides))],
            "said_on": pd.to_datetime(pd.Series([date(2022, 2, 4)] * len(sides), dtype=object)),
            "side": pd.Series(sides, dtype=object),
            "speaker_id": pd.Series(speakers, dtype=object),
            "publishers": pd.Series(publishers or [()] * len(sides), dtype=object),
        }
    )


def every(statements: pd.DataFrame) -> np.ndarray:
    return np.arange(len(statements))


@pytest.mark.parametrize("by", [By.SIDE, By.SPEAKER])
@given(sides=SIDES, most=st.integers(1, 8))
def test_every_statement_stands_in_one_lane_and_lanes_are_no_more_than_fit(by, sides, most):
    statements = table(sides)
    lanes = LaneTable(statements, by)
    drawn = lanes.lanes(every(statements), most)
    at, found = lanes.standing(drawn).of(every(statements))
    assert sorted(at) == list(every(statements))
    assert [int((found == place).sum()) for place in range(len(drawn))] == [lane.count for lane in drawn]
    assert len([lane for lane in drawn if lane.lane != UNKNOWN]) <= most
    for place, lane in zip(at, found, strict=True):
        value = statements["side" if by is By.SIDE else "speaker_id"][place]
        assert value in drawn[lane].members or (value is None and drawn[lane].lane == UNKNOWN)


@given(PRINTED)
def test_what_several_publishers_print_stands_in_the_lane_of_each(printed):
    statements = table([None] * len(printed), [tuple(sorted(each)) for each in printed])
    lanes = LaneTable(statements, By.PUBLISHER)
    drawn = lanes.lanes(every(statements), 3)
    standing = lanes.standing(drawn)
    for place, lane in enumerate(drawn):
        within = set(standing.within(every(statements), place))
        assert within == {
            at for at, each in enumerate(printed) if each & set(lane.members) or (not each and lane.lane == UNKNOWN)
        }
        assert lane.count == len(within)
    assert len({lane.lane for lane in drawn}) == len(drawn), "also where a publisher is called “other”"


def test_small_sides_share_a_lane_and_joint_statements_have_their_own():
    statements = table(["CN"] * 3 + ["CN+RU"] * 2 + ["DE", "FR", None])
    drawn = LaneTable(statements, By.SIDE).lanes(every(statements), most=3)
    assert [(lane.lane, lane.count) for lane in drawn] == [("CN", 3), ("CN+RU", 2), (OTHER, 2), (UNKNOWN, 1)]
    assert drawn[2].members == ("DE", "FR")


def test_what_the_two_fullest_sides_said_together_is_never_among_the_others():
    statements = table(["CN"] * 5 + ["RU"] * 4 + ["US"] * 3 + ["EU"] * 2 + ["CN+RU", "DE"])
    drawn = LaneTable(statements, By.SIDE).lanes(every(statements), most=4)
    assert [lane.lane for lane in drawn] == ["CN", "RU", "CN+RU", OTHER]
    assert set(drawn[-1].members) == {"US", "EU", "DE"}
    assert sum(lane.count for lane in drawn) == len(statements)


def test_the_lane_of_the_others_also_holds_those_that_the_selection_lacks():
    statements = table(["CN", "RU", "US", "EU"])
    lanes = LaneTable(statements, By.SIDE)
    drawn = lanes.lanes(np.array([0, 1, 2]), most=2)
    assert drawn[1].members == ("RU", "US")
    assert list(lanes.standing(drawn).within(every(statements), 1)) == [1, 2, 3]
