"""Quotation marks of every style are read, whatever is missing or mixed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extraction.marks import marked_stretches

MARKS = "“”„«»‘’\"'`"


def inner(text: str) -> list[str]:
    return [text[marked.inner.start : marked.inner.end] for marked in marked_stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Li said: “We will talk.” He left.", ["We will talk."]),
        ('Li said: "We will talk." He left.', ["We will talk."]),
        ("Li said: ''We will talk.'' He left.", ["We will talk."]),
        ("Li said: ``We will talk.'' He left.", ["We will talk."]),
        ("Li said: «We will talk.» He left.", ["We will talk."]),
        ("Li said: „We will talk.“ He left.", ["We will talk."]),
        ("Li said: ‘We will talk.’ He left.", ["We will talk."]),
        ("Li said: 'We will talk.' He left.", ["We will talk."]),
        ('Li said: “We will talk." He left.', ["We will talk."]),
        ("“He told me ‘never again’ and left,” said Li.", ["He told me ‘never again’ and left,"]),
        ("“One,” he said, “two.”", ["One,", "two."]),
        ('"One," he said, "two."', ["One,", "two."]),
    ],
)
def test_every_style_of_marks_opens_and_closes(text, expected):
    assert inner(text) == expected


def test_an_apostrophe_is_no_quotation_mark():
    assert inner("China’s and Russia's ties, the nations’ leaders' words") == []


def test_a_missing_closer_runs_to_the_paragraphs_end_and_no_further():
    text = "“The first paragraph goes on\nLi then left the room."
    (marked,) = marked_stretches(text)
    assert text[marked.inner.start : marked.inner.end] == "The first paragraph goes on"
    assert not marked.closed


def test_a_missing_opener_is_the_paragraphs_start_where_speech_ends():
    text = "Both sides keep their word,” said Li."
    (marked,) = marked_stretches(text)
    assert text[marked.inner.start : marked.inner.end] == "Both sides keep their word,"
    assert not marked.opened


def test_a_mark_that_was_not_closed_does_not_turn_the_rest_inside_out():
    text = '"We agree, he said. "We sign tomorrow," he added.'
    assert inner(text)[-1] == "We sign tomorrow,"


def test_inches_and_markup_open_nothing():
    assert inner('A 6" pipe and <a href="page">a link</a> stay.') == []


@given(st.text(alphabet=MARKS + " ab,.\n", max_size=200))
def test_stretches_stand_in_order_inside_the_text_and_never_overlap(text):
    found = marked_stretches(text)
    assert all(0 <= m.outer.start <= m.inner.start < m.inner.end <= m.outer.end <= len(text) for m in found)
    assert all(before.outer.end <= after.outer.start for before, after in itertools.pairwise(found))
    assert all("\n" not in text[m.outer.start : m.outer.end] for m in found)


def test_a_page_of_nothing_but_marks_is_read_at_once():
    assert marked_stretches("“" * 100_000) == []
    assert len(marked_stretches('"a" ' * 25_000)) == 25_000
