"""Promises about the part of a statement that answers a question."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.embedding import load_encoder
from analysis.queries.closest import closest_parts, split

LONG = "Trade has doubled in ten years, our students learn each other's languages, and we form no bloc against anyone."


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("they are not allied against others", "and we form no bloc against anyone."),
        ("economic exchange is growing", "Trade has doubled in ten years,"),
        ("young people at university", "our students learn each other's languages,"),
    ],
)
def test_the_part_that_answers_is_found(query, part):
    (span,) = closest_parts(load_encoder("small"), query, [LONG])
    assert LONG[span.start : span.end] == part


def test_a_statement_of_one_part_has_no_closest_one():
    encoder = load_encoder("small")
    assert closest_parts(encoder, "trade", ["Trade has doubled", LONG, ""])[::2] == [None, None]
    assert closest_parts(encoder, "  ", [LONG]) == [None]
    assert closest_parts(encoder, "trade", []) == []


@given(st.text(alphabet=st.sampled_from("ab ,.;第三方。\n”-"), max_size=80))
def test_parts_cover_every_word_once_and_in_order(text):
    spans = split(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())
    assert all(one.end <= next_one.start for one, next_one in pairwise(spans))
