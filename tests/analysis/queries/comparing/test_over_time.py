"""Counts by period come with what they are a share of; undated statements are in none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.queries.comparing.over_time import over_time, unit_for
from analysis.queries.timeline import Unit


def days(*written: str | None) -> np.ndarray:
    return np.array([each or "NaT" for each in written], dtype="datetime64[D]")


def test_a_share_is_of_the_same_period():
    said_on = days("2022-01-01", "2022-05-05", "2022-12-31", "2024-03-03", None)
    (made,) = over_time(said_on, [np.array([0, 3, 4])], [np.arange(5)], Unit.YEAR)
    assert made["period"].tolist() == ["2022", "2023", "2024"]
    assert made["count"].tolist() == [1, 0, 1]
    assert made["whole"].tolist() == [3, 0, 1]
    assert made["share"].iloc[0] == pytest.approx(1 / 3)
    assert math.isnan(made["share"].iloc[1]), "nothing was said, so there is no share"


def test_all_groups_have_the_same_periods():
    said_on = days("2021-02-01", "2023-11-30")
    made = over_time(said_on, [np.array([0]), np.array([1])], [np.array([0]), np.array([1])], Unit.QUARTER)
    assert made[0]["period"].tolist() == made[1]["period"].tolist()
    assert made[0]["period"].iloc[0] == "2021-Q1"
    assert made[1]["until"].iloc[-1].isoformat() == "2023-12-31"


def test_nothing_dated_gives_no_period():
    (made,) = over_time(days(None), [np.array([0])], [np.array([0])], Unit.MONTH)
    assert made.empty


@pytest.mark.parametrize(
    ("first", "last", "each", "unit"),
    [
        ("2022-01-01", "2024-05-01", 4, Unit.MONTH),
        ("2022-01-01", "2024-05-01", 1, Unit.QUARTER),  # too few for months
        ("2016-01-01", "2024-05-01", 1, Unit.QUARTER),
        ("2016-01-01", "2024-05-01", 0.2, Unit.YEAR),
        ("2001-01-01", "2026-01-01", 10, Unit.YEAR),
    ],
)
def test_periods_are_as_fine_as_can_be_read(first, last, each, unit):
    months = (np.datetime64(last, "M") - np.datetime64(first, "M")).astype(int) + 1
    said = np.linspace(*np.array([first, last], "datetime64[D]").astype(float), int(each * months)).astype("M8[D]")
    assert unit_for(np.concatenate([said, days(None)])) is unit


def test_without_a_day_there_are_years():
    assert unit_for(days(None)) is Unit.YEAR
