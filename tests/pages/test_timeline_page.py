"""The timeline draws exactly what the filters keep, in the lanes and periods that its address asks for."""

from __future__ import annotations

from datetime import date

import pytest
from charts_drawn import charts, do
from made_archive import SAID, publish_made
from test_pages import html, links, words

WAR = "2022-02-24-russias-full-scale-invasion-ukraine-begins"


def figure(app, at=0):
    """The specification of a chart of the page."""
    return charts(app)[at].figure


def told(app) -> str:
    """What the chart says to those who do not see it."""
    return charts(app)[0].summary


def asked_of(app, name: str) -> list[str]:
    """What the page's address asks for by a parameter."""
    found = app.query_params.get(name, [])
    return found if isinstance(found, list) else [found]


def lanes(app) -> list[str]:
    return figure(app)["layout"]["yaxis"]["ticktext"]


def bars(app) -> dict[str, str]:
    """Each bar's text by what a click on it asks for."""
    drawn = [trace for trace in figure(app)["data"] if trace["type"] == "bar"]
    return {key: text for trace in drawn for key, text in zip(trace["customdata"], trace["text"], strict=True)}


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


@pytest.mark.parametrize(
    ("by", "named"),
    [
        ("side", ["China <b>2</b>", "Russia <b>2</b>", "China and Russia <b>1</b>", "Side not known <b>1</b>"]),
        ("speaker", ["Wang Yi <b>2</b>", "China and Russia <b>1</b>", "Sergey Lavrov <b>1</b>"]),
        ("publisher", ["On Record <b>5</b>", "Example Agency <b>1</b>"]),
    ],
)
def test_lanes_go_by_side_speaker_or_publisher_and_say_how_many_they_hold(open_page, by, named):
    app = open_page("timeline", lanes=by)
    assert [lane for lane in lanes(app) if "&lt;img" not in lane and "Speaker not known" not in lane] == named
    assert asked_of(app, "lanes") == ([] if by == "side" else [by])
    assert not app.warning


@pytest.mark.parametrize("parameters", [{"lanes": "colour"}, {"by": "hour"}, {"counts": "half", "by": "year"}])
def test_an_unknown_way_to_draw_is_said(open_page, parameters):
    app = open_page("timeline", **parameters)
    assert any(next(iter(parameters.values())) in warning.value for warning in app.warning)


def test_a_bar_of_a_speaker_s_lane_lists_its_statements(open_page):
    app = open_page("timeline", lanes="speaker", by="year", bar="wang-yi.2023")
    assert "Gas will flow" in html(app)
    assert "rock solid" not in html(app)
    assert not app.warning


def test_another_choice_of_lanes_closes_a_bar_that_it_does_not_have(open_page):
    app = open_page("timeline", by="year", bar="CN.2023")
    app.segmented_control(key="lanes").set_value("speaker").run()
    assert "bar" not in app.query_params
    assert not app.warning


@pytest.mark.parametrize(("by", "bar"), [("day", "CN.2023-02-22"), ("month", "CN.2023-02"), ("quarter", "CN.2023-Q1")])
def test_bars_count_by_day_month_quarter_and_year(open_page, by, bar):
    app = open_page("timeline", by=by, from_="2023-01-01", to="2023-12-31")
    assert f"bar {bar}" in bars(app)


def test_days_that_could_not_be_told_apart_are_drawn_as_longer_periods_and_the_page_says_so(open_page):
    app = open_page("timeline", by="day")
    assert "So many days could not be drawn" in words(app)
    assert asked_of(app, "by") == ["day"], "the link still asks for days"


def test_counts_are_numbers_until_something_is_compared_and_then_shares_of_what_the_lane_said(open_page):
    assert "China</b>, 2023: 1 statement<" in bars(open_page("timeline", by="year"))["bar CN.2023"]
    app = open_page("timeline", by="year", kind="direct")
    assert "Nobody" in html(app)
    assert "China</b>, 2023: 1 of 1 (100 %)" in bars(app)["bar CN.2023"]
    assert "of all that the side said in that period" in words(app)
    assert asked_of(app, "counts") == ["share"], "a share is always in the link"
    assert "1 of 1 (100 %)" in told(app)


