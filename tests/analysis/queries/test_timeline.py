"""A timeline keeps every statement in its order, and draws it as finely as can be read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.lanes import By, LaneTable
from analysis.queries.timeline import (
    HIGHEST_PILE,
    MOST_MARKS,
    MOST_MARKS_ASKED,
    MOST_PERIODS_ASKED,
    Calendar,
    Unit,
    drawable,
    first_day,
    last_day,
    marks,
    neighbours,
    number,
    period_days,
    period_name,
    periods_in,
    position,
    shifted,
    unfinished,
    unit_for,
    whole_periods,
)

DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))
SIDES = st.sampled_from(["CN", "RU", "CN+RU", "US", None])
TABLES = st.lists(st.tuples(st.one_of(st.none(), DAYS), SIDES, st.booleans()), max_size=60)
PERIODS = st.sampled_from([Unit.DAY, Unit.MONTH, Unit.QUARTER, Unit.YEAR])


def table(rows: list[tuple[date | None, str | None, bool]]) -> pd.DataFrame:
    days = pd.Series([day for day, _, _ in rows], dtype=object)
    return pd.DataFrame(
        {
            "statement_id": [f"s-{at:03d}" for at in range(len(rows))],
            "said_on": pd.to_datetime(days).astype("datetime64[us]"),
            "side": pd.Series([side for _, side, _ in rows], dtype=object),
        }
    )


def kept(rows: list[tuple[date | None, str | None, bool]]) -> np.ndarray:
    return np.flatnonzero([keep for _, _, keep in rows])


@given(TABLES)
def test_all_that_is_kept_is_in_order_and_undated_ones_come_last(rows):
    calendar, keep = Calendar(table(rows)), kept(rows)
    oldest = [(day is None, day, at) for at, (day, _, stays) in enumerate(rows) if stays]
    expected = sorted(oldest, key=lambda each: (each[0], each[1] or date.max, each[2]))
    assert calendar.in_order(keep).tolist() == [at for _, _, at in expected]
    newest = sorted(oldest, key=lambda each: (each[0], -(each[1] or date.min).toordinal(), each[2]))
    assert calendar.newest_first(keep).tolist() == [at for _, _, at in newest]
    assert len(calendar.dated(keep)) + len(calendar.undated(keep)) == len(keep)


@given(TABLES, DAYS, DAYS)
def test_a_range_holds_the_days_from_first_to_last(rows, one, other):
    calendar, (since, until) = Calendar(table(rows)), sorted([one, other])
    found = calendar.between(calendar.dated(kept(rows)), since, until)
    expected = {at for at, (day, _, stays) in enumerate(rows) if stays and day and since <= day <= until}
    assert set(found.tolist()) == expected
    if len(found):
        reach = calendar.reach(found)
        assert reach is not None
        assert since <= reach[0] <= reach[1] <= until


@given(TABLES)
def test_no_two_marks_of_a_lane_and_day_stand_on_each_other(rows):
    statements = table(rows)
    calendar, lanes = Calendar(statements), LaneTable(statements, By.SIDE)
    dated = calendar.dated()
    reach = calendar.reach(dated)
    if reach is None:
        return
    placed = marks(calendar, dated, lanes.standing(lanes.lanes(dated)), reach)
    assert sorted(placed.rows) == sorted(dated)
    spots = list(zip(calendar.days(placed.rows), placed.lanes, placed.levels, strict=True))
    assert len(set(spots)) == len(spots)
    assert placed.highest == max(level for _, _, level in spots) + 1


@given(DAYS, PERIODS)
def test_a_period_s_name_leads_back_to_its_days(day, unit):
    name = period_name(day, unit)
    since, until = period_days(name)
    assert since <= day <= until
    assert period_name(since, unit) == period_name(until, unit) == name
    assert period_name(until + timedelta(days=1), unit) != name
    assert (first_day(number(day, unit), unit), last_day(since, unit)) == (since, until)


@given(DAYS, PERIODS)
def test_periods_are_numbered_one_by_one_in_arrays_as_in_single_days(day, unit):
    since, until = period_days(period_name(day, unit))
    statements = table([(since, None, True), (until, None, True), (until + timedelta(days=1), None, True)])
    numbers = Calendar(statements).numbers(np.arange(3), unit).tolist()
    assert numbers == [number(day, unit), number(day, unit), number(day, unit) + 1]
    assert periods_in((since, until + timedelta(days=1)), unit) == 2


@pytest.mark.parametrize(
    "name",
    [
        "",
        "23",
        "2023-13",
        "2023-Q5",
        "2023-Q0",
        "2023-Qx",
        "2023-1",
        "soon",
        "2023-02-30",
        "2023-2-1",
        "20x3",
        "2023-W07",
    ],
)
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(ValueError, match="write it as 2023, 2023-Q1, 2023-03 or 2023-03-21"):
        period_days(name)


@pytest.mark.parametrize(
    ("count", "days", "unit"),
    [
        (MOST_MARKS, 30 * 365, Unit.STATEMENT),
        (MOST_MARKS + 1, 29, Unit.DAY),
        (MOST_MARKS + 1, 3 * 365, Unit.MONTH),
        (MOST_MARKS + 1, 20 * 365, Unit.QUARTER),
        (5000, 40 * 365, Unit.YEAR),
    ],
)
def test_few_statements_are_marks_and_many_are_the_finest_bars_that_can_be_read(count, days, unit):
    first = date(1985, 1, 1)
    assert unit_for(count, (first, first + timedelta(days=days - 1))) is unit


def test_marks_that_would_hide_each_other_in_a_pile_are_bars():
    year = (date(2022, 1, 1), date(2022, 12, 31))
    assert unit_for(200, year, HIGHEST_PILE) is Unit.STATEMENT
    assert unit_for(200, year, HIGHEST_PILE + 1) is Unit.MONTH
    assert unit_for(0, None) is Unit.STATEMENT


def test_who_asks_for_more_than_a_browser_draws_gets_what_is_nearest():
    years = (date(2001, 1, 1), date(2026, 12, 31))
    assert drawable(Unit.STATEMENT, MOST_MARKS_ASKED, years) is Unit.STATEMENT
    assert drawable(Unit.STATEMENT, MOST_MARKS_ASKED + 1, years) is Unit.YEAR
    assert drawable(Unit.MONTH, 100_000, years) is Unit.MONTH
    assert drawable(Unit.DAY, 100_000, years) is Unit.MONTH
    assert periods_in(years, Unit.MONTH) <= MOST_PERIODS_ASKED < periods_in(years, Unit.DAY)


@pytest.mark.parametrize(
    ("since", "until", "unit", "expected"),
    [
        ("2022-02-10 09:00", "2022-09-20 11:00", Unit.MONTH, (date(2022, 2, 1), date(2022, 9, 30))),
        ("2022-02-20 09:00", "2022-09-10 11:00", Unit.MONTH, (date(2022, 3, 1), date(2022, 8, 31))),
        ("2021-12-01 00:00", "2023-07-03 00:00", Unit.YEAR, (date(2022, 1, 1), date(2023, 12, 31))),
        ("2022-02-20 09:00", "2022-02-21 11:00", Unit.YEAR, (date(2022, 1, 1), date(2022, 12, 31))),
        ("2022-02-20 09:00", "2022-02-24 11:00", Unit.STATEMENT, (date(2022, 2, 21), date(2022, 2, 24))),
        ("2022-02-20 00:00", "2022-02-20 11:00", Unit.STATEMENT, (date(2022, 2, 20), date(2022, 2, 20))),
        ("2022-02-20 09:00", "2022-02-20 11:00", Unit.STATEMENT, (date(2022, 2, 20), date(2022, 2, 20))),
        ("2022-02-20 09:00", "2022-02-22 13:00", Unit.DAY, (date(2022, 2, 20), date(2022, 2, 22))),
    ],
)
def test_a_range_that_is_drawn_takes_the_bars_and_marks_that_it_covers(since, until, unit, expected):
    assert whole_periods(datetime.fromisoformat(since), datetime.fromisoformat(until), unit) == expected


@pytest.mark.parametrize(
    ("days", "by", "expected"),
    [
        ((date(2022, 2, 10), date(2022, 3, 10)), 1, (date(2022, 3, 11), date(2022, 4, 8))),
        ((date(2022, 2, 10), date(2022, 3, 10)), -1, (date(2022, 1, 12), date(2022, 2, 9))),
        ((date(2022, 1, 1), date(2022, 12, 31)), 1, (date(2023, 1, 1), date(2023, 12, 31))),
        ((date(2024, 1, 1), date(2024, 3, 31)), -1, (date(2023, 10, 1), date(2023, 12, 31))),
    ],
)
def test_earlier_and_later_are_as_long_and_whole_months_stay_whole(days, by, expected):
    assert shifted(*days, by) == expected


def test_previous_and_next_end_at_the_ends():
    assert neighbours(["a", "b", "c"], "b") == ("a", "c")
    assert neighbours(["a", "b", "c"], "a") == (None, "b")
    assert neighbours(["a", "b", "c"], "c") == ("b", None)
    assert neighbours(["a", "b", "c"], "z") == (None, None)
    assert position(np.array([7, 3, 5]), 5) == 2
    assert position(np.array([7, 3, 5]), 4) is None


@pytest.mark.parametrize(
    ("last", "unit", "name"),
    [
        (date(2026, 4, 14), Unit.YEAR, "2026"),
        (date(2026, 4, 14), Unit.QUARTER, "2026-Q2"),
        (date(2026, 4, 30), Unit.MONTH, None),
        (date(2025, 12, 31), Unit.YEAR, None),
        (date(2026, 4, 14), Unit.DAY, None),
        (date(2026, 4, 14), Unit.STATEMENT, None),
        (None, Unit.YEAR, None),
    ],
)
def test_only_a_period_that_the_data_do_not_fill_is_unfinished(last, unit, name):
    assert unfinished(last, unit) == name
