"""What only a browser shows of the timeline: a range drawn with the mouse, a click on a bar, keys that lead on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_journey import asked, fresh

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def drag(page: Page, chart: int, start: float, end: float) -> None:
    """Draw a range over a chart, from one part of its width to another."""
    bounds = page.locator(".js-plotly-plot .nsewdrag").nth(chart).bounding_box()
    assert bounds is not None
    y = bounds["y"] + bounds["height"] / 2
    page.mouse.move(bounds["x"] + bounds["width"] * start, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(bounds["x"] + bounds["width"] * (start + (end - start) * step / 8), y)
    page.mouse.up()


def settled(page: Page) -> None:
    page.locator(".js-plotly-plot .nsewdrag").nth(1).wait_for()
    page.wait_for_timeout(700)  # charts are drawn once more when they know their width


def test_a_range_drawn_over_the_strip_narrows_everything_and_the_whole_range_comes_back(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{address}/timeline")
        settled(page)
        drag(page, 1, 0.25, 0.5)
        page.wait_for_url(re.compile("from=2021-.*to=2022-"))
        narrowed = asked(page)
        assert narrowed["from"] < narrowed["to"]
        page.get_by_text("Whole range").wait_for()
        assert page.locator("[data-testid=stSidebar]").get_by_text("of 7 statements").count() == 1
        page.get_by_role("button", name="Whole range").click()
        page.wait_for_url(lambda url: "from=" not in url)
        settled(page)
        page.evaluate("document.querySelector('.or-plot').dataset.seen = 'before'")
        drag(page, 0, 0.5, 0.9)
        page.wait_for_url(re.compile("from=202[23]-.*to=202[34]-"))
        page.get_by_text("Whole range").wait_for()
        assert page.locator(".or-plot").first.get_attribute("data-seen") == "before", "the chart is still the same"
    assert complaints == []


def test_a_click_on_a_bar_lists_it_and_keys_lead_to_the_next_statement(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{address}/timeline?by=year&side=CN")
        page.wait_for_url(re.compile("release=1"))
        settled(page)
        bounds = page.locator(".js-plotly-plot .bars .point path").first.bounding_box()
        assert bounds is not None
        page.mouse.click(bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2)
        page.wait_for_url(re.compile("bar=CN.2022"))
        page.get_by_role("button", name="Back to all periods").click()
        page.wait_for_url(lambda url: "bar=" not in url)

        page.goto(f"{address}/timeline?side=CN&statement=s-joint")
        page.get_by_role("button", name="Link to this statement").wait_for()
        settled(page)
        page.keyboard.press("Alt+ArrowDown")
        page.wait_for_url(re.compile("statement=s-friend"))
        page.keyboard.press("Alt+ArrowUp")
        page.wait_for_url(re.compile("statement=s-joint"))
    assert complaints == []


def test_a_chart_whose_program_does_not_arrive_says_so(address, chromium):
    with fresh(chromium, []) as page:
        page.route("**/charts/static/*", lambda asked: asked.abort())
        page.goto(f"{address}/timeline")
        chart = page.locator(".or-plot").first
        chart.get_by_text("Load the page again").wait_for()
        assert chart.inner_text().startswith("The chart could not be drawn")
        assert page.locator(".js-plotly-plot").count() == 0
        assert page.get_by_role("heading", name="Timeline").is_visible(), "the page around it stands"
