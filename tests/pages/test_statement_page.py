"""A statement's own page shows all that is known of it, and leads on."""

from __future__ import annotations

from html import unescape

import pytest
from made_archive import HOSTILE, SAID


def html(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def headings(app):
    return [str(heading.value) for heading in (*app.title, *app.subheader)]


def test_it_shows_words_speaker_office_day_basis_kind_and_confidence(open_page):
    app = open_page("statement", statement="s-gas")
    shown = html(app)
    assert app.title[0].value == "Wang Yi, 22 February 2023"
    assert "“Gas will flow for decades”" in shown
    assert "Foreign Minister" in shown
    assert "worked out from “on Wednesday” and the publication date" in shown
    assert "Direct: printed in quotation marks" in shown
    assert "High. About 90 of 100 quotations found this way" in shown


def test_every_print_stands_in_its_context_with_its_source(open_page):
    app = open_page("statement", statement="s-gas")
    shown = html(app)
    assert "Where it is printed: 2 places" in headings(app)
    assert shown.count("or-q or-asked") == 2
    assert "document=d-brief" in unescape(shown)
    assert "document=d-reprint" in unescape(shown)
    assert "Report on s-gas" in shown
    assert "and went on." in shown, "the words around it"
    assert "Our friendship is rock solid" not in shown.split("or-doc")[1], "other paragraphs are left out"


def test_a_formula_is_explained_and_leads_to_all_its_uses(open_page):
    app = open_page("statement", statement="s-joint", side="RU")
    shown = unescape(html(app))
    assert "Formulas" in headings(app)
    assert 'href="timeline?formula=no-limits&release=1"' in shown, "all of them, whatever the filters"
    assert "1 statement</a>" in shown
    assert "first known use" in shown


def test_a_formula_s_tag_on_a_card_leads_to_all_its_uses(open_page):
    shown = unescape(html(open_page("timeline", statement="s-joint")))
    assert 'href="timeline?formula=no-limits&release=1"' in shown


def test_similar_and_same_day_statements_are_listed_without_itself(open_page):
    app = open_page("statement", statement="s-gas")
    near = next(body for body in html(app).split("\n") if "or-list" in body)
    assert "a new gas pipe is planned" in near
    assert "statement=s-gas" not in near


def test_previous_and_next_follow_the_selection(open_page):
    app = open_page("statement", statement="s-friend", speaker="wang-yi")
    assert any("1 of 3" in caption.value for caption in app.caption)
    next(button for button in app.button if button.label == "Next").click().run()
    assert app.query_params["statement"] == "s-gas"
    assert "Gas will flow" in html(app)
    assert app.query_params["speaker"] == "wang-yi"


def test_a_statement_outside_the_filters_is_shown_and_said_to_be(open_page):
    app = open_page("statement", statement="s-pipe", side="CN")
    assert "a new gas pipe" in html(app)
    assert any("outside the filters" in caption.value for caption in app.caption)


@pytest.mark.parametrize("statement", [row[0] for row in SAID])
def test_every_statement_has_a_page_that_names_it_in_its_link(open_page, statement):
    app = open_page("statement", statement=statement)
    assert not app.warning
    assert any(f"statement?statement={statement}" in str(link.value) for link in app.code)
    assert "<img src=x" not in html(app)
    assert HOSTILE not in app.title[0].value


def test_an_unknown_statement_is_said(open_page):
    app = open_page("statement", statement="s-lost")
    assert any("s-lost" in warning.value for warning in app.warning)


def test_the_overview_names_its_gaps_and_the_most_printed(open_page):
    app = open_page("overview")
    shown = html(app)
    assert "Most printed" in headings(app)
    assert "in 2 places" in shown
    assert "The archive ends on 16 May 2024" in shown
    assert "1 has no day and stands in no chart" in shown
    assert any("2024 is paler" in caption.value for caption in app.caption)


def test_the_timeline_says_what_is_unfinished_and_what_is_not_drawn(open_page):
    app = open_page("timeline", by="year")
    told = " ".join(caption.value for caption in app.caption)
    assert "2024 is unfinished, the archive ends on 16 May 2024" in told
    assert "not drawn: 1 undated statement" in told
