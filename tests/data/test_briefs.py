"""Promises about the shipped briefs: every quoted word is cited, and stands where its citation says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.briefs import LONGEST, LONGEST_FRAGMENT, SHORTEST, check_briefs

FRONT_MATTER = """---
title: Two envoys meet
date: 2020-03-05
publisher: On Record
licence: CC-BY-4.0
sources:
- id: 1
  publisher: A Gazette
  title: Envoys meet in Moscow
  url: https://gazette.example/1
  published_on: 2020-03-06
- id: 2
  publisher: A Ministry
  title: Readout
  url: https://ministry.example/2
---

"""
PROSE = (
    "Lu Ming met Ivan Petrov in Moscow on Thursday, 5 March 2020. "
    "“We agree on the large questions,” Lu said.[^1] Petrov called the day “a good one for both”.[^2] "
    "The two sides, he added, would meet again.[^2]\n\n" + " ".join(["Nothing else was made known."] * 14)
)
ROWS = [
    {
        "text": "We agree on the large questions, and on the small ones.",
        "speaker": "Lu Ming",
        "side": "CN",
        "url": "https://gazette.example/1",
        "publisher": "A Gazette",
        "source_title": "Envoys meet in Moscow",
        "published_on": "2020-03-06",
    },
    {
        "text": "It was a good one for both of us.",
        "speaker": "Ivan Petrov",
        "side": "RU",
        "url": "https://ministry.example/2",
        "publisher": "A Ministry",
        "source_title": "Readout",
        "published_on": None,
    },
]


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[str]]:
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")

    def check(text: str = FRONT_MATTER + PROSE, name: str = "2020-03-05-envoys-meet.md") -> list[str]:
        folder = tmp_path / "briefs"
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        return check_briefs(folder, table)

    return check


def test_every_shipped_brief_is_whole(root: Path) -> None:
    assert check_briefs(root / "data" / "briefs") == []


def test_there_are_briefs_from_first_to_last_year(root: Path) -> None:
    years = {file.name[:4] for file in (root / "data" / "briefs").glob("*.md")}
    assert {"2001", "2014", "2022", "2026"} <= years
    assert len(list((root / "data" / "briefs").glob("*.md"))) >= 12


@pytest.mark.shared
def test_every_fragment_stands_in_the_table_under_its_speaker(root: Path, shared: Path) -> None:
    assert check_briefs(root / "data" / "briefs", shared / "statements" / "statements.jsonl") == []


def test_a_sound_brief_has_no_problems(problems: Callable[..., list[str]]) -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("said.[^1]", "said.", "no footnote mark follows"),
        ("“a good one for both”.[^2]", "“a good one for both”. He left.[^2]", "no footnote mark follows"),
        ("“a good one for both”", "“a good one for all”", "does not stand in a row"),
        ("“a good one for both”", "“good one for bot”", "does not stand in a row"),
        ("Petrov called the day “a good one for both”.[^2]", "“A good one for both,” he said.[^2]", "does not stand"),
        ("Lu said.", "Petrov said.", "is given to Petrov; it was said by Lu Ming"),
        ("Lu said.", "said the envoy Petrov.", "not named up to the mark"),
        ("would meet again.[^2]", "would meet again.[^3]", "mark [^3] has no source"),
        ("questions,” Lu said.[^1]", "questions,” Lu said.[^2]", "source 1 is not used"),
        ("date: 2020-03-05", "date: 2020-02-30", "front matter cannot be read"),
        ("date: 2020-03-05", "date: in March", "date 'in March' is not a day"),
        ("date: 2020-03-05", "date: 2020-03-06", "file name does not begin with its date"),
        ("published_on: 2020-03-06", "published_on: March", "has published_on 'March'"),
        ("published_on: 2020-03-06", "published_on: 2020-03-07", "has published_on 2020-03-07, the table"),
        ("https://gazette.example/1", "gazette.example/1", "give one with http or https"),
        ("https://gazette.example/1", "https://gazette.example/9", "is no page of the table"),
        ("title: Envoys meet in Moscow", "title: Envoys part", "title that the table does not give"),
        ("- id: 2", "- id: 3", "number them 1, 2, 3"),
        ("licence: CC-BY-4.0", "licence:", "front matter has no licence"),
        ("“We agree", '"We agree', "quotation marks do not pair"),
        ("Nothing else was made known.", "", "a brief has 80 to 250"),
        ("sources:", "sources: [", "front matter cannot be read"),
    ],
)
def test_a_fault_is_named(problems: Callable[..., list[str]], old: str, new: str, complaint: str) -> None:
    text = FRONT_MATTER + PROSE
    assert old in text
    found = problems(
        text.replace(old, new).replace("Lu Ming met Ivan Petrov", "Two envoys met")
        if complaint.startswith("not named")
        else text.replace(old, new)
    )
    assert any(complaint in problem for problem in found), found
    assert all(problem.startswith("2020-03-05-envoys-meet.md: ") for problem in found)


def test_a_long_quotation_is_refused(problems: Callable[..., list[str]]) -> None:
    long = " ".join(["word"] * (LONGEST_FRAGMENT + 1))
    assert any(
        "words are quoted at a stretch" in problem for problem in problems(FRONT_MATTER + f"{PROSE} “{long}”.[^1]")
    )


@pytest.mark.parametrize("words", [SHORTEST - 1, LONGEST + 1])
def test_a_brief_outside_the_lengths_is_refused(problems: Callable[..., list[str]], words: int) -> None:
    assert any(
        f"{words} words;" in problem for problem in problems(FRONT_MATTER + " ".join(["word"] * words) + "[^1][^2]")
    )


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert check_briefs(tmp_path) == [f"{tmp_path.name}: no brief found; expected files named YYYY-MM-DD-slug.md"]
