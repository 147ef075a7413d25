"""Entities are listed with the statements that name them, and drawn with what is named together."""

from __future__ import annotations

import pytest
from charts_drawn import charts, do
from test_pages import html, words
from test_speakers_page import rows


def test_the_list_counts_the_statements_that_name_each(open_page):
    app = open_page("entities")
    found = rows(app, "Entities")
    assert found[0] == ["Ukraine", "State", "Ukraine", "3", "0"]
    assert {row[0] for row in found} >= {"NATO", "Ukraine"}
    assert "Wang Yi" not in {row[0] for row in found}, "nobody names them"
    assert "3 entities; of 8 that are known, 3 are named" in words(app)


def test_a_search_by_name_finds_those_that_nobody_names_too(open_page):
    app = open_page("entities", name="wang")
    assert rows(app, "Entities") == [["Wang Yi", "Person", "China", "0", "3"]]


def test_counts_follow_the_filters(open_page):
    app = open_page("entities", side="CN")
    assert {row[0]: row[3] for row in rows(app, "Entities")} == {"NATO": "1", "Ukraine": "1"}


def test_the_network_is_drawn_with_its_takeaway_and_its_table(open_page):
    app = open_page("entities", view="network")
    (chart,) = charts(app)
    assert "NATO and Ukraine 1" in chart.summary
    assert app.query_params["view"] == "network"
    app = open_page("entities", view="network", side="RU")
    assert "Ukraine" in charts(app)[0].summary


def test_a_click_in_the_network_opens_the_entity(open_page):
    app = do(open_page("entities", view="network"), "network", "clicked", "entity nato")
    assert app.query_params["profile"] == "nato"
    app = do(open_page("entities", view="network"), "network", "clicked", "nobody")
    assert "profile" not in app.query_params


def test_a_profile_says_who_names_it_how_often_and_with_whom(open_page):
    app = open_page("entities", profile="ukraine")
    assert rows(app, "Who names it most")[-1][0] == "Wang Yi"
    assert rows(app, "Statements that name it, by side") == [["China", "1", "33.3 %"], ["Russia", "1", "33.3 %"]]
    assert "Statements that name Ukraine, by year" in " ".join(chart.summary for chart in charts(app))
    assert "talks must go on" in html(app)
    assert "named in 3 statements" in html(app)


def test_a_profile_counts_only_what_the_filters_keep(open_page):
    app = open_page("entities", profile="ukraine", side="CN")
    assert "The filters keep 1 of 3." in words(app)
    assert "Nobody wants talks" not in html(app)


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"profile": "sergey-lavrov"}, "No statement names it"), ({"profile": "nato", "side": "RU"}, "Widen the filters")],
)
def test_an_entity_that_nothing_names_says_so(open_page, asked, told):
    assert any(told in info.value for info in open_page("entities", **asked).info)


def test_an_unknown_entity_is_said(open_page):
    app = open_page("entities", profile="atlantis")
    assert any("atlantis" in warning.value for warning in app.warning)
    assert "profile" not in app.query_params
