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
