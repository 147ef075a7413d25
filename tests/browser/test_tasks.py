"""The ten tasks of a working analyst, each in four actions at most, the answer checked against the archive's tables.

docs/tasks.md tells the same walks. ON_RECORD_WALKED=FOLDER walks them on an archive that is there, such as the whole
shipped corpus; else part of it is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import docx
import pandas as pd
import pytest
from test_journey import asked, cards, fresh

from analysis.archive import open_release

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_MOST = 4


class Walk:
    """An analyst at a page. A click, a field typed into with Enter, a choice from a list: each is an action."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.actions = page, 0
        page.goto(f"{address}/about")  # where no answer stands
        page.get_by_role("heading", name="About").first.wait_for()

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

    def row(self, table: str, first: str) -> list[str]:
        """The cells of the row of a table that begins with ``first``."""
        found = self.page.get_by_role("table", name=table).get_by_role("row").filter(has_text=first).first
        found.wait_for()
        return [cell.strip() for cell in found.locator("th, td").all_inner_texts()]


@pytest.fixture
def walk(shipped_address: str, chromium) -> Iterator[Walk]:
    """A walk that begins in a new browser and may take four actions."""
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        walk = Walk(page, shipped_address)
        yield walk
        problems = list(complaints)  # closing the browser breaks off what it still loads
    assert not problems
    assert walk.actions <= _MOST


@pytest.fixture(scope="module")
def said(shipped: Path) -> pd.DataFrame:
    """Every statement of the archive."""
    table: pd.DataFrame = open_release(shipped).statements.copy()
    table["day"] = pd.to_datetime(table["said_on"])
    return table


def of_side(table: pd.DataFrame, *sides: str) -> pd.Series:
    return table["sides"].map(lambda each: bool(set(each) & set(sides)))


def test_1_what_beijing_and_moscow_said_in_the_two_weeks_around_a_day(walk, said):
    walk.open("Timeline")
    walk.write("Days", "2022-02-24~7")
    walk.choose("Side", "China")
    if of_side(said[said["day"].between("2022-02-17", "2022-03-03")], "RU").any():
        walk.choose("Side", "Russia")
    expected = said[said["day"].between("2022-02-17", "2022-03-03") & of_side(said, "CN", "RU")]
    assert len(expected) > 5
    walk.page.get_by_test_id("stSidebar").get_by_text(re.compile(rf"^{len(expected)} of {len(said)} stat")).wait_for()
    walk.page.wait_for_url(re.compile("from=2022-02-17.*to="))  # the address is written last
    assert (asked(walk.page)["from"], asked(walk.page)["to"]) == (["2022-02-17"], ["2022-03-03"])
    walk.page.locator(".or-card .or-words").first.wait_for()
    assert all(any(words.strip("“”") in text for text in expected["text"]) for words in cards(walk.page))


def test_2_everything_a_speaker_said_about_a_subject_newest_first(walk, said):
    walk.search('peace talks mediation speaker:"Wang Yi"')
    walk.sees("by meaning alone")
    walk.click("radio", "Newest first")
    walk.page.wait_for_url(re.compile("sort=newest"))
    found = int(walk.page.get_by_text(re.compile("by meaning alone")).inner_text().split(" of ")[0])
    shown = cards(walk.page)[:found]  # what follows is only related, and the page says so
    assert any("peace talks" in words for words in shown)
    theirs = said[said["speaker_id"] == "wang-yi"]
    days = [theirs.loc[[text in words for text in theirs["text"]], "day"].iloc[0] for words in shown]
    assert days == sorted(days, reverse=True)


def test_3_statements_that_mean_the_same_by_side(walk):
    walk.search("we are not allies")
    walk.sees("by meaning alone")
    russia = walk.page.get_by_test_id("stMain").get_by_text(re.compile(r"^Russia · \d+")).first
    count = russia.inner_text().split(" · ")[1]
    assert int(count) > 1
    walk.click("text", r"^Russia · \d+")
    walk.page.wait_for_url(re.compile("side=RU"))
    walk.sees(rf"^{count} of \d+ statements? hold")
    assert any("military alliance" in words for words in cards(walk.page))


def test_4_how_often_and_by_whom_a_phrase_was_said_by_year(walk, said):
    walk.search('"no limits"')
    exact = said[said["text"].str.contains(r"no[ -]limits", case=False)]
    walk.sees(f"{len(exact)} of {len(said)}")
    walk.click("text", "By whom, and the chart")
    years = exact[exact["side"].fillna("").str.contains("RU")]["day"].dt.year.value_counts()
    row = walk.row("Who says it", "Russia")
    assert row[1] == str(int(years.sum()))
    assert all(f"{year}: {count}" in row[2] for year, count in years.items())


