"""A document is cut without losing a character, and each piece knows what it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.documents import pieces
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


def test_a_note_s_mark_follows_the_piece_that_it_ends():
    cut = pieces(10, [("q", 0, 4)], [], [4, 4, 9])
    assert [(piece.end, piece.notes) for piece in cut] == [(4, (0, 1)), (9, (2,)), (10, ())]
