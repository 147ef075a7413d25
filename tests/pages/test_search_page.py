"""The Search page counts all that a query finds, lists it by relevance or date, and puts queries side by side."""

from __future__ import annotations

from charts_drawn import charts
from test_pages import html, words

from analysis import warming


def alts(app) -> list[str]:
    return [chart.summary for chart in charts(app)]


def opened(app):
    app.session_state["hit_details"] = True
    return app.run()


def test_how_many_of_how_many_are_found_and_in_what_way(open_page):
    assert "**1 of 7** statements say it" in words(open_page("search", q="“no limits”"))
    shown = words(open_page("search", q="gas"))
    assert (
        "**2 of 7** statements hold these words or are close in meaning: 2 by their words, 0 by meaning alone" in shown
    )
    assert "**2 of 7** statements are close in meaning" in words(open_page("search", q="friends", mode="semantic"))
    assert "**1 of 3** statements say it" in words(open_page("search", q="“gas pipe”", not_side="CN"))


def test_hits_are_drawn_along_time_and_in_words(open_page):
    app = open_page("search", q="side:CN OR side:RU")
    (chart,) = alts(app)
    assert "What was found, by side, 2021-01 to 2023-03: most in 2021-01, with 1 of 5." in chart
    assert "1 undated statement" in words(app)


def test_the_filters_count_what_the_query_finds(open_page):
    app = open_page("search", q="gas")
    assert app.multiselect(key="side").options == ["China · 1", "Russia · 1"]
    app.multiselect(key="side").set_value(["RU"]).run()
    assert app.multiselect(key="side").options == ["China · 1", "Russia · 1"], "what another choice would bring"
    assert app.multiselect(key="speaker").options == ["Sergey Lavrov · 1"]
    app.text_input(key="q").set_value("friendship").run()
    assert app.multiselect(key="side").options == ["China · 2", "Russia · 1"]
    assert open_page("timeline").multiselect(key="side").options[0].startswith("China · 4")


def test_by_date_the_newest_or_the_oldest_come_first_and_undated_ones_last(open_page):
    for sort, first, second in (("newest", "Gas will flow", "rock solid"), ("oldest", "rock solid", "Gas will flow")):
        app = open_page("search", q="speaker:wang-yi", sort=sort)
        shown = html(app)
        assert shown.index(first) < shown.index(second) < shown.index("talks must go on")
    assert app.query_params["sort"] == "oldest"
    assert "sort" not in open_page("search", q="speaker:wang-yi", sort="newest").query_params, "it is what is meant"
    assert open_page("search", q="friendship", sort="newest").query_params["sort"] == "newest"


def test_an_unknown_order_or_height_is_said(open_page):
    assert any("tallest" in each.value for each in open_page("search", q="gas", sort="tallest").warning)
    assert any("pounds" in each.value for each in open_page("search", q="gas", q2="pipe", count="pounds").warning)
    assert any("very" in each.value for each in open_page("search", q="gas", far="very").warning)


def test_a_side_a_speaker_or_a_year_of_the_hits_narrows_the_filters(open_page):
    app = open_page("search", q="kind:direct")
    sides = app.button_group(key="narrow_side")
    assert sides.label == "By side"
    sides.set_value("CN").run()
    assert app.query_params["side"] == "CN"
    app.button_group(key="narrow_years").set_value("2022").run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2022-01-01", "2022-12-31")
    assert "**2 of 2** statements" in words(app)


def test_by_whom_and_in_which_years(open_page):
    shown = html(opened(open_page("search", q="friendship")))
    assert 'aria-label="Who says it"' in shown
    assert "profile=wang-yi" in shown
    assert "2022: 1" in shown


def test_several_queries_stand_side_by_side_as_shares_with_the_numbers_behind(open_page):
    app = open_page("search", q="friendship", q2="gas", q3="“talks”", mode="words")
    (chart,) = alts(app)
    assert "Share of each period’s statements" in chart
    assert "“gas”: most in 2023-02, 100.0 % (1 of 1)." in chart
    assert "friendship — **2 of 7**" in words(app)
    shown = html(opened(app))
    assert 'aria-label="Statements by period and query"' in shown
    assert "%)" in shown
    assert {name: app.query_params[name] for name in ("q", "q2", "q3")} == {
        "q": "friendship", "q2": "gas", "q3": "“talks”",
    }  # fmt: skip


def test_counts_instead_of_shares_are_in_the_address(open_page):
    app = open_page("search", q="friendship", q2="gas", count="number")
    assert "Statements by period" in alts(app)[0]
    assert app.query_params["count"] == "number"


def test_a_further_query_is_added_and_taken_away_on_the_page(open_page):
    app = open_page("search", q="friendship")
    app.button(key="add_query").click().run()
    app.text_input(key="q2").set_value("gas").run()
    assert app.query_params["q2"] == "gas"
    assert len(alts(app)) == 1
    app.text_input(key="q2").set_value("").run()
    assert "q2" not in app.query_params


def test_a_phrase_needs_no_encoder_and_so_no_waiting(open_page, monkeypatch):
    monkeypatch.setattr(warming, "_state", {"thread": None})
    app = open_page("search", q="“no limits”")
    assert not any("Meaning follows" in info.value for info in app.info)


def test_what_comes_next_is_shown_apart_and_not_counted(open_page):
    app = open_page("search", q="friendship")
    assert "These come next" in words(app)
    shown = html(open_page("search", q="friendship", far="on"))
    assert shown.count('<article class="or-card"') == 7


def test_quotation_marks_of_a_query_are_drawn_as_they_were_typed(open_page):
    drawn = charts(open_page("search", q='"no limits"', q2="<b>gas</b>"))[0].figure["data"]
    assert [trace["name"] for trace in drawn] == ['"no limits"', "&lt;b&gt;gas&lt;/b&gt;"]
