"""Bars count every dated statement once, in the lane and period where it belongs, and shares name what they are of."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.lanes import By, LaneTable
from analysis.queries.period_counts import count, totals
from analysis.queries.selection import Selection
from analysis.queries.shares import Whole, shares_say_more, whole
from analysis.queries.timeline import Calendar, Unit, period_name

UNITS = (Unit.DAY, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["CN", "RU", "CN+RU", "US", "EU", "UA", "NATO", "IN", "JP", None]),
        st.none() | st.dates(min_value=date(2019, 11, 1), max_value=date(2026, 6, 30)),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


def table(rows: list[tuple[str | None, date | None, bool]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": [f"s-{number:03d}" for number in range(len(rows))],
            "side": pd.Series([side for side, _, _ in rows], dtype=object),
            "said_on": pd.Series(pd.to_datetime([day for _, day, _ in rows]), dtype="datetime64[us]"),
        }
    )


@given(ROWS, st.sampled_from(UNITS))
def test_counts_are_those_of_the_statements_themselves(made, unit):
    statements = table(made)
    calendar, lanes = Calendar(statements), LaneTable(statements, By.SIDE)
    rows = calendar.dated(np.flatnonzero([kept for _, _, kept in made]))
    reach = calendar.reach(rows)
    if reach is None:
        return
    drawn = lanes.lanes(rows, most=4)
    counted = count(calendar, rows, lanes.standing(drawn), drawn, unit, reach)
    bars = counted.bars().to_dict("records")
    assert sum(bar["count"] for bar in bars) == len(rows) == totals(calendar, rows, unit, reach).sum()
    assert len({(bar["lane"], bar["period"]) for bar in bars}) == len(bars)
    for bar in bars:
        members = next(lane.members for lane in drawn if lane.lane == bar["lane"]) or (None,)
        found = [
            s for s, day, kept in made if kept and day and s in members and period_name(day, unit) == bar["period"]
        ]
        assert bar["count"] == len(found)
        assert period_name(bar["since"], unit) == period_name(bar["until"], unit) == bar["period"]
        assert period_name(bar["until"] + timedelta(days=1), unit) != bar["period"]
    assert counted.names()[0] == period_name(reach[0], unit)
    assert counted.names()[-1] == period_name(reach[1], unit)


def test_a_share_is_of_the_same_lane_and_period_in_the_whole_release():
    year = date(2022, 3, 1)
    statements = table(
        [
            ("CN", year, True),
            ("CN", year, False),
            ("CN", date(2023, 1, 1), True),
            ("RU", year, True),
            ("US", year, False),
        ]
    )
    calendar, lanes = Calendar(statements), LaneTable(statements, By.SIDE)
    rows, every = calendar.dated(np.array([0, 2, 3])), calendar.dated()
    drawn, reach = lanes.lanes(rows), (date(2022, 1, 1), date(2023, 12, 31))
    counted = count(calendar, rows, lanes.standing(drawn), drawn, Unit.YEAR, reach)
    of_lane = counted.of_lanes(count(calendar, every, lanes.standing(drawn), drawn, Unit.YEAR, reach)).bars()
    assert [tuple(row) for row in of_lane[["lane", "period", "count", "of"]].to_numpy()] == [
        ("CN", "2022", 1, 2),
        ("CN", "2023", 1, 1),
        ("RU", "2022", 1, 1),
    ]
    of_all = counted.of_all(totals(calendar, every, Unit.YEAR, reach)).bars()
    assert of_all["of"].tolist() == [4, 1, 4]


@given(ROWS, st.sampled_from(UNITS))
def test_no_share_is_above_the_whole(made, unit):
    statements = table(made)
    calendar, lanes = Calendar(statements), LaneTable(statements, By.SIDE)
    rows, every = calendar.dated(np.flatnonzero([kept for _, _, kept in made])), calendar.dated()
    reach = calendar.reach(rows)
    if reach is None:
        return
    drawn = lanes.lanes(rows, most=3)
    standing = lanes.standing(drawn)
    counted = count(calendar, rows, standing, drawn, unit, reach)
    for shared in (
        counted.of_lanes(count(calendar, every, standing, drawn, unit, reach)),
        counted.of_all(totals(calendar, every, unit, reach)),
    ):
        assert (shared.bars()["count"] <= shared.bars()["of"]).all()


@pytest.mark.parametrize(
    ("asked", "by", "expected"),
    [
        (Selection(), By.SIDE, Whole.PERIOD),
        (Selection(sides=("CN",), since=date(2022, 1, 1)), By.SIDE, Whole.PERIOD),
        (Selection(sides=("CN",)), By.SPEAKER, Whole.LANE),
        (Selection(formulas=("no-limits",)), By.SIDE, Whole.LANE),
        (Selection(publishers=("TASS",)), By.PUBLISHER, Whole.PERIOD),
        (Selection(without=(("side", "US"),)), By.SIDE, Whole.PERIOD),
        (Selection(without=(("side", "US"),)), By.SPEAKER, Whole.LANE),
        (Selection(confidences=("low",)), By.SIDE, Whole.LANE),
    ],
)
def test_a_share_that_would_always_be_the_whole_is_of_the_period_instead(asked, by, expected):
    assert whole(asked, by) is expected


@pytest.mark.parametrize(
    ("asked", "by", "expected"),
    [
        (Selection(), By.SIDE, False),
        (Selection(speakers=("wang-yi",)), By.SIDE, False),
        (Selection(speakers=("wang-yi", "sergey-lavrov")), By.SPEAKER, True),
        (Selection(sides=("CN", "RU")), By.SIDE, True),
        (Selection(sides=("CN", "RU")), By.SPEAKER, False),
        (Selection(formulas=("no-limits",)), By.SIDE, True),
        (Selection(entities=("nato",)), By.SIDE, True),
        (Selection(without=(("kind", "indirect"),)), By.SIDE, True),
        (Selection(offices=("Foreign Minister of China",)), By.SIDE, False),
    ],
)
def test_shares_are_shown_first_where_a_reader_compares(asked, by, expected):
    assert shares_say_more(asked, by) is expected
