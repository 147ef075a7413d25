"""A dossier is collected across pages, ordered and annotated, and its link holds all of it."""

from __future__ import annotations

import json

import pytest
import streamlit as st
from browser_says import buttons, collect

from analysis.exporting.dossier import MOST, Dossier
from pages.parts import collecting


def html(app):
    return [element.proto.body for element in app.get("html")]


def listed(app):
    """The statements on the dossier's page, in order, by a word of theirs."""
    words = {"Gas": "s-gas", "friendship is": "s-friend", "no limits": "s-joint", "pipe": "s-pipe"}
    shown = [body for body in html(app) if '<p class="or-words' in body]
    return [next(each for word, each in words.items() if word in body) for body in shown]


def press(app, key):
    return app.button(key=key).click().run()


def note(app, statement, words):
    return app.text_area(key=f"dossier_note_{statement}").set_value(words).run()


TWO = {"statement": ["s-gas", "s-friend"]}


def test_statements_are_collected_across_pages_and_listed_in_order(open_page):
    app = open_page("search", q="gas", mode="words")
    collect(app, "s-gas")
    assert buttons(app, "s-gas") == ["In the dossier"]
    app.switch_page("pages/views/timeline.py").run()
    collect(app, "s-friend")
    app.switch_page("pages/views/dossier.py").run()
    assert listed(app) == ["s-gas", "s-friend"]
    assert app.query_params["statement"] == ["s-gas", "s-friend"]


def test_the_same_button_takes_it_out_again(open_page):
    app = open_page("statement", statement="s-gas")
    collect(collect(app, "s-gas"), "s-gas")
    assert buttons(app, "s-gas") == ["Add to dossier"]
    assert not app.session_state["dossier"].items


def test_a_statement_that_stands_twice_on_a_page_has_a_button_at_each(open_page):
    app = open_page("timeline", statement="s-gas")
    assert buttons(app, "s-gas") == ["Add to dossier", "Add to dossier"]
    collect(app, "s-gas")
    assert buttons(app, "s-gas") == ["In the dossier", "In the dossier"]


def test_a_browser_that_names_no_statement_collects_nothing(open_page):
    app = collect(open_page("timeline"), "<img src=x>")
    assert not app.exception
    assert "dossier" not in app.session_state


def test_order_notes_and_title_go_into_the_link_and_come_out_of_it(open_page):
    app = open_page("dossier", **TWO)
    press(app, "move 1 s-gas")
    note(app, "s-gas", "Compare *2019*.\nSee below.")
    app.text_input(key="dossier_title").set_value("Firm ties").run()
    assert listed(app) == ["s-friend", "s-gas"]
    there = {name: app.query_params[name] for name in ("statement", "title", "notes", "release")}
    again = open_page("dossier", **there)
    assert not again.warning
    assert listed(again) == ["s-friend", "s-gas"]
    assert again.text_area(key="dossier_note_s-gas").value == "Compare *2019*.\nSee below."
    assert again.text_input(key="dossier_title").value == "Firm ties"
    assert [code.value for code in again.code] == [code.value for code in app.code], "the link to copy is the same"
    assert "notes=" in app.code[0].value


def test_a_link_that_names_unknown_statements_says_so_and_keeps_them(open_page):
    app = open_page("dossier", statement=["s-gas", "s-gone", "s-friend"])
    assert "statement “s-gone” is not in this release" in app.warning[0].value
    assert listed(app) == ["s-gas", "s-friend"]
    assert app.query_params["statement"] == ["s-gas", "s-gone", "s-friend"]
    assert any("left out of files" in caption.value for caption in app.caption)
    press(app, "take out s-gone")
    assert app.query_params["statement"] == ["s-gas", "s-friend"]


def test_a_damaged_or_overlong_link_says_so(open_page):
    app = open_page("dossier", statement="s-gas", notes="eNqcut")
    assert "its notes are damaged" in app.warning[0].value
    app = open_page("dossier", statement=["s-gas", *(f"s-{at}" for at in range(MOST))])
    assert f"up to {MOST} statements" in app.warning[0].value


def test_it_can_be_sorted_by_day_and_emptied(open_page):
    app = open_page("dossier", statement=["s-gas", "s-friend", "s-joint"])
    press(app, "by day")
    assert listed(app) == ["s-joint", "s-friend", "s-gas"]
    press(app, "empty")
    assert listed(app) == []
    assert "statement" not in app.query_params
    assert any("Add to dossier" in info.value for info in app.info)


def test_filters_do_not_narrow_a_dossier(open_page):
    app = open_page("dossier", **TWO, side="RU")
    assert listed(app) == ["s-gas", "s-friend"]
    assert any("the filters do not narrow a dossier" in caption.value for caption in app.caption)


def test_going_there_by_the_menu_keeps_what_was_collected(open_page):
    app = open_page("dossier", **TWO)
    app.switch_page("pages/views/overview.py").run()
    app.query_params = {}
    app.switch_page("pages/views/dossier.py").run()
    assert listed(app) == ["s-gas", "s-friend"]


def test_its_files_have_the_order_the_notes_and_the_link(open_page, monkeypatch):
    offered = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **_: offered.update({label: data}))
    app = open_page("dossier", **TWO, title="Firm ties")
    note(app, "s-friend", "Mark this.")
    app.session_state["take"] = True
    app.run()
    written = json.loads(offered["JSON"]())
    assert [(row["statement_id"], row["note"]) for row in written["statements"]] == [
        ("s-gas", None),
        ("s-friend", "Mark this."),
    ]
    assert "notes=" in written["on_record"]["link"]
    markdown = offered["Markdown"]().decode()
    assert markdown.startswith("# Firm ties\n")
    assert "Mark this." in markdown


def test_a_note_that_no_link_carries_is_not_kept_and_said(open_page, monkeypatch):
    monkeypatch.setattr("analysis.exporting.dossier.LONGEST_NOTES", 20)
    app = note(open_page("dossier", **TWO), "s-gas", "far too long for such a link")
    assert app.warning[-1].value.startswith("Shorten a note")
    assert "notes" not in app.query_params


@pytest.mark.parametrize(
    ("held", "kept", "shown", "other"),
    [
        ([], ["a"], ["a"], None),
        (["a"], [], ["a"], None),
        (["a"], ["a"], ["a"], None),
        (["a"], ["b"], ["a"], ["b"]),
    ],
)
def test_what_the_browser_kept_never_displaces_a_link_s_dossier(monkeypatch, held, kept, shown, other):
    monkeypatch.setattr(st, "session_state", {"dossier": Dossier().with_these(held)})
    collecting._found(Dossier().with_these(kept))
    assert collecting.dossier().ids == shown
    assert (collecting.mine().ids if collecting.mine() else None) == other
    collecting._elsewhere(Dossier().with_these(["z"]))
    assert collecting.dossier().ids == (shown if other else ["z"]), "nothing changes until the reader has decided"
