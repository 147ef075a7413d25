"""A selection along time: the days it reaches over, what its bars hold, and what its shares are of."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.lanes import By
from analysis.queries.shares import Whole
from analysis.queries.timeline import HIGHEST_PILE, MOST_BARS_ASKED, Unit
from analysis.queries.timetable import Along, Timetable

DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))
SIDES = st.sampled_from(["CN", "RU", "US", None])
ROWS = st.lists(st.tuples(st.none() | DAYS, SIDES, st.booleans()), max_size=50)


def timetable(rows: list[tuple[date | None, str | None]]) -> Timetable:
    days = pd.to_datetime(pd.Series([day for day, _ in rows], dtype=object)).astype("datetime64[us]")
    sides = pd.Series([side for _, side in rows], dtype=object)
    return Timetable(pd.DataFrame({"said_on": days, "side": sides, "speaker_id": sides, "publishers": sides}))


def bars(along: Along, unit: Unit, of: Whole | None = None) -> list[tuple[str, str, int, int]]:
    counts = along.counts(unit, of)
    assert counts is not None
    return [tuple(row) for row in counts.bars()[["lane", "period", "count", "of"]].to_numpy()]


@given(ROWS, st.sampled_from([Unit.DAY, Unit.MONTH, Unit.QUARTER, Unit.YEAR]))
def test_a_bar_lists_the_statements_that_it_counts(made, unit):
    table = timetable([(day, side) for day, side, _ in made])
    along = table.along(np.flatnonzero([kept for _, _, kept in made]), By.SIDE)
    counts = along.counts(unit)
    if counts is None:
        assert not any(day and kept for day, _, kept in made)
        return
    for bar in counts.bars().to_dict("records"):
        assert len(along.bar(bar["lane"], bar["since"], bar["until"])) == bar["count"]
    assert len(along.bar("no such lane", date(2018, 1, 1), date(2026, 6, 30))) == 0


def test_what_is_drawn_reaches_over_the_days_asked_for_but_not_beyond_the_release():
    table = timetable([(date(2020, 1, 1), "CN"), (date(2022, 2, 24), "RU"), (date(2024, 5, 16), "CN")])
    middle = np.array([1])
    assert table.along(None, By.SIDE).reach == (date(2020, 1, 1), date(2024, 5, 16))
    assert table.along(middle, By.SIDE).reach == (date(2022, 2, 24), date(2022, 2, 24))
    fortnight = timedelta(days=14)
    since, until = date(2022, 2, 24) - fortnight, date(2022, 2, 24) + fortnight
    assert table.along(middle, By.SIDE, (since, until)).reach == (since, until)
    assert table.along(middle, By.SIDE, (date(1900, 1, 1), None)).reach == (date(2020, 1, 1), date(2022, 2, 24))
    assert table.along(np.array([], dtype=int), By.SIDE, (since, until)).reach is None


def test_a_share_is_of_what_the_dates_and_the_lanes_alone_keep():
    table = timetable(
        [
            (date(2022, 1, 9), "CN"),  # before the days that are asked for
            (date(2022, 2, 1), "CN"),
            (date(2022, 2, 2), "CN"),
            (date(2022, 3, 1), "RU"),
            (date(2022, 3, 2), "US"),
            (None, "CN"),
        ]
    )
    asked = table.along(np.array([2, 3]), By.SIDE, (date(2022, 1, 10), date(2022, 12, 31)))
    assert bars(asked, Unit.YEAR, Whole.LANE) == [("CN", "2022", 1, 2), ("RU", "2022", 1, 1)]
    assert bars(asked, Unit.YEAR, Whole.PERIOD) == [("CN", "2022", 1, 4), ("RU", "2022", 1, 4)]
    assert bars(asked, Unit.YEAR) == [("CN", "2022", 1, 0), ("RU", "2022", 1, 0)]


def test_the_first_period_s_share_is_of_the_whole_period_where_no_day_was_asked_for():
    table = timetable([(date(2022, 1, 9), "CN"), (date(2022, 5, 1), "CN"), (date(2022, 12, 1), "CN")])
    assert bars(table.along(np.array([1]), By.SIDE), Unit.YEAR, Whole.LANE) == [("CN", "2022", 1, 3)]


def test_a_day_with_more_marks_than_can_be_told_apart_is_drawn_as_a_bar():
    day, later = date(2022, 2, 4), date(2022, 3, 4)
    piled = timetable([(day, "CN")] * (HIGHEST_PILE + 1) + [(later, "CN")])
    assert piled.along(None, By.SIDE).unit() is Unit.DAY
    assert piled.along(None, By.SIDE).unit(Unit.STATEMENT) is Unit.STATEMENT, "who asks for marks gets them"
    assert timetable([(day, "CN"), (later, "CN")]).along(None, By.SIDE).unit() is Unit.STATEMENT


def test_bars_that_a_browser_would_take_seconds_to_draw_are_fewer_and_longer():
    first = date(2001, 1, 1)
    months = [first + timedelta(days=30 * at) for at in range(300)]
    many = timetable([(day, side) for day in months for side in ("CN", "RU", "US")])
    assert many.along(None, By.SIDE).unit(Unit.MONTH) is Unit.QUARTER
    few = timetable([(day, "CN") for day in months])
    assert few.along(None, By.SIDE).unit(Unit.MONTH) is Unit.MONTH
    assert MOST_BARS_ASKED < 3 * 299


@pytest.mark.parametrize("by", list(By))
def test_nothing_dated_is_drawn_as_nothing(by):
    along = timetable([(None, "CN")]).along(None, by)
    assert along.reach is None
    assert along.counts(Unit.YEAR) is None
    assert along.unit() is Unit.STATEMENT
    assert len(along.marks.rows) == along.marks.highest == 0