def test_a_share_without_other_filters_is_of_all_statements_of_the_period(open_page):
    app = open_page("timeline", by="year", counts="share")
    assert "China</b>, 2023: 1 of 2 (50 %)" in bars(app)["bar CN.2023"]
    assert "of all statements of that period" in words(app)


def test_a_share_is_within_the_dates_that_are_asked_for(open_page):
    app = open_page("timeline", by="year", counts="share", from_="2023-03-01", to="2023-12-31")
    assert list(bars(app)) == ["bar RU.2023"]
    assert "1 of 1 (100 %)" in bars(app)["bar RU.2023"]


def test_who_wants_numbers_where_shares_come_first_gets_a_link_that_says_so(open_page):
    app = open_page("timeline", by="year", kind="direct", counts="number")
    assert "1 statement<" in bars(app)["bar CN.2023"]
    assert asked_of(app, "counts") == ["number"]


def test_a_share_of_few_is_hatched_and_the_unfinished_year_is_paler_with_an_outline(open_page):
    app = open_page("timeline", by="year", counts="share")
    drawn = next(trace for trace in figure(app)["data"] if trace["type"] == "bar")
    at = drawn["customdata"].index("bar unknown.2024")
    assert drawn["marker"]["pattern"]["shape"][at] == "/"
    assert drawn["marker"]["line"]["width"][at] == 1.5
    assert drawn["marker"]["color"][at].startswith("rgba")
    assert "unfinished" in bars(app)["bar unknown.2024"]
    assert "2024 is unfinished, the archive ends on 16 May 2024" in words(app)


def test_what_is_drawn_spans_the_days_asked_for_so_that_silence_shows(open_page):
    app = open_page("timeline", from_="2022-02-01", to="2022-03-31")
    since, until = figure(app)["layout"]["xaxis"]["range"]
    assert since[:10] <= "2022-02-01"
    assert until[:10] > "2022-03-31"
    assert "2 dated statements from 1 February 2022 to 31 March 2022" in told(app)


def test_days_are_chosen_around_an_event_which_opens(open_page):
    app = open_page("timeline", from_="2021-06-01", to="2021-06-02")
    assert any("Widen the dates" in info.value for info in app.info), "nothing was said then"
    around = app.selectbox(key="around")
    around.select("2022-02-24-russias-full-scale-invasion-ukraine-begins").run()
    assert (asked_of(app, "from"), asked_of(app, "to")) == (["2022-02-10"], ["2022-03-10"])
    assert asked_of(app, "event") == ["2022-02-24-russias-full-scale-invasion-ukraine-begins"]
    app.button(key="around 7").click().run()
    assert (asked_of(app, "from"), asked_of(app, "to")) == (["2022-02-17"], ["2022-03-03"])


def test_the_usual_ranges_end_where_the_archive_ends_and_lead_back(open_page):
    app = open_page("timeline")
    app.button(key="months").click().run()
    assert (asked_of(app, "from"), asked_of(app, "to")) == (["2023-05-17"], ["2024-05-16"])
    app.button(key="year").click().run()
    assert (asked_of(app, "from"), asked_of(app, "to")) == (["2024-01-01"], ["2024-12-31"])
    app.button(key="earlier").click().run()
    assert (asked_of(app, "from"), asked_of(app, "to")) == (["2023-01-01"], ["2023-12-31"])
    assert "2 dated statements" in told(app)
    app.button(key="whole range").click().run()
    assert "from" not in app.query_params
    assert "to" not in app.query_params


def test_a_range_without_statements_leads_on_and_back(open_page):
    app = open_page("timeline", from_="2010-01-01", to="2010-12-31")
    assert app.button(key="later")
    app.button(key="whole range").click().run()
    assert "6 dated statements" in told(app)


@pytest.mark.parametrize(
    ("chart", "drawn", "dates"),
    [
        ("timeline_chart", ["2022-02-24 09:30:15.1234", "2022-01-01"], ("2022-01-01", "2022-02-28")),
        ("timeline_chart", ["2022-02-24", "2022-01-01", "2021-01-01"], (None, None)),
        ("timeline_chart", ["soon", "2022-01-01"], (None, None)),
        ("timeline_chart", 7, (None, None)),
        ("strip", ["2022-01-10", "2022-02-10"], ("2022-01-01", "2022-01-31")),
    ],
)
def test_a_range_drawn_over_a_chart_is_read_in_either_direction(open_page, chart, drawn, dates):
    app = do(open_page("timeline", by="month"), chart, "ranged", drawn)
    assert not app.exception
    assert tuple(app.query_params.get(name) for name in ("from", "to")) == dates


