"""The ten tasks of a working analyst, each in four actions at most, the answer checked against the archive's tables.

docs/tasks.md tells the same walks. ON_RECORD_TEST_WALKED=FOLDER walks them on an archive that is there, such as the
whole shipped corpus; else part of it is built. benchmarks/task_walks.py does that for several archives and prints what
each walk took: ON_RECORD_TEST_WALKS names the file that it is written to.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pandas as pd
import pytest
from analyst import Walk
from test_journey import asked, cards, fresh

from analysis.archive import open_release

pytestmark = pytest.mark.browser
_MOST = 4
_KNOWN = "Friendship between the two states has no limits"  # in the shipped corpus


@pytest.fixture
def walk(shipped_address: str, chromium, request) -> Iterator[Walk]:
    """A walk that begins in a new browser and may take four actions."""
    complaints: list[str] = []
    with fresh(chromium, complaints) as page:
        walk = Walk(page, shipped_address)
        yield walk
        problems = list(complaints)  # closing the browser breaks off what it still loads
    if file := os.environ.get("ON_RECORD_TEST_WALKS"):
        with Path(file).open("a", encoding="utf-8") as lines:
            told = {"walk": request.node.name, "actions": walk.actions, "seconds": round(walk.seconds, 1)}
            lines.write(json.dumps(told) + "\n")
    assert not problems
    assert walk.actions <= _MOST


@pytest.fixture(scope="module")
def said(shipped: Path) -> pd.DataFrame:
    """Every statement of the archive by its identifier, with its day."""
    table: pd.DataFrame = open_release(shipped).statements.set_index("statement_id")
    table["day"] = pd.to_datetime(table["said_on"])
    return table


@pytest.fixture(scope="module")
def quotation(shipped: Path, said: pd.DataFrame) -> tuple[str, str]:
    """Words that are printed in quotation marks, and the identifier of the only statement with them."""
    known = said[said["text"].str.contains(_KNOWN, regex=False)]
    if len(known) == 1:
        return _KNOWN, str(known.index[0])
    several = said[(said["kind"] == "direct") & (said["prints"] > 1) & ~said["text"].duplicated(keep=False)]
    words = several["text"].str.strip(".").sort_index()
    for statement_id, each in words.items():
        if said["text"].str.contains(each, case=False, regex=False).sum() == 1:
            return str(each), str(statement_id)
    raise AssertionError("nothing here is printed twice")


def of_side(table: pd.DataFrame, *sides: str) -> pd.Series:
    return table["sides"].map(lambda each: bool(set(each) & set(sides)))


def by(table: pd.DataFrame, speaker: str) -> pd.Series:
    return table["speaker_members"].map(lambda each: speaker in each)


def test_1_what_beijing_and_moscow_said_in_the_two_weeks_around_a_day(walk, said):
    walk.open("Timeline")
    walk.write("Days", "2022-02-24~7")
    walk.choose("Side", "China")
    if of_side(said[said["day"].between("2022-02-17", "2022-03-03")], "RU").any():
        walk.choose("Side", "Russia")
    expected = said[said["day"].between("2022-02-17", "2022-03-03") & of_side(said, "CN", "RU")]
    assert len(expected) > 5
    count = re.compile(rf"^{len(expected):,} of {len(said):,} stat")
    walk.page.get_by_test_id("stSidebar").get_by_text(count).wait_for()
    walk.page.wait_for_url(re.compile("from=2022-02-17.*to="))  # the address is written last
    assert (asked(walk.page)["from"], asked(walk.page)["to"]) == (["2022-02-17"], ["2022-03-03"])
    assert set(walk.listed()) <= set(expected.index)


def test_2_everything_a_speaker_said_about_a_subject_newest_first(walk, said):
    walk.search('peace talks mediation speaker:"Wang Yi"')
    walk.sees("by meaning alone")
    walk.click("radio", "Newest first")
    walk.page.wait_for_url(re.compile("sort=newest"))
    walk.sees("by meaning alone")
    walk.page.wait_for_timeout(1000)  # the list follows the order
    found = int(walk.page.get_by_text(re.compile("by meaning alone")).inner_text().split(" of ")[0].replace(",", ""))
    shown = said.loc[walk.listed()[:found]]  # what follows is only related, and the page says so
    assert shown["text"].str.contains("peace talks|mediat").any()
    assert by(shown, "wang-yi").all()
    assert shown["day"].dropna().is_monotonic_decreasing
    assert not shown["day"].isna().any() or shown["day"].isna().iloc[-1]


def test_3_statements_that_mean_the_same_by_side(walk, said):
    walk.search("we are not allies")
    walk.sees("by meaning alone")
    russia = walk.page.get_by_test_id("stMain").get_by_text(re.compile(r"^Russia · \d+")).first
    count = russia.inner_text().split(" · ")[1]
    assert int(count.replace(",", "")) > 1
    walk.click("text", r"^Russia · \d+")
    walk.page.wait_for_url(re.compile("side=RU"))
    walk.sees(rf"^{count} of [\d,]+ statements? hold")
    shown = said.loc[walk.listed()]
    assert of_side(shown, "RU").all()
    assert shown["text"].str.contains("allies|alliance|allied").any()


def test_4_how_often_and_by_whom_a_phrase_was_said_by_year(walk, said):
    walk.search('"no limits"')
    exact = said[said["text"].str.contains(r"no[ -]limits", case=False)]
    walk.sees(f"{len(exact):,} of {len(said):,}")
    walk.click("text", "By whom, and the chart")
    counts = exact["speaker_members"].explode().value_counts()
    most = sorted(speaker for speaker, count in counts.items() if count == counts.max())
    names = dict(zip(exact["speaker_id"], exact["speaker_name"], strict=True)) | {"russia": "Russia", "china": "China"}
    years = exact[by(exact, most[0])]["day"].dt.year.value_counts()
    row = walk.row("Who says it", names[most[0]])
    assert row[1] == f"{counts.max():,}"
    assert all(f"{year:.0f}: {count}" in row[2] for year, count in years.items())


def test_5_whether_a_quotation_is_verbatim_where_and_in_what_context(walk, said, quotation):
    words, statement_id = quotation
    walk.search(f'"{words}"')
    walk.sees("1 of")
    assert walk.listed() == [statement_id]
    walk.click("link", "^Open$")
    walk.sees("Verbatim|verbatim")
    for publisher in said.loc[statement_id, "publishers"]:
        walk.sees(re.escape(publisher))
    assert words in walk.page.locator("mark.or-asked").first.inner_text()


def test_6_who_spoke_for_a_ministry_in_a_month(walk, said):
    walk.open("Speakers")
    walk.write("Name", "Chinese Foreign Ministry")
    walk.click("link", "^Chinese Foreign Ministry$")
    walk.write("Days", "2024-05")
    walk.sees("From 1 May 2024 to 31 May 2024")
    theirs = said[said["day"].between("2024-05-01", "2024-05-31") & by(said, "lin-jian")]
    row = walk.row("Who spoke for Chinese Foreign Ministry", "Lin Jian")
    assert row[1:3] == ["Chinese Foreign Ministry spokesperson", str(len(theirs))]


def test_7_what_a_speaker_said_before_and_after_an_event(walk, said):
    walk.open("Speakers")
    walk.click("link", "^Wang Yi$")
    walk.choose("Event", "full-scale invasion")
    theirs = said[by(said, "wang-yi")]
    counts = {
        when: int(theirs["day"].between(first, last).sum())
        for when, first, last in (("Before", "2022-01-25", "2022-02-23"), ("After", "2022-02-25", "2022-03-26"))
    }
    for when, count in counts.items():
        assert walk.row("Statements around the event", when)[1] == str(count)


def test_8_a_link_to_exactly_this_view_for_a_colleague(walk, chromium):
    walk.search("partnership side:China")
    walk.page.wait_for_url(re.compile("q=partnership"))
    walk.sees("by meaning alone")
    walk.page.locator(".or-card").first.wait_for()
    walk.click("button", "Link to this view")
    link = walk.page.locator("[data-testid=stCode]").inner_text().strip()
    walk.saw()
    with fresh(chromium, []) as colleague:
        colleague.goto(link)
        colleague.locator(".or-card").first.wait_for()
        colleague.wait_for_timeout(1000)
        assert cards(colleague) == cards(walk.page)
        assert asked(colleague) == asked(walk.page)


def test_9_these_statements_with_citations_into_a_paper(walk, said, tmp_path):
    lone = said[said["speaker_id"].isin(["hua-chunying", "wang-yi", "lin-jian"]) & said["day"].notna()]
    months = lone.groupby(["speaker_name", lone["day"].dt.strftime("%Y-%m")]).size()
    name, month = (months - 12).abs().sort_values(kind="stable").index[0]  # some twelve
    theirs = lone[(lone["speaker_name"] == name) & (lone["day"].dt.strftime("%Y-%m") == month)]
    walk.search(f'speaker:"{name}" on:{month}')
    walk.sees(f"{len(theirs):,} of {len(said):,}")
    walk.actions += 1
    walk.page.get_by_test_id("stPopoverButton").filter(has_text="Download", visible=True).click()
    with walk.page.expect_download() as file:
        walk.click("button", "^Word$")
    file.value.save_as(tmp_path / "paper.docx")
    walk.saw()
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
    walk.click("link", rf"^{count:,} {label}")
    walk.page.get_by_role("heading", name="Timeline", exact=True).wait_for()
    assert set(walk.listed()) <= set(said.index[mask])
