"""In a real browser, on every page: nothing that strangers wrote runs, fetches, leads astray or pushes the page apart.

Once without the pages' policy, so that escaping is seen to hold by itself, and once with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hostile import WORDS, views

if TYPE_CHECKING:
    from attacked_site import Attacked
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

_STRANGE = """() => {
  const app = document.querySelector('[data-testid=stApp]'), found = [];
  for (const link of app.querySelectorAll('a[href]')) {
    if (!['http:', 'https:'].includes(link.protocol)) found.push(`link ${link.href}`);
    const own = link.origin === location.origin, rel = (link.rel || '').split(/\\s+/);
    const told = link.outerHTML.slice(0, 200);
    if (!own && !(link.target === '_blank' && rel.includes('noopener'))) found.push(`opener ${told}`);
    if (!own && link.closest('[data-testid=stMarkdownContainer]')) found.push(`Markdown ${told}`);
  }
  for (const each of app.querySelectorAll('*')) {
    for (const one of each.attributes) if (one.name.startsWith('on')) found.push(`${each.tagName} ${one.name}`);
    if (['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META'].includes(each.tagName)) found.push(each.outerHTML.slice(0, 100));
    if (each.tagName === 'IMG' && each.src.includes('evil')) found.push(each.src);
  }
  if (app.querySelector('.katex')) found.push('LaTeX');
  if (window.hacked !== undefined) found.push(`ran: ${window.hacked}`);
  return found;
}"""
_BEYOND = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth];
}"""


@dataclass
class Trapped:
    """A page, and what happened in it that never should."""

    page: Page
    happened: list[str] = field(default_factory=list)

    def visit(self, address: str, path: str, asked: dict) -> list[str]:
        """Open a page, wait until it stands, use it a little, and look through it: what should not be, or happened."""
        self.page.goto(f"{address}/{path}?{urlencode(asked, doseq=True)}")
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.locator("h1").first.wait_for()
        if chart := self.page.locator(".js-plotly-plot .nsewdrag").first:
            if chart.count():
                chart.hover()
        self.page.wait_for_timeout(200)
        return [*self.page.evaluate(_STRANGE), *self.happened]


@contextmanager
def trapped(attacked: Attacked, chromium: Browser, *, policy: bool, width: int = 1400) -> Iterator[Trapped]:
    """A browser in which dialogs, windows and requests that lead elsewhere are noted, and go nowhere."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB", bypass_csp=not policy)
    context.set_default_timeout(60_000)
    page = context.new_page()
    found = Trapped(page)
    page.on("dialog", lambda dialog: (found.happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda _: found.happened.append("another window"))
    page.on("request", lambda one: None if _is_ours(one.url, attacked) else found.happened.append(one.url[:200]))
    page.on("framenavigated", lambda one: None if _is_ours(one.url, attacked) else found.happened.append(one.url[:200]))
    page.on("crash", lambda _: found.happened.append("the page crashed"))
    try:
        yield found
    finally:
        context.close()


def _is_ours(url: str, attacked: Attacked) -> bool:
    return url.startswith((attacked.address, "blob:", "data:", "about:blank"))


def ways(attacked: Attacked, number: int) -> Iterator[tuple[str, dict]]:
    for page, opened in views(attacked.archive.folder, number).items():
        for asked in opened if page in ("document", "speakers") else opened[1:3] or opened:
            yield page, {**asked, "release": number}


def test_without_the_policy_words_are_words_on_every_page(attacked, chromium):
    with trapped(attacked, chromium, policy=False) as browser:
        for page, asked in ways(attacked, attacked.archive.raw):
            assert not browser.visit(attacked.address, page, asked), (page, asked)
        # a link's own words, in the sentence that says what could not be used
        hostile = {name: list(WORDS.values()) for name in ("side", "speaker", "publisher")}
        hostile |= {"statement": WORDS["script"], "lang": WORDS["link"]}
        assert not browser.visit(attacked.address, "timeline", hostile)
        asked = {"q": WORDS["markdown"], "q2": WORDS["script"], "sort": WORDS["link"]}
        assert not browser.visit(attacked.address, "search", asked)


def test_under_the_policy_the_same_pages_stand_and_nothing_happens(attacked, chromium):
    with trapped(attacked, chromium, policy=True) as browser:
        for page, asked in ways(attacked, attacked.archive.imported):
            assert not browser.visit(attacked.address, page, asked), (page, asked)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_longest_word_pushes_no_page_apart(attacked, chromium, width):
    with trapped(attacked, chromium, policy=True, width=width) as browser:
        one = "W" * 300  # what the row of long words is called
        for page, asked in (
            ("", {}),
            ("timeline", {"lanes": "speaker", "statement": one}),
            ("search", {"q": "friend"}),
            ("speakers", {"profile": one}),
            ("document", {"document": one}),
            ("statement", {"statement": one}),
        ):
            assert not browser.visit(attacked.address, page, {**asked, "release": attacked.archive.raw}), page
            assert browser.page.evaluate(_BEYOND) == [0, 0], page
