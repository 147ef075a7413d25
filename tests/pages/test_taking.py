"""What a page shows can be taken along: exactly that, with its notes, and made only when it is asked for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import docx
import pytest
import streamlit as st
from charts_drawn import charts

from analysis.exporting.formats import FORMATS, Format


@pytest.fixture
def files(monkeypatch):
    """What each download button of the last run gives, by its label."""
    offered = {}

    def record(label, data, **about):
        offered[label] = {"data": data, **about}
        return False

    monkeypatch.setattr(st, "download_button", record)
    return offered


def open_menu(app, key="take"):
    app.session_state[key] = True
    return app.run()


def taken(files, label="JSON"):
    return json.loads(files[label]["data"]())


def told(app):
    return [markdown.value for markdown in app.markdown]


@pytest.mark.parametrize("page", ["overview", "timeline", "speakers", "document"])
def test_a_page_gives_exactly_its_selection_with_query_release_link_and_licences(open_page, files, page):
    app = open_menu(open_page(page, side="CN", from_="2022-01-01"))
    assert "**3** of 7 statements" in told(app)
    written = taken(files)
    assert [row["statement_id"] for row in written["statements"]] == ["s-joint", "s-friend", "s-gas"], "oldest first"
    about = written["on_record"]
    assert (about["statements"], about["of"], about["release"]) == (3, 7, 1)
    assert about["selection"] == {"side": ["CN"], "from": ["2022-01-01"]}
    assert about["licences"] == {"CC BY 4.0": 3}
    path = "" if page == "overview" else page
    assert about["link"].split("//")[-1].partition("/")[2] == f"{path}?side=CN&from=2022-01-01&release=1"
    assert files["JSON"]["file_name"] == "on-record-1-selection.json"


def test_every_format_of_the_menu_is_made(open_page, files):
    open_menu(open_page("overview", side="CN"))
    assert set(files) == {form.label for form in FORMATS.values()} - {"JSON lines"}
    for offered in files.values():
        assert offered["data"]()


def test_nothing_is_made_before_it_is_asked_for(open_page, files, monkeypatch):
    def never(*_):
        raise AssertionError("made too early")

    monkeypatch.setattr(Format, "write", never)
    assert not files
    open_menu(open_page("timeline"))
    assert files, "the menu is drawn and nothing is written"


def test_a_search_gives_its_hits_best_first_and_why(open_page, files):
    app = open_page("search", q="gas", mode="words")
    shown = [card for element in app.get("html") for card in element.proto.body.split('<div class="or-box">')[1:]]
    open_menu(app)
    written = taken(files)
    assert [row["rank"] for row in written["statements"]] == [1, 2]
    for row, body in zip(written["statements"], shown, strict=True):
        assert row["found_by"].lower() == "words: gas"
        assert row["text"].replace("gas", "").replace("Gas", "").split()[0] in body
    assert written["on_record"]["query"] == "gas"
    assert written["on_record"]["order"] == "best first"
    assert "search?q=gas&mode=words" in written["on_record"]["link"]


def test_a_text_gives_what_is_said_in_it(open_page, files):
    open_menu(open_page("document", document="d-reprint", side="RU"))
    written = taken(files)
    assert [row["statement_id"] for row in written["statements"]] == ["s-gas"]
    assert written["on_record"]["selection"] == {}, "the filters did not choose them"


def test_a_statement_is_cited_in_a_click(open_page, files):
    app = open_menu(open_page("statement", statement="s-gas"), "cite")
    assert any(
        block.value.startswith("Wang Yi, Foreign Minister, 22 February 2023: “Gas will flow for decades”. “Report on")
        and block.value.endswith("Via On Record, release 1, statement s-gas.")
        for block in app.code
    )
    assert b"@misc{s-gas," in files["BibTeX"]["data"]()
    assert b"ID  - s-gas" in files["RIS"]["data"]()
    assert json.loads(files["CSL-JSON"]["data"]())[0]["id"] == "s-gas"
    assert len(docx.Document(io.BytesIO(files["Word"]["data"]())).paragraphs) > 3


def test_a_format_that_takes_fewer_is_not_offered_and_says_why(open_page, files, monkeypatch):
    monkeypatch.setitem(FORMATS, "docx", replace(FORMATS["docx"], most=2))
    open_menu(open_page("overview"))
    assert files["Word"]["disabled"]
    assert files["Word"]["help"].startswith("Word takes up to 2 statements, and these are 7.")
    assert not files["CSV"]["disabled"]


def test_where_nothing_is_shown_nothing_is_offered(open_page, files):
    open_menu(open_page("overview", to="1990-01-01"))
    assert not files


def test_all_of_a_list_can_be_collected(open_page, files):
    app = open_menu(open_page("search", q="gas", mode="words"))
    app.button(key="take collect").click().run()
    assert app.session_state["dossier"].ids == [row["statement_id"] for row in taken(files)["statements"]]
    assert any("All of them are in the dossier" in caption.value for caption in app.caption)


def test_the_numbers_behind_a_chart_are_taken_as_they_are_shown(open_page, files):
    app = open_page("overview", side="CN")
    app.session_state["numbers"] = True
    app.run()
    offered = files["These numbers as CSV"]
    rows = list(csv.DictReader(io.StringIO(offered["data"]().decode(), newline="")))
    assert [row["Year"] for row in rows] == ["2022", "2023"]
    assert [(row["release"], row["selection"]) for row in rows] == [("1", "side=CN")] * 2
    assert rows[0]["link"].endswith("/?side=CN&release=1")
    shown = next(body for body in (element.proto.body for element in app.get("html")) if "by year and side" in body)
    for row in rows:
        assert f"<td>{row['Year']}</td>" in shown


def test_the_camera_of_a_chart_saves_what_is_chosen(open_page, files):
    app = open_page("overview")
    app.session_state["numbers"] = True
    app.run()
    saved = [chart.config["toImageButtonOptions"]["format"] for chart in charts(app)]
    assert saved == ["png"]
    app.segmented_control(key="picture by-year-and-side").set_value("svg").run()
    saved = [chart.config["toImageButtonOptions"] for chart in charts(app)]
    assert [(each["format"], each["filename"]) for each in saved] == [("svg", "on-record-by-year-and-side")]


def test_a_profile_gives_the_statements_that_it_lists(open_page, files):
    open_menu(open_page("speakers", profile="wang-yi", kind="direct"))
    written = taken(files)
    assert [row["statement_id"] for row in written["statements"]] == ["s-gas", "s-friend"], "newest first"
    assert written["on_record"]["query"] == "speaker:wang-yi"
    assert "profile=wang-yi" in written["on_record"]["link"]


def test_an_entity_s_profile_gives_the_statements_that_name_it(open_page, files):
    open_menu(open_page("entities", profile="nato"))
    assert all("nato" in row["entities"] for row in taken(files)["statements"])


def test_a_comparison_gives_its_groups(open_page, files):
    open_menu(open_page("compare", who=["side:CN", "side:RU"]))
    written = taken(files)
    groups = [(row["group"], row["statement_id"]) for row in written["statements"]]
    assert {group for group, _ in groups} == {"side:CN", "side:RU"}
    assert [each for each in groups if each[1] == "s-joint"] == [("side:CN", "s-joint"), ("side:RU", "s-joint")]
    assert written["on_record"]["order"] == "group by group"
