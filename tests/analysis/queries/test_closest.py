"""Promises about the part of a statement that answers a question."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.embedding import load_encoder
from analysis.queries.closest import closest_parts, explained, split
from analysis.queries.search import Hit, Hits

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


class CountingEncoder:
    """Vectors by the letter a text begins with; counts the texts it is given."""

    name, fingerprint, dimensions = "counting", "counting-1", 26

    def __init__(self):
        self.seen = []

    def encode(self, texts, progress=None):
        self.seen += texts
        rows = np.zeros((len(texts), 26), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[ord(text[0].lower()) % 26] = 1
        return rows


def test_a_part_is_encoded_once_however_often_it_is_asked_about():
    encoder = CountingEncoder()
    (span,) = closest_parts(encoder, "our question", [LONG])
    assert LONG[span.start : span.end].startswith("our students")
    count = len(encoder.seen)
    assert closest_parts(encoder, "our question", [LONG, LONG]) == [span, span]
    assert len(encoder.seen) == count


def test_only_what_was_found_by_meaning_is_explained_by_a_part_and_only_where_it_is_long():
    encoder = CountingEncoder()
    rows = pd.DataFrame({"statement_id": ["a", "b", "c", "d"], "text": [LONG, LONG, LONG, "Short, and quickly read"]})
    hits = Hits([Hit("c", 3, "meaning"), Hit("a", 2, "words"), Hit("b", 1, "both"), Hit("d", 0, "meaning")], "a note")
    told = explained(hits, rows, encoder, "our question")
    assert [hit.statement_id for hit in told] == ["c", "a", "b", "d"]
    assert [hit.part is not None for hit in told] == [True, False, True, False]
    assert told.note == "a note"


@given(st.text(alphabet=st.sampled_from("ab ,.;第三方。\n”-"), max_size=80))
def test_parts_cover_every_word_once_and_in_order(text):
    spans = split(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())
    assert all(one.end <= next_one.start for one, next_one in pairwise(spans))


def test_a_number_stays_in_one_part():
    text = "Trade with our neighbours reached 227.1 billion last year, and 12:30 was when we signed it"
    assert [text[span.start : span.end] for span in split(text)] == [
        "Trade with our neighbours reached 227.1 billion last year,",
        "and 12:30 was when we signed it",
    ]
