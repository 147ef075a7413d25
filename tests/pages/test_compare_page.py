"""A comparison says whom it compares on what, with sample sizes, and what it leaves out."""

from __future__ import annotations

import made_archive
import pytest
from charts_drawn import charts
from made_archive import publish_made
from test_pages import html, words
from test_speakers_page import rows

BOTH = {"who": ["side:CN", "side:RU"]}


def alts(app) -> str:
    return " ".join(chart.summary for chart in charts(app))


def test_without_a_link_the_two_fullest_sides_are_compared_and_written_into_the_address(open_page):
    app = open_page("compare")
    assert app.query_params["who"] == ["side:CN", "side:RU"]
    assert rows(app, "How many statements are compared") == [
        ["Side: China", "4", "3", "3"],
        ["Side: Russia", "3", "3", "2"],
    ]


def test_a_question_counts_what_is_on_it_and_of_how_many(open_page):
    app = open_page("compare", q="gas", **BOTH)
    found = rows(app, "How many statements are compared")
    assert found == [["Side: China", "4", "1", "25.0 %", "1", "1"], ["Side: Russia", "3", "1", "33.3 %", "1", "1"]]
    assert "Side: China: 1 dated, most in 2023-Q1 (1 of 1)" in alts(app)
    assert "Gas will flow" in html(app)
    assert "rock solid" not in html(app), "not on the question"


def test_small_groups_are_said_to_be_small(open_page):
    told = [info.value for info in open_page("compare", **BOTH).info]
    assert any("3 statements of their own" in each and "examples, not a pattern" in each for each in told)


def test_what_both_said_together_is_left_out_of_words_and_pairs_and_said(open_page):
    app = open_page("compare", **BOTH)
    assert "1 statement was made by several of them together" in html(app)
    assert "no limits" not in html(app).split("What this leaves out")[0].replace("search", "")


def test_the_measure_is_named_with_what_it_rests_on(open_page):
    told = words(open_page("compare", **BOTH))
    assert "Monroe, Colaresi and Quinn 2008" in told
    assert "different words were compared" in told
    assert "the closest in meaning of all 6 pairs" in told.casefold()


def test_a_link_to_very_many_pairs_asks_before_it_compares_them(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.compare_pairs.AT_ONCE", 1)
    app = open_page("compare", pairs="all", **BOTH)
    [ask] = [button for button in app.button if button.label == "Compare all 6 pairs"]
    assert "days apart" not in html(app) + words(app)
    ask.click().run()
    assert "Compare all 6 pairs" not in [button.label for button in app.button]
    assert "days apart" in html(app) + words(app)
    assert app.query_params["pairs"] == "all"


def test_words_that_set_sides_apart_lead_to_the_statements_with_them(open_page, monkeypatch, tmp_path):
    russian = [
        (f"s-ru-{at:02d}", "sergey-lavrov", "Sergey Lavrov", "RU", "2023-05-01", "stated", None, "direct",
         f"Grain and oil go by rail, item {at}")
        for at in range(40)
    ]  # fmt: skip
    monkeypatch.setattr(made_archive, "SAID", (*made_archive.SAID, *russian))
    publish_made(tmp_path, more=40)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("compare", **BOTH, by="month")
    found = rows(app, "Words that set Side: China apart")
    assert found[0][0] in {"friendly", "number", "ties", "statement"}
    assert found[0][2:] == ["40", "0", "40"]
    assert "q=%22" in html(app)
    assert "side%3ACN" in html(app)


def test_one_speaker_beside_a_side_can_be_compared(open_page):
    app = open_page("compare", who=["speaker:wang-yi", "side:RU"], **{"as": "count"})
    assert rows(app, "How many statements are compared")[0][0] == "Wang Yi"
    assert app.query_params["as"] == "count"


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (["side:CN", "side:XX"], "XX"),
        (["side:CN", "speaker:who"], "who"),
        (["side:CN", "wang-yi"], "wang-yi"),
    ],
)
def test_a_group_that_does_not_exist_is_said_and_not_replaced(open_page, who, told):
    app = open_page("compare", who=who)
    assert any(told in warning.value for warning in app.warning)
    assert app.query_params["who"] == "side:CN"
    assert any("second side or speaker" in info.value for info in app.info)


def test_a_question_that_none_answers_says_what_to_do(open_page):
    app = open_page("compare", q="zebra", reach="words", **BOTH)
    assert any("Ask in other words" in info.value for info in app.info)


def test_the_reach_of_a_question_is_in_the_address_and_widens_what_counts(open_page):
    strict = open_page("compare", q="pipe", reach="words", **BOTH)
    assert strict.query_params["reach"] == "words"
    assert rows(strict, "How many statements are compared")[0][2] == "0"
    loose = open_page("compare", q="friend", **BOTH)
    assert rows(loose, "How many statements are compared")[0][2] == "2"


def test_a_pairing_can_be_chosen_among_three(open_page):
    app = open_page("compare", who=["side:CN", "side:RU", "speaker:wang-yi"], pair="0-1")
    assert "pair" not in app.query_params, "it is the first"
    assert any(
        "9-9" in each.value
        for each in open_page("compare", who=["side:CN", "side:RU", "speaker:wang-yi"], pair="9-9").warning
    )
