"""Each page shows what its address asks for, and says so when it cannot."""

from __future__ import annotations

from pathlib import Path

import made_archive
import pytest
from charts_drawn import charts
from made_archive import HOSTILE, SAID, publish_made
from streamlit.testing.v1 import AppTest

from analysis.queries.query_language import FIELDS, parse

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (
    "overview",
    "timeline",
    "search",
    "speakers",
    "entities",
    "compare",
    "document",
    "statement",
    "dossier",
    "about",
)
CHANGING = ("add", "manage")  # for those who may; tests/pages/test_who_sees_what.py opens them


def html(app: AppTest) -> str:
    """All the HTML on a page, ours and what it quotes."""
    return "\n".join(element.proto.body for element in app.get("html"))


def words(app: AppTest) -> str:
    """Headings, captions, Markdown and notes of a page."""
    kinds = ("title", "header", "subheader", "caption", "markdown", "info", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def links(app: AppTest) -> list[str]:
    """Every address that a page offers to copy."""
    return [str(element.value) for element in app.code]


def test_no_page_file_lies_where_streamlit_would_run_it_without_app_py():
    assert sorted((ROOT / "pages").glob("*.py")) == []
    assert {file.stem for file in (ROOT / "pages/views").glob("*.py")} == {*PAGES, *CHANGING}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_as_a_first_request_with_filters_and_release(open_page, page):
    app = open_page(page, side="CN")
    assert app.multiselect(key="side").value == ["CN"], "the filter panel comes from app.py"
    assert app.query_params["side"] == "CN"
    assert app.query_params["release"] == "1"
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_its_own_address_to_copy(open_page, page):
    app = open_page(page, speaker="wang-yi")
    assert any("speaker=wang-yi" in link and "release=1" in link for link in links(app))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"speaker": ["wang-yi", "who"]}, "who"),
        ({"side": "XX"}, "XX"),
        ({"kind": "sung"}, "sung"),
        ({"from_": "yesterday"}, "yesterday"),
        ({"release": "77"}, "77"),
        ({"speeker": "wang-yi"}, "speeker"),
    ],
)
def test_a_link_that_asks_for_the_unknown_says_so(open_page, parameters, told):
    app = open_page("timeline", **parameters)
    assert any(told in warning.value for warning in app.warning)


def test_an_unknown_speaker_beside_a_known_one_does_not_widen_the_answer(open_page):
    app = open_page("timeline", speaker=["wang-yi", "who"])
    assert app.multiselect(key="speaker").value == ["wang-yi"]
    assert "Sergey Lavrov" not in html(app)


def test_a_filter_reaches_every_page_and_survives_going_to_another(open_page):
    app = open_page("overview")
    app.multiselect(key="side").set_value(["RU"]).run()
    assert app.query_params["side"] == "RU"
    app.query_params = {}  # the page menu brings no parameters
    app.switch_page("pages/views/timeline.py").run()
    assert app.multiselect(key="side").value == ["RU"]
    assert app.query_params["side"] == "RU"
    assert "a new gas pipe" in html(app)
    assert "rock solid" not in html(app)


def test_statements_can_be_kept_by_the_formula_they_use(open_page):
    app = open_page("timeline", formula="no-limits")
    assert "no limits" in html(app)
    assert "rock solid" not in html(app)
    assert app.query_params["formula"] == "no-limits"


def test_clearing_the_filters_brings_everything_back(open_page):
    app = open_page("overview", side="RU", from_="2023-01-01")
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "side" not in app.query_params
    assert "from" not in app.query_params
    assert any(f"{len(SAID)} statements, nothing filtered out" in caption.value for caption in app.caption)


def test_dates_that_run_backwards_are_swapped_and_said(open_page):
    app = open_page("overview", from_="2024-01-01", to="2022-01-01")
    assert any("backwards" in warning.value for warning in app.warning)
    assert app.query_params["from"] == "2022-01-01"


@pytest.mark.parametrize("page", ["overview", "timeline", "search", "speakers", "entities", "compare", "document"])
def test_nothing_within_the_filters_says_what_to_widen(open_page, page):
    app = open_page(page, speaker="wang-yi", to="2001-01-01")
    assert any("Widen the speaker or the dates" in info.value for info in app.info)


def test_the_overview_counts_what_is_not_known(open_page):
    shown = html(open_page("overview")) + words(open_page("overview"))
    assert "1 undated" in shown
    assert "1 has no speaker" in shown
    assert "1 stands at its publication date" in shown


