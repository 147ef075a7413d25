"""Speakers are found under any of their names; a profile shows offices, company, and what was said around an event."""

from __future__ import annotations

import re

import pytest
from charts_drawn import charts
from made_archive import publish_made
from test_pages import html, words

from pages.parts import data


def rows(app, caption: str) -> list[list[str]]:
    """The cells of a page's table, without markup."""
    table = next(each.proto.body for each in app.get("html") if f'aria-label="{caption}"' in each.proto.body)
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in found]


def test_the_directory_counts_a_joint_statement_for_each_who_made_it(open_page):
    found = {row[0]: row for row in rows(open_page("speakers"), "Speakers")}
    assert found["Wang Yi"][1:6] == ["Person", "China", "Foreign Minister", "3", "1"]
    assert found["China"][4] == found["Russia"][4] == "1"
    assert "5 of 5 speakers" in words(open_page("speakers"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "minister wang"}, ["Wang Yi"]),
        ({"of_kind": "state"}, ["China", "Russia"]),
        ({"of_side": "CN"}, ["Wang Yi", "China"]),
        ({"of_side": "CN", "of_kind": "person"}, ["Wang Yi"]),
        ({"side": "CN", "sort": "name"}, ["China", "Russia", "Wang Yi"]),
    ],
)
def test_the_directory_is_narrowed_by_name_kind_and_side(open_page, asked, found):
    app = open_page("speakers", **asked)
    assert [row[0] for row in rows(app, "Speakers")] == found
    assert {name: app.query_params[name] for name in asked} == asked


def test_each_choice_says_how_many_it_would_leave(open_page):
    app = open_page("speakers", of_side="CN")
    kinds = next(box for box in app.selectbox if box.label == "Kind")
    assert kinds.options == ["Any kind", "Person · 1", "State · 1"]


def test_choosing_a_kind_goes_back_to_the_first_page(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.directory.PER_PAGE", 2)
    app = open_page("speakers", page="2")
    next(box for box in app.selectbox if box.label == "Kind").set_value("person").run()
    assert app.query_params["of_kind"] == "person"
    assert "page" not in app.query_params


@pytest.mark.parametrize("asked", [{"of_kind": "robot"}, {"of_side": "XX"}, {"sort": "fame"}, {"profile": "who"}])
def test_what_the_directory_does_not_know_is_said(open_page, asked):
    app = open_page("speakers", **asked)
    assert any(next(iter(asked.values())) in warning.value for warning in app.warning)
    assert not set(asked) & set(app.query_params)


def test_those_of_the_name_who_say_nothing_are_named_below(open_page):
    app = open_page("speakers", name="foreign ministry")
    assert "Without statements of their own" in html(app)
    assert "profile=foreign-ministry" in html(app)


def test_a_profile_shows_offices_with_their_days_aliases_and_latest_statements(open_page):
    app = open_page("speakers", profile="wang-yi")
    shown = html(app)
    assert rows(app, "Offices held")[0][:3] == ["Foreign Minister of China", "16 March 2013", "30 December 2022"]
    assert "Foreign Minister Wang" in shown
    assert shown.index("Gas will flow") < shown.rindex("rock solid")
    alts = [chart.summary for chart in charts(app)]
    assert "Statements by Wang Yi by year: 2 from 2022 to 2024, most in 2022: 1 of 2" in " ".join(alts)
    assert "from 16 March 2013 until 30 December 2022" in " ".join(alts)


def test_the_chart_by_year_can_show_shares_and_its_numbers_agree(open_page):
    app = open_page("speakers", profile="wang-yi", **{"as": "share"})
    assert "1 of 2 (50.0 %)" in " ".join(chart.summary for chart in charts(app))
    assert app.query_params["as"] == "share"


def test_a_profile_counts_only_what_the_filters_keep(open_page):
    app = open_page("speakers", profile="wang-yi", from_="2023-01-01")
    assert "The filters keep 1 of 3." in words(app)
    assert "rock solid" not in html(app)


def test_a_profile_names_those_who_are_quoted_in_the_same_texts(open_page):
    found = rows(open_page("speakers", profile="china"), "Quoted with")
    assert ["Russia", "1", "1"] in found
    assert ["Wang Yi", "1", "0"] in found


def test_a_profile_shows_the_formulas_most_used(open_page):
    assert rows(open_page("speakers", profile="china"), "Most used formulas")[0][1:] == ["1", "100.0 %"]


@pytest.fixture
def event() -> str:
    return next(event.event_id for event in data.load_events(data.Settings.from_environment().data / "events.csv")[0]
                if event.event_id.startswith("2022-02-24-russia"))  # fmt: skip


def test_before_and_after_an_event_are_counted_apart(open_page, event):
    app = open_page("speakers", profile="wang-yi", event=event)
    found = rows(app, "Statements around the event")
    assert found == [["Before", "0", "1", "0.0 %"], ["During", "0", "0", "–"], ["After", "1", "1", "100.0 %"]]
    assert app.query_params["event"] == event
    assert "days" not in app.query_params, "30 is the default"
    wider = open_page("speakers", profile="wang-yi", event=event, days="365")
    assert rows(wider, "Statements around the event")[2][1] == "2"


def test_an_unknown_event_is_said(open_page):
    assert any("e-lost" in each.value for each in open_page("speakers", profile="wang-yi", event="e-lost").warning)


def test_an_institution_lists_who_spoke_for_it_and_who_held_office_in_the_days_asked_for(
    open_page, monkeypatch, tmp_path
):
    monkeypatch.setattr(
        "made_archive.OFFICES", {"s-friend": "Foreign Minister of China", "s-gas": "Director of something else"}
    )
    publish_made(tmp_path)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("speakers", profile="foreign-ministry")
    found = rows(app, "Who spoke for Foreign Ministry of China")
    assert found == [
        ["Wang Yi", "Foreign Minister of China", "1", "2022-03-07", "2022-03-07", "16 March 2013 – 30 December 2022"]
    ]
    assert "rock solid" in html(app)
    later = open_page("speakers", profile="foreign-ministry", from_="2022-12-01", to="2022-12-31")
    assert rows(later, "Who spoke for Foreign Ministry of China")[0][2] == "0"
    gone = open_page("speakers", profile="foreign-ministry", from_="2023-02-01")
    assert "Who spoke for" not in html(gone)
    assert gone.info
