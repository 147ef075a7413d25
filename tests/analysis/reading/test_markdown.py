"""Markdown: prose without markup, footnotes as citations that stand where their marks stood."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading import read_sources
from analysis.reading.citations import take_marks
from analysis.reading.prose import to_prose
from analysis.schema import Citation, Document

BRIEF = """---
title: "A call: the leaders talk"
date: 2024-02-08
publisher: On Record
licence: CC BY 4.0
sources:
  - id: 1
    publisher: An agency
    title: Leaders talk
    url: https://example.org/1
    published_on: 2024-02-09
  - id: b
    publisher: A paper
---

The leaders *talked* for [an hour](https://example.org). “No **third** party,” said Xi.[^1]

He added that `ties` were
good.[^b] [^1]

![a picture](x.png)

- one point
- another point

<div>raw <b>HTML</b></div>

[^9]: An own note
"""


def read(tmp_path, content: str, name: str = "x.md"):
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = list(read_sources([tmp_path / name], longest_document=3_000_000))
    return [one for one in found if isinstance(one, Document)], [one for one in found if not isinstance(one, Document)]


def test_a_brief_becomes_prose_with_metadata_and_citations(tmp_path):
    (document,), skipped = read(tmp_path, BRIEF)
    assert skipped == []
    assert document.text == (
        "The leaders talked for an hour. “No third party,” said Xi.\n\nHe added that ties were good."
        "\n\none point\n\nanother point"
    )
    assert (document.title, document.publisher, document.licence) == (
        "A call: the leaders talk",
        "On Record",
        "CC BY 4.0",
    )
    assert document.published_on == date(2024, 2, 8)
    first = document.text.index("said Xi.") + len("said Xi.")
    second = document.text.index("good.") + len("good.")
    assert [(one.at, one.publisher) for one in document.citations] == [
        (first, "An agency"), (second, "A paper"), (second, "An agency"),
    ]  # fmt: skip
    assert document.citations[0] == Citation(
        first, "An agency", "Leaders talk", "https://example.org/1", date(2024, 2, 9)
    )


def test_a_mark_without_a_source_is_taken_out_and_reported(tmp_path):
    (document,), skipped = read(tmp_path, "Words.[^7]\n\nMore words.")
    assert (document.text, document.citations) == ("Words.\n\nMore words.", ())
    assert [one.reason for one in skipped] == ["footnote"]
    assert "[^7]" in skipped[0].detail


def test_the_first_heading_is_the_title_where_none_is_given_and_no_quote_comes_from_it(tmp_path):
    (document,), _ = read(tmp_path, "# “No limits”, they say\n\nXi said ties were good.\n\n## Later\n\nPutin agreed.")
    assert document.title == "“No limits”, they say"
    assert [document.text[one.start : one.end] for one in document.boilerplate] == ["“No limits”, they say", "Later"]


@pytest.mark.parametrize(
    "front",
    ["date: 2022-02-30", "date: 2022-13-45", "date: {a: b}", "date: someday"],
)
def test_a_day_that_is_not_real_leaves_the_brief_undated_with_a_note(tmp_path, front):
    (document,), skipped = read(tmp_path, f"---\ntitle: T\n{front}\n---\n\nWords.")
    assert (document.title, document.published_on) == ("T", None)
    assert [one.reason for one in skipped] == ["date"]


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\ntitle: [*c,*c,*c,*c]",
        "title: !!python/object/apply:os.system ['true']",
        "title: " + "[" * 3000,
        "- a list\n- no mapping",
        "just words",
        "title: \x07",
        "? [a, b]\n: c",
        "sources: {a: b}",
        "sources: [1, [2], {id: {}}]",
        "title: " + "x" * 200_000,
    ],
)
def test_hostile_front_matter_is_read_as_words_or_refused(tmp_path, front):
    begun = time.perf_counter()
    documents, skipped = read(tmp_path, f"---\n{front}\n---\n\nWords.")
    assert time.perf_counter() - begun < 10
    assert len(documents) == 1 or [one.reason for one in skipped] == ["broken"]
    assert all(one.title is None or len(one.title) <= 1000 for one in documents)


def test_a_body_without_words_is_empty(tmp_path):
    documents, skipped = read(tmp_path, "---\ntitle: T\n---\n\n![only](a.png)\n")
    assert (documents, [one.reason for one in skipped]) == ([], ["empty"])


@given(st.text(alphabet=st.sampled_from("ab.[^1]x \n#*_`>-!()<&\\"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_citations_and_headings_stand_inside_the_text(body):
    prose, headings = to_prose(body)
    sources = {"1": Citation(0, "p", None, None, None)}
    text, moved, citations, _ = take_marks(prose, headings, sources, "x")
    assert "[^1]" not in text or "[^1]" not in prose.replace("[^1]", "")
    assert all(0 <= one.at <= len(text) for one in citations)
    assert all(0 <= one.start <= one.end <= len(text) for one in moved)


@pytest.mark.parametrize("piece", ["[^1]", "[", "*", "> ", "- ", "`", "<a ", "[x](", "![", "&amp;", "| a "])
def test_long_odd_markdown_is_read_in_seconds(piece):
    begun = time.perf_counter()
    text, _ = to_prose((piece * 50_000)[:50_000])
    assert time.perf_counter() - begun < 15
    assert len(text) <= 100_000
