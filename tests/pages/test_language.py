"""The dashboard speaks the reader's language: what a link asks for, what was chosen, or the browser's."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st
from charts_drawn import charts

from analysis.messages import any_of, count_message, message
from pages.parts import language, strings

PAGES = ("overview", "timeline", "search", "speakers", "entities", "compare", "document", "statement", "about")


def translation(code: str, words: str) -> str:
    return str(strings.read(code).get(words).string)


@pytest.fixture
def speaking(monkeypatch):
    """Say everything in a language, outside of a session."""

    def speak(code: str) -> None:
        monkeypatch.setattr(language, "current", lambda: code)

    return speak


@pytest.mark.parametrize("code", ["zh", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(open_page, page, code):
    app = open_page(page, lang=code)
    assert not app.warning
    assert app.query_params["lang"] == code


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_a_page_s_title_is_in_the_language_that_a_link_asks_for(open_page, code):
    assert open_page("timeline", lang=code).title[0].value == translation(code, "Timeline") != "Timeline"


@pytest.mark.parametrize(
    ("locale", "accepted", "shown"),
    [
        ("zh-CN", "", "zh"),
        (None, "de-DE,ru;q=0.8,en;q=0.5", "ru"),
        ("de", "de,fr", "en"),
        (None, "ru;q=a, ;,zh", "zh"),
    ],
)
def test_the_browser_s_language_is_taken_where_nobody_chose_and_leaves_no_trace(
    open_page, monkeypatch, locale, accepted, shown
):
    monkeypatch.setattr(type(st.context), "locale", locale)
    monkeypatch.setattr(type(st.context), "headers", {"Accept-Language": accepted})
    app = open_page("about")
    assert app.session_state["lang_shown"] == shown
    assert "lang" not in app.query_params


def test_the_choice_in_the_sidebar_holds_on_every_page_and_keeps_the_filters(open_page):
    app = open_page("search", side="CN", q="gas", mode="words")
    app.segmented_control(key="language_switch").set_value("ru").run()
    assert app.session_state["lang_shown"] == "ru"
    assert dict(app.query_params) == {"side": "CN", "q": "gas", "mode": "words", "lang": "ru", "release": "1"}
    app.query_params = {}  # the page menu brings no parameters
    app.switch_page("pages/views/about.py").run()
    assert app.title[0].value == translation("ru", "About")
    assert app.query_params["lang"] == "ru"


def test_a_copied_link_carries_a_chosen_language_and_no_other(open_page):
    assert "lang=zh" in open_page("about", lang="zh").code[0].value
    assert "lang=" not in open_page("about").code[0].value


def test_an_unknown_language_is_said_aloud(open_page):
    app = open_page("about", lang="xx")
    assert any("xx" in warning.value for warning in app.warning)
    assert "lang" not in app.query_params


def test_an_address_that_the_browser_has_not_taken_over_does_not_undo_a_choice(open_page):
    app = open_page("about", lang="zh")
    app.segmented_control(key="language_switch").set_value("ru").run()
    app.query_params["lang"] = "zh"
    app.run()
    assert app.session_state["lang_shown"] == "ru"


@pytest.mark.parametrize(
    ("code", "day", "days", "months", "number"),
    [
        ("en", "18 March 2023", "9–18 March 2023", "March 2023 – May 2024", "1,204"),
        ("zh", "2023年3月18日", "2023年3月9日–18日", "2023年3月 – 2024年5月", "1,204"),
        ("ru", "18 марта 2023 г.", "9–18 марта 2023 г.", "март 2023 г. – май 2024 г.", "1\xa0204"),
    ],
)
def test_days_and_numbers_are_written_as_readers_write_them(speaking, code, day, days, months, number):
    speaking(code)
    last = date(2023, 3, 18)
    narrow = "\u202f"  # before the Russian word for year
    assert language.day(last).replace(narrow, " ") == day
    assert language.span(last, last) == language.day(last)
    assert language.span(date(2023, 3, 9), last).replace(narrow, " ") == days
    assert language.span(last, date(2024, 5, 16)).replace(narrow, " ") == months
    assert language.span(date(2001, 3, 9), last) == "2001–2023"
    assert language.number(1204) == number


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 высказывание"),
        (3, "3 высказывания"),
        (5, "5 высказываний"),
        (21, "21 высказывание"),
        (1204, "1\xa0204 высказывания"),
    ],
)
def test_russian_plurals_follow_the_number(speaking, count, told):
    speaking("ru")
    assert language.trn("{count} statement", "{count} statements", count) == told
    assert language.told(count_message("{count} statement", "{count} statements", count)) == told


def test_a_message_of_analysis_is_translated_with_what_was_put_into_it(speaking):
    speaking("zh")
    asked = message("not {what}", what=message("until {day}", day=date(2023, 4, 30)))
    assert language.told(asked) == translation("zh", "not {what}").format(
        what=translation("zh", "until {day}").format(day="2023年4月30日")
    )
    assert language.told(any_of(["Wang Yi", "Qin Gang"])) == "Wang Yi或Qin Gang"


def test_what_has_no_translation_is_said_in_english(speaking):
    speaking("ru")
    assert language.tr("no such words {x}", x="{y}") == "no such words {y}"
    assert language.tr("") == ""


def test_figures_are_kept_for_each_language(open_page):
    english = charts(open_page("timeline"))[0].summary
    assert charts(open_page("timeline", lang="zh"))[0].summary != english


def test_outside_of_a_session_it_is_english():
    assert language.current() == "en"


def test_a_russian_day_at_a_sentence_s_end_brings_its_point(speaking):
    speaking("ru")
    assert language.tr("{sentence}.", sentence=language.day(date(2023, 3, 18))).endswith("2023\u202fг.")
