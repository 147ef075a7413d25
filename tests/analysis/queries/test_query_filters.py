"""Promises about a query's filters in a release: names or ids, whole or in part, and nothing dropped in silence."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.query_filters import chips
from analysis.queries.query_language import FIELDS, parse
from analysis.queries.query_values import Vocabulary
from analysis.queries.search import search
from analysis.queries.selection import Selection

# id, speaker ids, side, publishers, day, formulas, kind, words: written for these tests
ROWS = [
    ("s-01", "wang-yi", "CN", ("Xinhua",), "2022-03-07", (), "direct",
     "The friendship of the two peoples is rock solid"),
    ("s-02", "wang-wenbin", "CN", ("Xinhua", "The Hill"), "2022-02-24", (), "direct", "We oppose any new cold war"),
    ("s-03", "china+russia", "CN+RU", ("Kremlin",), "2022-02-04", ("no-limits",), "direct",
     "Friendship between the two states has no limits"),
    ("s-04", "sergey-lavrov", "RU", ("TASS, Moscow",), "2023-05-01", (), "indirect",
     "a military alliance is not planned"),
    ("s-05", "sergey-lavrov", "RU", ("TASS, Moscow",), None, (), "mixed", "alliances “belong to the past”"),
    ("s-06", None, None, (), "2023-12-31", (), "direct", "Gas exports to China grew, Lavrov was told"),
    ("s-07", "anthony-blinken", "US", ("State Department",), "2023-01-01", (), "direct", "Oil flows east now"),
]  # fmt: skip
NAMES = {
    "wang-yi": ("Wang Yi", ("王毅", "Foreign Minister Wang")),
    "wang-wenbin": ("Wang Wenbin", ()),
    "sergey-lavrov": ("Sergey Lavrov", ("Lavrov", "Сергей Лавров")),
    "china": ("China", ("PRC",)),
    "russia": ("Russia", ()),
    "anthony-blinken": ("Antony Blinken", ()),
    "kim-jong-un": ("Kim Jong Un", ()),
}


class SmallRelease:
    """What search reads of a release."""

    def __init__(self, rows=ROWS):
        ids, speakers, sides, publishers, days, formulas, kinds, texts = zip(*rows, strict=True)
        self.statements = pd.DataFrame(
            {
                "statement_id": ids,
                "text": texts,
                "kind": kinds,
                "speaker_id": speakers,
                "speaker_name": [NAMES[each][0] if each in NAMES else None for each in speakers],
                "speaker_members": [tuple(each.split("+")) if each else () for each in speakers],
                "sides": [tuple(each.split("+")) if each else () for each in sides],
                "publishers": publishers,
                "formulas": formulas,
                "said_on": pd.to_datetime(list(days)),
            }
        )
        self.entities = pd.DataFrame(
            [(key, name, aliases) for key, (name, aliases) in NAMES.items()], columns=["entity_id", "name", "aliases"]
        )

    def vectors(self):
        raise AssertionError("words do not need vectors")


@pytest.fixture(scope="module")
def release():
    return SmallRelease()


@pytest.fixture(scope="module")
def names(release):
    given = {"side": {"CN": "China", "RU": "Russia", "US": "United States"}, "formula": {"no-limits": "No limits"}}
    return Vocabulary(release.statements, release.entities, given)


@pytest.fixture
def find(release, names):
    def find(query, selection=None):
        return search(release, query, selection, encoder=None, mode="words", names=names)

    return find


def numbers(hits):
    return {int(hit.statement_id[2:]) for hit in hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("speaker:wang-yi", {1}),
        ('speaker:"Wang Yi"', {1}),
        ("speaker:WANG", {1, 2}),
        ("speaker:王毅", {1}),
        ("speaker:лавров", {4, 5}),
        ("speaker:china", {3}),
        ("speaker:Wang-Yi OR side:RU", {1, 3, 4, 5}),
        ("speaker:Wang speaker:Lavrov", {1, 2, 4, 5}),
        ("speaker:Wang -speaker:wang-yi", {2}),
        ("speaker:unknown", {6}),
        ("speaker:Kim-Jong-Un", set()),
        ("side:cn", {1, 2, 3}),
        ("side:China", {1, 2, 3}),
        ("side:us", {7}),
        ("side:US", {7}),
        ("side:CN,US", {1, 2, 3, 7}),
        ("side:unknown", {6}),
        ("publisher:hill", {2}),
        ('publisher:"tass, moscow"', {4, 5}),
        ("kind:Direct -side:CN", {6, 7}),
        ("formula:no-limits", {3}),
        ('formula:"No limits"', {3}),
        ("after:2022-03 before:2023-05", {1, 7}),
        ("until:2022-02", {2, 3}),
        ("on:2023", {4, 6, 7}),
        ("near:2022-02-24", {2}),
        ("near:2022-02-24~20", {1, 2, 3}),
        ("on:2022-02-04 on:2023-12", {3, 6}),
        ("-on:2022", {4, 5, 6, 7}),
        ("on:unknown", {5}),
        ("after:2022 -alliance side:RU", {3}),
        ('"two peoples"', {1}),
        ('"two" -"no limits"', {1}),
        ("friendship -peoples", {3}),
        ("gas OR oil", {6, 7}),
        ("gas OR side:US", {6}),
        ('"cold war" OR alliance', {2, 4, 5}),
        ("-friendship -side:RU", {2, 6, 7}),
        ("-Lavrov on:2023", {7}),  # neither his, nor what names him
    ],
)
def test_a_query_keeps_what_it_says(find, query, found):
    hits = find(query)
    assert hits.hints == ()
    assert numbers(hits) == found


def test_words_rank_only_what_the_filters_keep(find):
    assert numbers(find("alliance")) == {4, 5}
    assert numbers(find("alliance kind:mixed")) == {5}
    assert numbers(find("alliance", Selection(kinds=("mixed",)))) == {5}
    assert numbers(find("alliance -kind:mixed", Selection(kinds=("mixed",)))) == set()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("speaker:Lavrof alliance", "No speaker “Lavrof” in this release; the filter was left out. Did you mean"),
        ("side:XX alliance", "No side “XX”"),
        ("kind:sung alliance", "No kind “sung”"),
        ("formula:no-limit alliance", "Did you mean No limits?"),
        ("after:2024 before:2023 alliance", "The dates leave no day"),
    ],
)
def test_a_value_that_the_release_does_not_know_is_told_with_what_comes_close(find, query, told):
    assert any(told in hint for hint in find(query).hints)


def test_filters_alone_list_what_they_keep_newest_first_undated_last(find):
    hits = find("side:RU")
    assert [hit.statement_id for hit in hits] == ["s-04", "s-03", "s-05"]
    assert {hit.why for hit in hits} == {"filters"}
    assert "newest first" in hits.note


def test_a_phrase_that_nobody_says_is_told_and_the_nearest_come_within_the_filters(find):
    hits = find('"solid friendship" side:CN')
    assert "exact words" in hits.note
    assert numbers(hits) == {1, 3}


def test_what_was_understood_is_said_in_words(names):
    query = (
        'speaker:Wang-Yi speaker:Lavrov -side:CN after:2022 before:2023-05 "no limits" -alliance gas OR oil'
        " near:2022-02-24 on:unknown formula:no-limits kind:direct -speaker:unknown on:2021"
    )
    assert chips(names.understand(parse(query)), names) == [
        "said by Wang Yi or Sergey Lavrov",
        "not for China",
        "from 1 January 2022",
        "until 30 April 2023",
        "exactly “no limits”",
        "without “alliance”",
        "“gas” or “oil”",
        "17 February 2022 to 3 March 2022",
        "undated or in 2021",
        "with the formula No limits",
        "direct",
        "not speaker not known",
    ]


@given(
    st.lists(st.sampled_from([f"{field}:x" for field in FIELDS] + ["-a", '"b"', "OR", "gas", "(", '"']), max_size=12)
)
def test_any_query_is_answered(pieces):
    release = SmallRelease()
    hits = search(release, " ".join(pieces), encoder=None, mode="words")
    assert len(hits) <= len(ROWS)


@given(st.permutations(["side:CN", "kind:direct", "after:2022", "-war", "friendship"]))
def test_the_order_of_filters_does_not_matter(pieces):
    release = SmallRelease()
    hits = search(release, " ".join(pieces), encoder=None, mode="words")
    assert [hit.statement_id for hit in hits] == ["s-03", "s-01"]  # its shorter text holds the word
