"""An analyst at a page, whose actions are counted: what docs/tasks.md calls a walk."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Walk:
    """A click, a field typed into with Enter, a choice from a list: each is an action."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.actions = page, 0
        page.goto(f"{address}/about")  # where no answer stands
        page.get_by_role("heading", name="About").first.wait_for()
        self._began = self._seen = time.perf_counter()

    @property
    def seconds(self) -> float:
        """From the beginning to the last thing that was waited for, the machine's part of the analyst's time."""
        return self._seen - self._began

    def open(self, title: str) -> None:
        """Open a page by the menu."""
        self.actions += 1
        menu = self.page.get_by_test_id("stSidebarNav")
        menu.get_by_role("link", name=title).click()
        name = "On Record" if title == "Overview" else title
        self.page.get_by_role("heading", name=name, exact=True).wait_for()

    def write(self, label: str, words: str) -> None:
        """Type into a field, then Enter."""
        self.actions += 1
        field = self.page.get_by_label(label, exact=True).first
        field.fill(words)
        field.press("Enter")

    def click(self, role: str, name: str) -> None:
        """Click what is called ``name``, a regular expression. role: "text" for what has none."""
        self.actions += 1
        pattern, main = re.compile(name), self.page.get_by_test_id("stMain")
        found = main.get_by_text(pattern) if role == "text" else self.page.get_by_role(role, name=pattern)  # type: ignore[arg-type]
        found.first.click()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list, by typing part of the option."""
        self.actions += 1
        box = self.page.get_by_role("combobox", name=re.compile(label))
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=re.compile(option)).first.click()
        self.page.keyboard.press("Escape")

    def search(self, query: str) -> None:
        """Ask the Search page: two actions."""
        self.open("Search")
        self.write("Search the statements", query)

    def sees(self, words: str) -> None:
        """Wait until ``words``, a regular expression, stand in the page."""
        self.page.get_by_test_id("stMain").get_by_text(re.compile(words)).first.wait_for()
        self.saw()

    def saw(self) -> None:
        """An answer stands: the clock is read."""
        self._seen = time.perf_counter()

    def row(self, table: str, first: str) -> list[str]:
        """The cells of the row of a table that begins with ``first``."""
        found = self.page.get_by_role("table", name=table).get_by_role("row")
        found = found.filter(has_text=re.compile(rf"^\s*{re.escape(first)}")).first
        found.wait_for()
        self.saw()
        return [cell.strip() for cell in found.locator("th, td").all_inner_texts()]

    def listed(self) -> list[str]:
        """The identifiers of the statements whose cards stand on the page, in order."""
        links = self.page.get_by_test_id("stMain").get_by_role("link", name=re.compile("^Open$"))
        links.first.wait_for()
        self.saw()
        addresses = links.evaluate_all("all => all.map((each) => each.getAttribute('href'))")  # in one look
        return [parse_qs(urlsplit(address).query)["statement"][0] for address in addresses]
