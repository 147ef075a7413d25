"""A document is cut without losing a character, and each piece knows what it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.documents import around, pieces
from analysis.schema import Span

LENGTH = 60
SPANS = st.tuples(st.integers(0, LENGTH + 5), st.integers(0, LENGTH + 5)).map(sorted)


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=3), st.lists(st.integers(0, LENGTH + 5), max_size=4))
def test_pieces_cover_the_text_in_order_and_every_quote_exactly(quotes, boilerplate, notes):
    named = [(f"q{at}", start, end) for at, (start, end) in enumerate(quotes)]
    cut = pieces(LENGTH, named, [Span(*span) for span in boilerplate], notes)
    assert [piece.start for piece in cut] == [0, *[piece.end for piece in cut[:-1]]]
    assert cut[-1].end == LENGTH
    for quote_id, start, end in named:
        held = [at for piece in cut if quote_id in piece.quote_ids for at in range(piece.start, piece.end)]
        assert held == list(range(min(start, LENGTH), min(end, LENGTH)))
    marked = [note for piece in cut for note in piece.notes]
    assert sorted(marked) == [number for number, at in enumerate(notes) if at > 0]


def test_the_innermost_quote_comes_last():
    cut = pieces(20, [("inner", 5, 8), ("outer", 2, 15)], [], [])
    assert next(piece.quote_ids for piece in cut if piece.start == 5) == ("outer", "inner")


def test_questions_are_told_apart_from_what_is_said():
    cut = pieces(30, [("answer", 12, 30)], [], [], [Span(3, 10)])
    assert [(piece.start, piece.end) for piece in cut if piece.is_question] == [(3, 10)]
    assert not any(piece.is_question and piece.quote_ids for piece in cut)


def test_a_note_s_mark_follows_the_piece_that_it_ends():
    cut = pieces(10, [("q", 0, 4)], [], [4, 4, 9])
    assert [(piece.end, piece.notes) for piece in cut] == [(4, (0, 1)), (9, (2,)), (10, ())]


@given(st.text("ab \n", max_size=400), st.integers(0, 400), st.integers(0, 60), st.integers(5, 80))
def test_the_words_around_a_quotation_hold_it_and_stay_near(text, start, length, reach):
    start = min(start, len(text))
    end = min(start + length, len(text))
    window = around(text, start, end, reach)
    assert 0 <= window.start <= start <= end <= window.end <= len(text)
    assert start - window.start <= reach
    assert window.end - end <= reach
    assert "\n\n" not in text[window.start : start]


def test_the_words_around_a_quotation_are_its_paragraph():
    text = "One.\n\nShe said: “yes”, and left.\n\nThree."
    at = text.index("yes")
    window = around(text, at, at + 3)
    assert text[window.start : window.end] == "She said: “yes”, and left."
