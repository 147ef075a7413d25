"""axe-core finds nothing serious on any page: in both themes, wide and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages.parts import places

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# What each page is opened with, so that it shows all that it can.
_OPENED = {
    "timeline": "statement=s-gas&side=CN&from=2022-01-01&to=2023-12-31",
    "search": "q=gas",
    "speakers": "profile=wang-yi",
    "entities": "profile=ukraine",
    "compare": "who=side:CN&who=side:RU&q=friend",
    "document": "document=d-brief&quote=q-d-brief-s-gas",
    "statement": "statement=s-gas",
    "dossier": "statement=s-gas&statement=s-friend",
}
_LOOKS = {"light": (1400, "light"), "dark": (1400, "dark"), "phone": (390, "light")}


@pytest.mark.parametrize("look", _LOOKS)
@pytest.mark.parametrize("path", places.PLACES)
def test_axe_finds_nothing_serious(address: str, chromium: Browser, path: str, look: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    width, theme = _LOOKS[look]
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    context.set_default_timeout(60_000)
    page = context.new_page()
    for query in dict.fromkeys(("", _OPENED.get(path, ""))):
        page.goto(f"{address}/{path}?{query}")
        page.locator("h1").first.wait_for()
        page.wait_for_url("**release=1**")
        page.wait_for_timeout(800)  # charts have settled
        found = axe.run(page).response["violations"]
        serious = {
            (each["id"], node["target"][0], node["failureSummary"][:300])
            for each in found
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        }
        assert not serious, serious
    context.close()


_TOO_WIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), page = document.documentElement;
  const over = [...main.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1);
  return [main.scrollWidth - main.clientWidth, page.scrollWidth - innerWidth,
          over.slice(0, 3).map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`).join()];
}"""


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", places.PLACES)
def test_at_200_percent_and_on_a_phone_nothing_scrolls_sideways(address, chromium: Browser, path: str, language: str):
    context = chromium.new_context(viewport={"width": 700, "height": 450}, device_scale_factor=2)  # 1400 at 200 %
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{address}/{path}?lang={language}&{_OPENED.get(path, '')}")
    page.locator("h1").first.wait_for()
    page.wait_for_url("**release=1**")
    for width in (700, 390):
        page.set_viewport_size({"width": width, "height": 450})
        page.wait_for_timeout(800)  # charts are drawn once more when they know their width
        beyond, page_beyond, what = page.evaluate(_TOO_WIDE)
        assert (beyond, page_beyond) == (0, 0), f"{width} px: {what}"
    context.close()