def test_a_statement_link_opens_it_with_its_date_s_basis_prints_and_source(open_page):
    shown = html(open_page("timeline", statement="s-gas"))
    assert "Gas will flow for decades" in shown
    assert "worked out from “on Wednesday” and the publication date" in shown
    assert "printed 2 times" in shown
    assert 'href="https://example.org/a?b=1"' in shown


def test_previous_and_next_walk_the_dated_statements_in_order(open_page):
    app = open_page("timeline", statement="s-friend")
    app.button(key="step next").click().run()
    assert app.query_params["statement"] == "s-gas"
    app.button(key="step previous").click().run()
    app.button(key="step previous").click().run()
    assert app.query_params["statement"] == "s-joint"


def test_a_statement_outside_the_filters_is_shown_and_said_to_be(open_page):
    app = open_page("timeline", statement="s-gas", side="RU")
    assert "Gas will flow" in html(app)
    assert "outside the filters" in words(app)


def test_an_unknown_statement_is_said(open_page):
    app = open_page("timeline", statement="s-lost")
    assert any("s-lost" in warning.value for warning in app.warning)
    assert "statement" not in app.query_params


def test_a_bar_lists_its_statements_only(open_page):
    app = open_page("timeline", by="year", bar="CN.2023")
    assert "Gas will flow" in html(app)
    assert "rock solid" not in html(app)
    assert app.query_params["bar"] == "CN.2023"


@pytest.mark.parametrize("bar", ["CN.20x3", "CN.1999", "ZZ.2023"])
def test_a_bar_that_holds_nothing_is_said(open_page, bar):
    app = open_page("timeline", by="year", bar=bar)
    assert app.warning


def test_undated_statements_can_be_reached(open_page):
    app = open_page("timeline", list="undated")
    assert "talks must go on" in html(app)
    assert app.query_params["list"] == "undated"


def test_the_timeline_says_in_words_what_it_draws(open_page):
    chart = charts(open_page("timeline"))[0]
    assert "6 dated statements from 1 January 2021 to 16 May 2024" in chart.summary


def test_search_gives_the_reason_of_each_hit(open_page):
    app = open_page("search", q="gas pipe", mode="words")
    shown = html(app)
    assert "<mark>gas pipe</mark>" in shown
    assert "Its words: “gas pipe”" in shown
    assert app.query_params["q"] == "gas pipe"


def test_search_by_meaning_finds_other_words(open_page):
    app = open_page("search", q="friends", mode="semantic")
    first = next(body for body in html(app).split("\n") if "or-words" in body)
    assert "friendship" in first
    assert "in meaning" in html(app)


def test_search_shows_what_it_understood_and_what_it_could_not_use(open_page):
    app = open_page("search", q="gas speaker:Wang -pipe after:2022 speeker:x after:soon")
    shown = html(app)
    for chip in ("said by Wang Yi", "without “pipe”", "from 1 January 2022"):
        assert f">{chip}</span>" in shown
    told = " ".join(info.value for info in app.info).replace("\\", "")
    assert "“speeker:” is no filter" in told
    assert "“after:soon” gives no date" in told
    assert "<mark>Gas</mark> will flow" in shown
    assert "gas pipe" not in shown


def test_the_part_of_a_long_statement_that_is_nearest_in_meaning_is_underlined(open_page, monkeypatch, tmp_path):
    long = "The two neighbours met again in spring, talks on the border went well, and gas was not spoken of at all"
    monkeypatch.setattr(made_archive, "SAID", (*SAID[:-1], (*SAID[-1][:-1], long)))
    made_archive.publish_made(tmp_path)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    shown = html(open_page("search", q="talk", mode="semantic"))
    assert "<u>talks on the border went well,</u>" in shown
    assert "in meaning: “talks on the border went well”" in shown


def test_a_query_of_filters_alone_lists_what_they_keep(open_page):
    app = open_page("search", q="speaker:“Wang Yi”")
    shown = html(app)
    assert app.button_group(key="sort").value == "newest"
    assert shown.index("Gas will flow") < shown.index("rock solid") < shown.index("talks must go on")


def test_what_strangers_type_is_shown_and_never_run(open_page):
    app = open_page("search", q=f"“{HOSTILE}” -<b>x</b> speaker:<img> {HOSTILE}")
    assert "<img" not in html(app).replace("&lt;img", "")
    assert all("<img" not in info.value.replace("\\<img", "") for info in app.info)


def test_how_to_ask_is_explained_with_examples_that_are_understood_without_a_hint():
    from pages.parts.asking import _EXAMPLES, _LANGUAGE

    for example in (*_EXAMPLES, *(written for written, _ in _LANGUAGE)):
        assert parse(example).hints == ()
    every = " ".join(written for written, _ in _LANGUAGE)
    assert all(f"{field}:" in every for field in FIELDS)


