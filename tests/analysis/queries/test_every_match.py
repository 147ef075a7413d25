"""Promises about all that a query finds: what counts as found, in what order, how often, when and by whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from test_search import ROWS, SmallRelease

from analysis.queries.every_match import every_match
from analysis.queries.match_counts import by_period, by_value, by_year, readable_unit, years_of_value
from analysis.queries.search import search
from analysis.queries.timeline import Unit

SUBJECTS = ("gas", "grain", "alliance", "friendship")


class SubjectEncoder:
    """Vectors that say only which of ``SUBJECTS`` a text speaks of; "fuel" means gas."""

    name = "subjects"
    fingerprint = "subjects-1"
    dimensions = 5

    def encode(self, texts, progress=None):
        """(n, 5) float32, unit rows."""
        told = [text.lower().replace("fuel", "gas").replace("pipeline", "gas") for text in texts]
        rows = np.array([[float(subject in text) for subject in SUBJECTS] + [0.1] for text in told])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def release():
    return SmallRelease(SubjectEncoder())


@pytest.fixture
def ask(release):
    def find(query, mode="hybrid", rows=None):
        every = np.arange(len(ROWS)) if rows is None else np.array(rows)
        return every_match(release, query, every, encoder=SubjectEncoder(), mode=mode)

    return find


def ids(release, found, order=None):
    places = found.places if order is None else found.ranking.rows[order]
    return [str(name) for name in release.statements["statement_id"].iloc[places]]


def test_a_phrase_finds_exactly_the_statements_that_say_it_in_every_mode(release, ask):
    for mode in ("hybrid", "semantic", "words"):
        found = ask('"third party"', mode)
        assert (ids(release, found), found.by, found.saying) == (["st-01"], "exact", 1)


def test_a_phrase_that_nobody_says_is_counted_nowhere_and_what_comes_nearest_is_further_off(ask):
    found = ask('"gas for ever"')
    assert not len(found.places)
    assert found.further
    assert "exact words" in found.note


def test_free_words_find_what_holds_them_and_what_is_close_in_meaning(release, ask):
    found = ask("fuel")
    assert ids(release, found) == ["st-07", "st-08"]
    assert (found.by, found.saying) == ("both", 0)
    assert ids(release, ask("gas")) == ["st-07", "st-08"]
    assert ask("gas").saying == 1
    assert ids(release, ask("gas", "words")) == ["st-08"]


def test_filters_alone_find_all_that_pass_and_only_among_the_rows_given(release, ask):
    assert ids(release, ask("side:RU speaker:Peskov")) == ["st-14", "st-15"]
    assert ids(release, ask("side:RU", rows=[0, 2, 14])) == ["st-03", "st-15"]
    assert ask("side:RU").by == "filters"


def test_nothing_asked_finds_nothing_and_says_what_to_do(ask):
    assert not len(ask("  ").places)
    assert "Type a few words" in ask("").note


def test_by_date_newest_come_first_oldest_come_first_and_undated_ones_last(release, ask):
    found = ask('speaker:"Wang Yi" OR speaker:"Xi Jinping"')
    newest = ids(release, found, found.ordered(release.statements, "newest"))
    assert newest == ["st-10", "st-11", "st-05", "st-06"]
    assert ids(release, found, found.ordered(release.statements, "oldest")) == ["st-05", "st-11", "st-10", "st-06"]


def test_by_date_what_only_comes_nearest_follows_nearest_first(release, ask):
    found = ask("gas")
    listed = found.ordered(release.statements, "newest", further=True)
    assert ids(release, found, listed[:2]) == ["st-07", "st-08"]
    assert list(listed[2:]) == list(found.next_best())
    assert len(found.next_best()) > 1


def test_by_relevance_the_order_is_that_of_search(release, ask):
    for query in ("gas pipe", "grain", "friendship of peoples"):
        found = ask(query)
        listed = ids(release, found, found.ordered(release.statements, "relevance", further=True))
        best = search(release, query, encoder=SubjectEncoder(), limit=len(ROWS))
        assert listed[:5] == [hit.statement_id for hit in best][:5]


def test_a_hit_highlights_the_whole_phrase(release, ask):
    found = ask('"no forbidden areas"')
    (hit,) = found.hits(release, [0])
    assert "no forbidden areas" in hit.matched


def test_counts_by_period_stand_beside_all_of_the_selection(release):
    statements = release.statements
    every = np.arange(len(statements))
    gas = np.array([6, 7])
    counted = by_period(statements, every, [gas, np.array([5])], Unit.YEAR)
    assert counted.periods == ("2023", "2024")
    assert counted.counts == ((1, 1), (0, 0))
    assert counted.of == (4, 8)
    assert counted.undated == (0, 1)
    assert counted.shares(0) == [25.0, 12.5]


def test_periods_without_a_hit_between_others_are_there_as_zeros(release):
    counted = by_period(release.statements, np.arange(15), [np.array([3, 6])])
    assert counted.unit is Unit.MONTH
    assert counted.periods[0] == "2022-02"
    assert counted.periods[-1] == "2024-05"
    assert sum(counted.counts[0]) == 2
    assert len(counted.periods) == 28


@pytest.mark.parametrize(("months", "unit"), [(1, Unit.MONTH), (31, Unit.QUARTER), (200, Unit.YEAR)])
def test_bars_stay_wide_enough_to_be_told_apart(months, unit):
    assert readable_unit(months) is unit


def test_nothing_dated_has_no_periods(release):
    assert by_period(release.statements, np.arange(15), [np.array([5])]).periods == ()


def test_a_statement_by_several_counts_for_each_of_them():
    statements = pd.DataFrame(
        {
            "speaker_members": [("a",), ("a", "b"), ()],
            "said_on": pd.to_datetime(["2022-01-01", "2023-01-01", None]),
        }
    )
    every = np.arange(3)
    assert by_value(statements, "speaker_members", every) == {"a": 2, "b": 1, "unknown": 1}
    assert by_year(statements, every) == {2022: 1, 2023: 1}
    assert years_of_value(statements, "speaker_members", "b", every) == {2023: 1}


def test_how_near_is_near_enough_can_be_asked_for(release):
    every = np.arange(len(ROWS))

    class Nearly(SubjectEncoder):
        def encode(self, texts, progress=None):
            rows = super().encode(texts)
            return (rows + 0.6) / np.linalg.norm(rows + 0.6, axis=1, keepdims=True)

    counts = [
        len(every_match(release, "friendship", every, encoder=Nearly(), enough=enough).places)
        for enough in ("very close", "close", "related")
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]
