"""The filter panel and the chips: every filter can be set, turned round and taken away, and counts follow."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def chips(app: AppTest) -> list[str]:
    return [button.label for button in app.button if button.icon == ":material/close:"]


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def open_more(app: AppTest) -> AppTest:
    app.session_state["more"] = True
    return app.run()


def test_filter_counts_follow_the_other_filters(open_page):
    app = open_more(open_page("overview", side="RU"))
    kinds = app.multiselect(key="kind").options
    assert next(label for label in kinds if label.startswith("Indirect")).endswith(" · 1")
    assert not any(label.startswith("Mixed") for label in kinds), "it would keep nothing"
    app.multiselect(key="side").set_value(["RU", "CN"]).run()
    assert set(app.query_params["side"]) == {"CN", "RU"}
    app.multiselect(key="kind").set_value(["mixed"]).run()
    assert app.multiselect(key="side").value == ["CN", "RU"], "new labels do not lose a choice"
    assert app.query_params["kind"] == "mixed"


@pytest.mark.parametrize(
    ("parameter", "value", "kept"),
    [
        ("office", "Foreign Minister", 3),
        ("basis", "published", 1),
        ("basis", "unknown", 1),
        ("confidence", "high", 7),
        ("speaker", "unknown", 1),
        ("entity", "nato", 1),
        ("not_side", "CN", 3),
        ("not_formula", "no-limits", 6),
    ],
)
def test_every_filter_can_be_asked_for_by_a_link(open_page, parameter, value, kept):
    app = open_page("timeline", **{parameter: value})
    assert any(f"**{kept} of 7** statements" in caption.value for caption in app.caption)
    assert app.query_params[parameter] == value
    assert not app.warning


def test_the_selection_reads_as_chips_that_take_it_away(open_page):
    app = open_page("timeline", side=["CN", "RU"], from_="2022-01-01", not_kind="mixed")
    told = chips(app)
    assert {"Side: China", "Side: Russia", "from 1 January 2022"} <= set(told)
    assert any(label.startswith("not Kind of quotation: Mixed") for label in told)
    press(app, "drop side RU")
    assert app.query_params["side"] == "CN"
    press(app, "drop days")
    assert "from" not in app.query_params
    press(app, "readmit kind mixed")
    press(app, "drop side CN")
    assert set(app.query_params) == {"release"}
    assert chips(app) == []


def test_a_value_can_be_turned_into_what_is_left_out(open_page):
    app = press(open_page("timeline", side="CN"), "turn side CN")
    assert app.query_params["not_side"] == "CN"
    assert "side" not in app.query_params
    assert app.multiselect(key="side").value == []
    assert any("**3 of 7** statements" in caption.value for caption in app.caption)


def test_an_unknown_value_that_is_to_be_left_out_is_named_too(open_page):
    app = open_page("timeline", not_speaker="who")
    assert any("who" in warning.value for warning in app.warning)


def test_what_a_closed_panel_asks_for_still_holds(open_page):
    app = open_page("overview", kind="mixed")
    assert any("**1 of 7** statements" in caption.value for caption in app.caption)
    app.multiselect(key="side").set_value(["CN"]).run()
    assert app.query_params["kind"] == "mixed"
    assert any("(1)" in expander.label for expander in app.expander)


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2022-02-24~7", "2022-02-17", "2022-03-03"),
        ("February 2022", "2022-02-01", "2022-02-28"),
        ("2022-02..2023-03", "2022-02-01", "2023-03-31"),
    ],
)
def test_days_can_be_written_as_a_month_or_around_a_day(open_page, written, since, until):
    app = open_page("timeline")
    app.text_input(key="days_written").set_value(written).run()
    assert (app.query_params["from"], app.query_params["to"]) == (since, until)
    assert app.text_input(key="days_written").value == ""


def test_days_that_cannot_be_read_are_said_and_change_nothing(open_page):
    app = open_page("timeline", from_="2022-01-01")
    app.text_input(key="days_written").set_value("03/04/2022").run()
    assert any("03/04/2022" in warning.value for warning in app.warning)
    assert app.query_params["from"] == "2022-01-01"
