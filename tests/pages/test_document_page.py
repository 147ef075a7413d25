"""Documents: the list is searched, sorted and stepped through; a text leads to all that is said in it."""

from __future__ import annotations

from html import unescape

import pytest
from made_archive import SAID, publish_made


def html(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def captions(app):
    return " ".join(caption.value for caption in app.caption)


def titles(app):
    return [button.label.replace("\\", "") for button in app.button if button.label.startswith("**")]


def test_the_list_counts_statements_and_texts_and_says_of_how_many(open_page):
    app = open_page("document", side="RU")
    assert "1 text with statements that the filters keep, of 2 in the archive." in captions(app)
    assert f"3 statements of {len(SAID)}" in captions(app)


def test_the_list_is_searched_by_the_words_of_titles(open_page):
    app = open_page("document", title="DIPLOMACY week")
    assert titles(app) == ["**A week of diplomacy**"]
    assert "1 of 2 texts have these words" in captions(app)
    assert app.query_params["title"] == "DIPLOMACY week"
    app.text_input(key="title").set_value("nowhere").run()
    assert any("No title has these words" in str(info.proto) for info in app.info)


def test_the_list_is_sorted_as_the_address_asks(open_page):
    first = titles(open_page("document", sort="most"))
    assert first[0] == "**A week of diplomacy**"
    app = open_page("document", sort="title")
    assert titles(app)[-1] == "**A week of diplomacy**"
    assert app.query_params["sort"] == "title"


@pytest.mark.parametrize("parameters", [{"sort": "best"}, {"sort": "best", "document": "d-brief"}])
def test_an_order_that_does_not_exist_is_said(open_page, parameters):
    app = open_page("document", **parameters)
    assert any("best" in warning.value for warning in app.warning)
    assert "sort" not in app.query_params


def test_previous_and_next_document_follow_the_list_with_its_order_and_filters(open_page):
    app = open_page("document", document="d-brief", sort="most")
    assert app.button(key="document before").disabled
    app.button(key="document after").click().run()
    assert app.query_params["document"] == "d-reprint"
    assert app.query_params["sort"] == "most"
    assert "2 of 2" in captions(app)
    app = open_page("document", document="d-brief", side="RU")
    assert app.button(key="document before").disabled
    assert app.button(key="document after").disabled
    assert "1 of 1" in captions(app)


def test_a_document_outside_the_filters_is_shown_and_said_to_be(open_page):
    app = open_page("document", document="d-reprint", side="RU")
    assert "Gas will flow" in html(app)
    assert "not among those that the filters keep" in captions(app)


def test_going_back_to_the_list_keeps_its_search_order_and_page(open_page):
    app = open_page("document", title="week", sort="oldest")
    next(button for button in app.button if button.label.startswith("**")).click().run()
    assert app.query_params["document"] == "d-brief"
    app.button(key="all documents").click().run()
    assert app.text_input(key="title").value == "week"
    assert app.query_params["sort"] == "oldest"
    assert "document" not in app.query_params


def test_a_text_lists_what_is_said_in_it_with_a_way_to_its_place_and_its_own_page(open_page):
    app = open_page("document", document="d-brief", side="CN")
    shown = unescape(html(app))
    listed = shown.split("or-within", 1)[1].split("</ol>", 1)[0]
    assert listed.count("<li") == len(SAID)
    assert 'href="#at-q-d-brief-s-gas"' in listed
    assert 'id="at-q-d-brief-s-gas"' in shown.split("or-doc", 1)[1], "the place it leads to"
    assert "statement?statement=s-gas" in listed
    assert listed.count("outside the filters") == 3
    assert f"{len(SAID) - 3} of {len(SAID)} are within the filters." in captions(app)


def test_every_statement_of_a_long_text_is_listed(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path, more=30)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("document", document="d-brief")
    assert html(app).count("#at-q-") == len(SAID) + 30