def test_search_goes_by_words_while_the_encoder_loads_and_says_so(open_page, monkeypatch):
    from analysis import warming

    monkeypatch.setattr(warming, "_state", {"thread": None})
    app = open_page("search", q="gas")
    assert "Gas" in html(app)
    assert any("Meaning follows" in info.value for info in app.info)


def test_an_unknown_mode_is_said(open_page):
    app = open_page("search", q="gas", mode="magic")
    assert any("magic" in warning.value for warning in app.warning)


def test_similar_statements_of_a_card(open_page):
    app = open_page("search", like="s-friend")
    assert "Close in meaning to" in words(app)
    assert "no limits" in html(app)
    assert app.query_params["like"] == "s-friend"


def test_a_document_marks_every_quotation_and_the_asked_one(open_page):
    shown = html(open_page("document", document="d-brief", quote="q-d-brief-s-gas"))
    assert shown.count('<mark class="or-q"') == len(SAID) - 1
    asked = shown.split("or-q or-asked", 1)[1].split("</mark>", 1)[0]
    assert asked.endswith("Gas will flow for decades")
    assert "Wang Yi</a>" in asked
    assert "<sup>[1]</sup>" in shown
    assert "Report on s-gas" in shown
    assert '<span class="or-plain">Subscribe</span>' in shown


def test_a_document_leads_to_the_other_prints_of_a_statement(open_page):
    app = open_page("document", document="d-brief", quote="q-d-brief-s-gas")
    assert "Also printed in" in words(app)


@pytest.mark.parametrize("parameters", [{"document": "d-lost"}, {"document": "d-brief", "quote": "q-lost"}])
def test_an_unknown_document_or_quotation_is_said(open_page, parameters):
    app = open_page("document", **parameters)
    assert any("lost" in warning.value for warning in app.warning)


def test_a_document_id_with_quotation_marks_is_only_text(open_page):
    app = open_page("document", document="d' OR '1'='1")
    assert app.warning


def test_about_explains_every_basis_with_its_count(open_page):
    shown = html(open_page("about"))
    for basis in ("Stated", "Resolved", "Dateline", "Published", "Unknown"):
        assert f"<td>{basis}</td>" in shown
    assert "It holds bytes that are no text." in shown


@pytest.mark.parametrize(
    "page", [("timeline", {"statement": "s-hostile"}), ("document", {"document": "d-reprint"}),
             ("document", {"document": "d-brief"}), ("speakers", {"profile": "left-office"}),
             ("speakers", {}), ("entities", {"profile": "left-office"}), ("entities", {"view": "network"}),
             ("compare", {"who": ["speaker:left-office", "side:CN"]}),
             ("overview", {}), ("search", {"q": "read this"})]
)  # fmt: skip
def test_what_strangers_wrote_is_shown_and_never_run(open_page, page):
    app = open_page(page[0], **page[1])
    assert "<img src=x" not in html(app)
    for heading in (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption):
        assert HOSTILE not in heading.value
        assert "](javascript" not in heading.value.replace("\\", "") or "\\]\\(javascript" in heading.value


def test_without_an_archive_the_page_says_what_to_run(open_page, monkeypatch, tmp_path):
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path / "none"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert app.code[0].value == "python -m analysis build"


def test_an_old_link_shows_its_release_and_offers_the_newer_one(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path)
    publish_made(tmp_path, more=3)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("overview", release="1", side="CN")
    assert "Release 2 is newer" in words(app)
    assert app.query_params["release"] == "1"
    app.button(key="newest").click().run()
    assert app.query_params["release"] == "2"
    assert app.multiselect(key="side").value == ["CN"], "the filters stay"
    assert f"{len(SAID) + 3}" in html(app)


def test_many_statements_are_drawn_as_bars_and_listed_by_pages(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path, more=350)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("timeline", page="2")
    assert "tallest bar" in charts(app)[0].summary
    assert app.query_params["page"] == "2"
    assert html(app).count('<article class="or-card"') == 10


def test_search_says_why_it_goes_by_words_when_there_will_be_no_encoder(open_page, monkeypatch):
    from analysis import warming

    monkeypatch.setattr(warming, "_state", {"thread": None, "problem": "OSError: no weights"})
    app = open_page("search", q="gas")
    assert "Gas" in html(app)
    assert any("The encoder could not be loaded" in warning.value for warning in app.warning)
    assert not any("no weights" in warning.value for warning in app.warning), "the log says why, with its paths"
