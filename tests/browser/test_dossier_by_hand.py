"""Collecting and taking along, in a real browser: storage, downloads and pictures exist only there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import docx
import pytest
from test_journey import fresh

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def downloaded(page: Page, label: str) -> bytes:
    """What a button gives to save."""
    with page.expect_download() as file:
        page.get_by_role("button", name=label, exact=True).click()
    return file.value.path().read_bytes()


def open_menu(page: Page) -> None:
    page.get_by_test_id("stPopoverButton").filter(has_text="Download", visible=True).click()


def counted(page: Page, count: int) -> None:
    """Wait until the menu says how many are collected."""
    page.get_by_role("link", name=f"Dossier ({count})").wait_for()


def test_a_collection_outlives_a_reload_and_a_link_does_not_displace_it(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{address}/search?q=gas&mode=words")
        page.get_by_role("button", name="Add to dossier").first.click()
        counted(page, 1)
        page.wait_for_function("localStorage.getItem('on-record-dossier')")
        mine = json.loads(page.evaluate("localStorage.getItem('on-record-dossier')"))

        page.goto(f"{address}/statement?statement=s-friend")
        counted(page, 1)
        page.get_by_role("button", name="Add to dossier").click()
        counted(page, 2)

        page.goto(f"{address}/dossier?statement=s-talk&title=Of%20a%20colleague")
        page.get_by_text("This dossier came by a link").wait_for()
        assert page.get_by_label("Title").input_value() == "Of a colleague"
        kept = json.loads(page.evaluate("localStorage.getItem('on-record-dossier')"))
        assert kept == {"statement": [*mine["statement"], "s-friend"]}, "the link changed nothing"
        page.get_by_role("button", name="Show mine").click()
        counted(page, 2)
        page.get_by_text("This dossier came by a link").wait_for(state="hidden")
        page.wait_for_url(re.compile("statement=s-friend"))
    assert not complaints


def test_a_paper_gets_its_statements_with_citations_in_four_actions(address, chromium, tmp_path):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(f"{address}/search?q=gas&mode=words")
        open_menu(page)  # 1
        page.get_by_role("button", name="to the dossier").click()  # 2
        counted(page, 2)
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Dossier (2)").click()  # 3
        page.get_by_role("heading", name="Dossier").wait_for()
        open_menu(page)  # 4
        (tmp_path / "paper.docx").write_bytes(downloaded(page, "Word"))
        lines = [line.text for line in docx.Document(tmp_path / "paper.docx").paragraphs]
        assert "“Gas will flow for decades”" in lines
        assert sum("Via On Record, release 1, statement" in line for line in lines) == 2
    assert not complaints


def test_a_chart_is_saved_as_a_picture_in_either_format(address, chromium):
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        page.goto(address)
        page.get_by_text("The numbers behind the chart").click()
        page.get_by_role("button", name="These numbers as CSV").wait_for()
        assert downloaded(page, "These numbers as CSV").startswith(b"Year,")
        for name, begins in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
            page.get_by_role("radio", name=name).click()
            page.wait_for_timeout(1500)  # until the chart has taken over its new camera
            page.locator(".js-plotly-plot").first.hover()
            with page.expect_download() as file:
                page.locator(".modebar-btn[data-title^='Download']").first.click()
            assert file.value.suggested_filename == f"on-record-by-year-and-side.{name.lower()}"
            assert file.value.path().read_bytes().startswith(begins)
    assert not complaints
