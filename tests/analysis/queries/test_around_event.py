"""What lies before and after an event is told apart, and what its own days hold belongs to neither."""

from __future__ import annotations

from datetime import date

import numpy as np

from analysis.queries.around_event import around

DAYS = np.array(
    ["2022-02-24", "2022-02-10", "2022-02-23", "2022-03-01", None, "2022-03-10", "2022-02-09"], dtype="datetime64[D]"
)
EVERY = np.ones(len(DAYS), dtype=bool)


def test_statements_of_two_weeks_are_split_by_the_event_s_day():
    found = around(DAYS, EVERY, (date(2022, 2, 24), None), 14, None)
    assert found.before.tolist() == [1, 2], "oldest first, the tenth is a fortnight before"
    assert found.during.tolist() == [0]
    assert found.after.tolist() == [3, 5]
    assert (found.first, found.last) == (date(2022, 2, 10), date(2022, 3, 10))
    assert not found.is_cut


def test_an_event_of_several_days_is_followed_by_what_comes_after_its_last():
    found = around(DAYS, EVERY, (date(2022, 2, 10), date(2022, 2, 24)), 7, None)
    assert found.before.tolist() == [6]
    assert found.during.tolist() == [1, 2, 0]
    assert found.after.tolist() == [3]


def test_only_what_counts_is_found_and_an_archive_that_ends_too_soon_is_said_to():
    found = around(DAYS, np.datetime64("2022-03-01") == DAYS, (date(2022, 2, 24), None), 30, date(2022, 3, 10))
    assert (len(found.before), len(found.after)) == (0, 1)
    assert found.is_cut