@pytest.mark.parametrize(
    ("mark", "opened"),
    [
        ("statement s-gas", ("statement", "s-gas")),
        (f"event {WAR}", ("event", WAR)),
        ("bar CN.2022", ("bar", "CN.2022")),
        ("statement nobody", ("statement", None)),
        ("everything", ("statement", None)),
    ],
)
def test_a_click_opens_what_was_clicked(open_page, mark, opened):
    app = do(open_page("timeline", by="year"), "timeline_chart", "clicked", mark)
    name, value = opened
    assert not app.exception
    assert app.query_params.get(name) == value


def test_the_strip_shows_all_days_of_the_selection_whatever_the_dates(open_page):
    app = open_page("timeline", from_="2022-02-01", to="2022-03-31")
    strip = charts(app)[1]
    assert strip.summary == (
        "All days of the selection, 1 January 2021 to 16 May 2024; shown above are 1 February 2022 to 31 March 2022."
    )
    assert sum(strip.figure["data"][0]["y"]) == len(SAID) - 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], {"war", "visit", "summit"}),
        (["war"], {"war"}),
        (["war", "joint-statement"], {"war", "joint statement"}),
        (["off"], set()),
        (["on"], {"war", "visit", "summit"}),
    ],
)
def test_events_are_marked_by_kind(open_page, asked, shown):
    app = open_page("timeline", events=asked, from_="2022-01-01", to="2023-12-31")
    marked = [trace for trace in figure(app)["data"] if str(trace.get("customdata", [""])[0]).startswith("event ")]
    kinds = {text.rsplit(", ", 1)[1] for trace in marked for text in trace["text"]}
    assert shown <= kinds
    if asked not in ([], ["on"]):
        assert kinds == shown
    assert not app.warning
    assert asked_of(app, "events") == ([] if asked == ["on"] else asked)


def test_an_unknown_kind_of_event_is_said_and_the_known_ones_are_marked(open_page):
    app = open_page("timeline", events=["war", "picnic"])
    assert any("picnic" in warning.value for warning in app.warning)
    assert asked_of(app, "events") == ["war"]


def test_events_are_switched_off_and_on_again(open_page):
    app = open_page("timeline")
    app.button(key="no events").click().run()
    assert asked_of(app, "events") == ["off"]
    app.button_group(key="event_kinds").set_value(["treaty"]).run()
    assert asked_of(app, "events") == ["treaty"]
    app.button(key="all events").click().run()
    assert "events" not in app.query_params


def test_undated_statements_that_the_dates_leave_out_are_counted_and_reachable(open_page):
    app = open_page("timeline", from_="2022-01-01", to="2023-12-31", list="undated")
    assert "The dates leave out 1 undated statement" in words(app)
    button(app, "Show them, at all dates").click().run()
    assert "talks must go on" in html(app)
    assert "from" not in app.query_params


def test_a_statement_opens_beside_the_chart_with_the_next_one_within_reach_of_the_keyboard(open_page):
    app = open_page("timeline", statement="s-friend")
    assert {app.button(key=f"step {way}").proto.shortcut.lower() for way in ("previous", "next")} == {
        "alt+up",
        "alt+down",
    }
    app.button(key="step next").click().run()
    assert asked_of(app, "statement") == ["s-gas"]
    assert any("statement=s-gas" in link for link in links(app))


def test_many_statements_are_drawn_without_touching_each(open_page, monkeypatch, tmp_path):
    publish_made(tmp_path, more=1500)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path))
    app = open_page("timeline", by="statement")
    assert "too many for a mark each" in words(app)
    assert sum(len(trace.get("x", ())) for trace in figure(app)["data"]) < 500
    assert f"{1500 + len(SAID) - 1:,} dated statements" in told(app)
    first = date.fromordinal(735_000)
    app = open_page("timeline", by="statement", from_=str(first), to=str(date.fromordinal(735_200)))
    assert any("statement s-more-0000" in trace.get("customdata", ()) for trace in figure(app)["data"])
