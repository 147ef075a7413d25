"""One analyst's way through the dashboard, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_PATIENCE = 60_000  # milliseconds; the first page of a server pays for its imports


@contextmanager
def fresh(chromium: Browser, complaints: list[str], width: int = 1400, height: int = 900) -> Iterator[Page]:
    """A page in a new browser profile; ``complaints`` gathers what its console reports as errors."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    yield page
    context.close()


def asked(page: Page) -> dict[str, list[str]]:
    """What the address bar asks for."""
    return parse_qs(urlsplit(page.url).query)


def cards(page: Page) -> list[str]:
    """The words of every statement on the page, in order."""
    return page.locator(".or-card .or-words").all_inner_texts()


def pick(page: Page, label: str, option: str, address: str) -> None:
    """Choose an option in a filter and wait for what it puts into the address."""
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(option)).first.click()
    page.wait_for_url(re.compile(address))
    page.keyboard.press("Escape")


def test_filter_search_open_a_statement_and_hand_its_link_to_a_colleague(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(address)
        page.get_by_role("heading", name="On Record").wait_for()

        pick(page, "Side", "China", "side=CN")

        page.get_by_role("link", name="Search").click()
        page.get_by_role("heading", name="Search").wait_for()
        box = page.get_by_role("textbox", name="Search the statements").or_(page.get_by_role("searchbox"))
        box.first.fill("gas")
        box.first.press("Enter")
        page.wait_for_url(re.compile("q=gas"))
        page.locator(".or-card", has_text="Gas will flow for decades").wait_for()
        assert asked(page)["side"] == ["CN"], "the filter came along"
        assert not any("gas pipe" in words for words in cards(page)), "Russia's statement is filtered out"

        page.get_by_role("link", name="On the timeline").first.click()
        page.wait_for_url(re.compile("/timeline.*statement=s-gas"))
        page.get_by_text("worked out from “on Wednesday” and the publication date").first.wait_for()

        page.get_by_role("button", name="Link to this view").click()
        link = page.locator("[data-testid=stCode]").inner_text().strip()
        here = asked(page)
        shown = cards(page)
    assert parse_qs(urlsplit(link).query) == here

    with fresh(chromium, complaints) as colleague:
        colleague.goto(link)
        colleague.get_by_text("worked out from “on Wednesday” and the publication date").first.wait_for()
        colleague.wait_for_function("count => document.querySelectorAll('.or-words').length == count", arg=len(shown))
        assert cards(colleague) == shown
        assert asked(colleague) == here
        side = colleague.locator("[data-testid=stSidebar]").get_by_text("China")
        side.first.wait_for()
        assert side.count() == 1, "the filter is set"

        colleague.get_by_role("link", name="In context").first.click()
        highlighted = colleague.locator("mark.or-asked")
        highlighted.wait_for()
        assert "Gas will flow for decades" in highlighted.inner_text()

        colleague.go_back()
        colleague.wait_for_url(re.compile("/timeline.*statement=s-gas"))
        colleague.get_by_text("worked out from “on Wednesday”").first.wait_for()
    assert complaints == []


def test_a_click_on_a_mark_opens_its_statement_and_back_closes_it(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{address}/timeline?speaker=sergey-lavrov")
        mark = page.locator(".js-plotly-plot .scatterlayer .point").last
        mark.wait_for()
        page.wait_for_url(re.compile("release=1"))
        page.wait_for_timeout(500)  # the chart has settled
        bounds = page.locator(
            ".js-plotly-plot .scatterlayer path.point[style*='rgb(31, 127, 191)']"
        ).first.bounding_box()
        assert bounds is not None
        page.mouse.click(bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2)
        page.wait_for_url(re.compile("statement=s-pipe"))
        page.get_by_role("button", name="Link to this statement").wait_for()
        page.go_back()
        page.wait_for_url(lambda url: "statement=" not in url)
        page.get_by_role("button", name="Link to this statement").wait_for(state="detached")
    assert complaints == []


def test_a_quotation_far_down_is_scrolled_to(address, chromium):
    with fresh(chromium, [], width=390, height=640) as page:
        page.goto(f"{address}/document?document=d-brief&quote=q-d-brief-s-hostile")
        marked = page.locator("mark.or-asked")
        marked.wait_for()
        page.wait_for_timeout(1500)
        bounds = marked.bounding_box()
        assert bounds is not None
        assert 0 <= bounds["y"] < 640


def test_a_link_may_be_the_first_request_after_a_start(cold_address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{cold_address}/timeline?side=CN")
        page.get_by_role("heading", name="Timeline").wait_for()
        page.get_by_role("button", name="Clear all filters").wait_for()
        assert not page.get_by_role("dialog").count(), page.get_by_role("dialog").all_inner_texts()
    assert not complaints
