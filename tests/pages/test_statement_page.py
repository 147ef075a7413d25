"""A statement's own page shows all that is known of it, and leads on."""

from __future__ import annotations

from html import unescape

import pytest
from made_archive import HOSTILE, SAID, publish_made


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


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("s-gas", "Verbatim: in quotation marks in 2 of 2 prints."),
        ("s-pipe", "Not verbatim: reported without quotation marks in 1 print."),
        ("s-talk", "Partly verbatim: reported, with only some words in quotation marks, in 1 of 1 print."),
    ],
)
def test_whether_it_is_verbatim_and_where_it_is_printed_is_answered_before_all_else(open_page, statement, told):
    shown = unescape(html(open_page("statement", statement=statement)))
    answer = shown.split("or-answer", 1)[1].split("</div>", 1)[0]
    assert told in answer
    assert f'href="document?document=d-brief&quote=q-d-brief-{statement}' in answer
    assert "On Record, 1 June 2024" in answer
    assert shown.index("or-answer") < shown.index("or-facts")


def test_the_marked_words_of_a_partly_verbatim_statement_are_listed(open_page):
    assert "In quotation marks: “step by step”." in html(open_page("statement", statement="s-talk"))


def test_prints_with_the_same_words_are_said_to_agree(open_page):
    shown = html(open_page("statement", statement="s-gas"))
    assert "All prints have the same words." in shown
    assert "word for word the same" in shown
    assert "<ins>" not in shown


def test_what_a_print_changed_is_marked_by_more_than_colour_with_a_legend(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path, reprinted="Cheap gas will flow, said <b>he</b>, for decades to come")
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("statement", statement="s-gas")
    shown = html(app)
    assert "The other print words it differently: see below." in shown
    assert "7 words added" in shown
    assert "<ins>underlined</ins> stands only in this print, <del>struck through</del> only above" in shown
    assert '<ins><span class="or-unseen">[added: </span>Cheap<span class="or-unseen">]</span></ins>' in shown
    assert "<b>he</b>" not in shown


def test_words_told_quite_differently_are_not_cut_into_shreds(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path, reprinted="The pipeline keeps working as long as anybody can foresee")
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    shown = html(open_page("statement", statement="s-gas"))
    assert "in other words" in shown
    assert "<del>" not in shown


def test_whom_it_names_leads_to_all_statements_that_name_them(open_page):
    app = open_page("statement", statement="s-talk", side="CN")
    assert "Named in it" in headings(app)
    shown = unescape(html(app))
    assert "Ukraine" in shown
    assert 'href="timeline?entity=nato&release=1"' in shown, "all of them, whatever the filters"
    assert "named in 1 statement<" in shown


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