def test_5_whether_a_quotation_is_verbatim_where_and_in_what_context(walk):
    walk.search('"Friendship between the two states has no limits"')
    walk.sees("1 of")
    walk.click("link", "^Open$")
    walk.sees("Verbatim|verbatim")
    walk.sees("declared in the document")
    assert walk.page.get_by_role("link", name=re.compile("CNBC-TV18")).count()


def test_6_who_spoke_for_a_ministry_in_a_month(walk, said):
    walk.open("Speakers")
    walk.write("Name", "Chinese Foreign Ministry")
    walk.click("link", "^Chinese Foreign Ministry$")
    walk.write("Days", "2024-05")
    walk.sees("From 1 May 2024 to 31 May 2024")
    theirs = said[said["day"].between("2024-05-01", "2024-05-31") & (said["speaker_name"] == "Lin Jian")]
    row = walk.row("Who spoke for Chinese Foreign Ministry", "Lin Jian")
    assert row[1:3] == ["Chinese Foreign Ministry spokesperson", str(len(theirs))]


def test_7_what_a_speaker_said_before_and_after_an_event(walk, said):
    walk.open("Speakers")
    walk.click("link", "^Wang Yi$")
    walk.choose("Event", "full-scale invasion")
    theirs = said[said["speaker_members"].map(lambda each: "wang-yi" in each)]
    counts = {
        when: int(theirs["day"].between(first, last).sum())
        for when, first, last in (("Before", "2022-01-25", "2022-02-23"), ("After", "2022-02-25", "2022-03-26"))
    }
    for when, count in counts.items():
        assert walk.row("Statements around the event", when)[1] == str(count)


def test_8_a_link_to_exactly_this_view_for_a_colleague(walk, chromium):
    walk.search("friendship side:China")
    walk.page.wait_for_url(re.compile("q=friendship"))
    walk.sees("by meaning alone")
    walk.page.locator(".or-card").first.wait_for()
    walk.click("button", "Link to this view")
    link = walk.page.locator("[data-testid=stCode]").inner_text().strip()
    with fresh(chromium, []) as colleague:
        colleague.goto(link)
        colleague.locator(".or-card").first.wait_for()
        colleague.wait_for_timeout(500)
        assert cards(colleague) == cards(walk.page)
        assert asked(colleague) == asked(walk.page)


def test_9_these_statements_with_citations_into_a_paper(walk, said, tmp_path):
    walk.search('speaker:"Hua Chunying" on:2022-02')
    theirs = said[(said["speaker_id"] == "hua-chunying") & said["day"].between("2022-02-01", "2022-02-28")]
    walk.sees(f"{len(theirs)} of {len(said)}")
    walk.actions += 1
    walk.page.get_by_test_id("stPopoverButton").filter(has_text="Download", visible=True).click()
    with walk.page.expect_download() as file:
        walk.click("button", "^Word$")
    file.value.save_as(tmp_path / "paper.docx")
    lines = [line.text for line in docx.Document(str(tmp_path / "paper.docx")).paragraphs]
    assert sum("Via On Record, release 1, statement" in line for line in lines) == len(theirs) > 3


@pytest.mark.parametrize("doubt", ["undated", "published", "nobody", "unsure"])
def test_10_which_statements_have_uncertain_dates_or_speakers(walk, said, doubt):
    mask, label = {
        "undated": (said["said_on"].isna(), "undated statement"),
        "published": (said["said_on_basis"] == "published", "with the day of publication only"),
        "nobody": (said["speaker_id"].isna(), "without a speaker"),
        "unsure": (said["confidence"] < 0.6, "of low confidence"),
    }[doubt]
    count = int(mask.sum())
    walk.open("Overview")
    if not count:
        walk.sees("What these counts leave out")
        assert not walk.page.get_by_role("link", name=label).count()
        return
    walk.click("link", rf"^{count} {label}")
    walk.page.get_by_role("heading", name="Timeline", exact=True).wait_for()
    walk.page.locator(".or-card .or-words").first.wait_for()
    kept = set(said.loc[mask, "text"])
    assert all(any(words.strip("“”") in text for text in kept) for words in cards(walk.page))
