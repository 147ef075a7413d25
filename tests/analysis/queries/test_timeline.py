"""A timeline counts every dated statement once, in the lane and the period where it belongs."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.timeline import (
    MOST_MARKS,
    OTHER,
    UNKNOWN,
    Unit,
    bars,
    dated,
    in_period,
    lane_of,
    lanes,
    marks,
    neighbours,
    period_days,
    period_name,
    undated,
    unfinished,
    unit_for,
)

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
SIDES = st.sampled_from(["CN", "RU", "CN+RU", "US", "EU", "DE", "JP", "UA", "IN", "FR", None])
TABLES = st.lists(st.tuples(st.one_of(st.none(), DAYS), SIDES), max_size=60)


def table(rows: list[tuple[date | None, str | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": [f"s-{at:03d}" for at in range(len(rows))],
            "said_on": pd.to_datetime(pd.Series([day for day, _ in rows], dtype=object)),
            "side": pd.Series([side for _, side in rows], dtype=object),
        }
    )


@given(TABLES)
def test_every_dated_statement_is_in_one_bar_whatever_the_period(rows):
    statements = table(rows)
    known = dated(statements)
    assert len(known) + len(undated(statements)) == len(statements)
    for unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        counted = bars(statements, lanes(known), unit)
        assert counted["count"].sum() == len(known)
        assert not counted.duplicated(["lane", "period"]).any()


@given(TABLES)
def test_a_bar_lists_the_statements_that_it_counts(rows):
    statements = table(rows)
    drawn = lanes(dated(statements))
    for bar in bars(statements, drawn, Unit.QUARTER).to_dict("records"):
        found = in_period(statements, bar["since"], bar["until"])
        assert (lane_of(found, drawn) == bar["lane"]).sum() == bar["count"]


@given(TABLES)
def test_lanes_hold_every_statement_and_no_more_than_fit(rows):
    known = dated(table(rows))
    drawn = lanes(known, most=4)
    assert sum(lane.count for lane in drawn) == len(known)
    assert len([lane for lane in drawn if lane.lane != UNKNOWN]) <= 4


@given(TABLES)
def test_no_two_marks_of_a_lane_and_day_stand_on_each_other(rows):
    known = dated(table(rows))
    placed = marks(known, lanes(known))
    assert len(placed) == len(known)
    assert not placed.duplicated(["lane", "said_on", "level"]).any()


@given(DAYS, st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]))
def test_a_period_s_name_leads_back_to_its_days(day, unit):
    name = period_name(day, unit)
    since, until = period_days(name)
    assert since <= day <= until
    assert period_name(since, unit) == period_name(until, unit) == name
    assert period_name(until + timedelta(days=1), unit) != name


@pytest.mark.parametrize("name", ["", "23", "2023-13", "2023-Q5", "2023-Q0", "2023-Qx", "2023-1", "soon", "2023-02-01"])
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(ValueError, match="write it as 2023, 2023-Q1 or 2023-03"):
        period_days(name)


def test_small_sides_share_a_lane_and_joint_statements_have_their_own():
    day = date(2022, 2, 4)
    statements = table([(day, "CN")] * 3 + [(day, "CN+RU")] * 2 + [(day, "DE"), (day, "FR"), (day, None)])
    drawn = lanes(statements, most=3)
    assert [(lane.lane, lane.count) for lane in drawn] == [("CN", 3), ("CN+RU", 2), (OTHER, 2), (UNKNOWN, 1)]
    assert drawn[2].sides == ("DE", "FR")


def test_what_the_two_fullest_sides_said_together_is_never_among_the_others():
    day = date(2022, 2, 4)
    rows = [(day, "CN")] * 5 + [(day, "RU")] * 4 + [(day, "US")] * 3 + [(day, "EU")] * 2 + [(day, "CN+RU"), (day, "DE")]
    drawn = lanes(table(rows), most=4)
    assert [lane.lane for lane in drawn] == ["CN", "RU", "CN+RU", OTHER]
    assert set(drawn[-1].sides) == {"US", "EU", "DE"}
    assert sum(lane.count for lane in drawn) == len(rows)


@pytest.mark.parametrize(
    ("count", "years", "unit"),
    [
        (MOST_MARKS, 30, Unit.STATEMENT),
        (MOST_MARKS + 1, 3, Unit.MONTH),
        (MOST_MARKS + 1, 20, Unit.QUARTER),
        (5000, 40, Unit.YEAR),
    ],
)
def test_few_statements_are_marks_and_many_are_the_finest_bars_that_can_be_read(count, years, unit):
    first = date(1985, 1, 1)
    days = [first + timedelta(days=int(years * 365 * at / count)) for at in range(count)]
    assert unit_for(table([(day, "CN") for day in days])) is unit


def test_previous_and_next_end_at_the_ends():
    assert neighbours(["a", "b", "c"], "b") == ("a", "c")
    assert neighbours(["a", "b", "c"], "a") == (None, "b")
    assert neighbours(["a", "b", "c"], "c") == ("b", None)
    assert neighbours(["a", "b", "c"], "z") == (None, None)


@pytest.mark.parametrize(
    ("last", "unit", "name"),
    [
        (date(2026, 4, 14), Unit.YEAR, "2026"),
        (date(2026, 4, 14), Unit.QUARTER, "2026-Q2"),
        (date(2026, 4, 30), Unit.MONTH, None),
        (date(2025, 12, 31), Unit.YEAR, None),
        (date(2026, 4, 14), Unit.STATEMENT, None),
        (None, Unit.YEAR, None),
    ],
)
def test_only_a_period_that_the_data_do_not_fill_is_unfinished(last, unit, name):
    assert unfinished(last, unit) == name
