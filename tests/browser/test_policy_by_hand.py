"""Under the policy that every page comes with, nothing that a page does is barred, and nothing strange runs."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_accessibility import _OPENED

from access.roles import Act
from pages.parts import places

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def _opened(address: str, chromium: Browser, where: str) -> tuple[Page, list[str]]:
    page = chromium.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    barred: list[str] = []
    page.on("console", lambda told: barred.append(told.text) if "Content Security Policy" in told.text else None)
    page.goto(f"{address}/{where}")
    page.locator("h1").first.wait_for()
    page.wait_for_url("**release=1**")
    page.wait_for_timeout(1_000)  # charts have settled
    return page, barred


@pytest.mark.parametrize("path", [place.path for place in places.PLACES.values() if place.act is Act.READ])
def test_nothing_that_a_page_does_is_barred(address: str, chromium: Browser, path: str):
    for query in dict.fromkeys(("", _OPENED.get(path, ""))):
        page, barred = _opened(address, chromium, f"{path}?{query}")
        assert not barred
        page.context.close()


def test_charts_are_drawn_and_files_are_what_the_route_writes(address: str, chromium: Browser, tmp_path: Path):
    page, barred = _opened(address, chromium, "timeline?side=CN")
    chart = page.locator(".js-plotly-plot").first
    chart.hover()
    with page.expect_download() as picture:
        page.locator(".modebar-btn[data-title*='ownload']").first.click()
    assert picture.value.suggested_filename.endswith(".png")
    page.get_by_role("button", name="Download").first.click()
    with page.expect_download() as table:
        page.get_by_role("button", name="CSV").first.click()
    table.value.save_as(tmp_path / "page.csv")
    with urllib.request.urlopen(f"{address}/export.csv?side=CN", timeout=30) as answer:
        assert answer.read() == (tmp_path / "page.csv").read_bytes()
    assert not barred
    page.context.close()


def test_a_script_that_stands_in_a_page_and_is_not_ours_does_not_run(address: str, chromium: Browser):
    page, barred = _opened(address, chromium, "about")
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.strange = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.strange = 2">');
            return new Promise((done) => setTimeout(() => done(window.strange), 300));
        }"""
    )
    assert ran is None
    assert barred
    page.context.close()


def test_a_browser_that_has_been_here_sees_the_page_again(address: str, chromium: Browser):
    page, barred = _opened(address, chromium, "timeline")
    for _ in range(2):
        page.goto("about:blank")
        with page.expect_response(lambda answer: answer.url.startswith(f"{address}/timeline")) as answer:
            page.goto(f"{address}/timeline")
        page.locator("h1").first.wait_for()
        assert "script-src" in answer.value.headers["content-security-policy"]
    assert not barred
    page.context.close()
