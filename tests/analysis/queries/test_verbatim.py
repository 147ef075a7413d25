"""Whether words are the speaker's own is answered from how each print gives them."""

from __future__ import annotations

import pytest

from analysis.queries.verbatim import Printed, how_printed, is_it_verbatim, quoted_parts

MARKS, OWN, PARTLY, REPORTED = Printed.MARKS, Printed.OWN, Printed.PARTLY, Printed.REPORTED


@pytest.mark.parametrize(
    ("text", "words", "kind", "how"),
    [
        ("Wang said: “Gas will flow.” He left.", "Gas will flow.", "direct", MARKS),
        ("«Газ пойдёт», — сказал он.", "Газ пойдёт", "direct", MARKS),
        ("王毅说：「友好没有止境。」", "友好没有止境。", "direct", MARKS),
        ("Wang Yi: Gas will flow.\n\nQuestion: When?", "Gas will flow.", "direct", OWN),
        ("He said gas “will flow” soon.", "gas “will flow” soon", "mixed", PARTLY),
        ("He said “gas” would flow.", "“gas” would flow", "indirect", REPORTED),
    ],
)
def test_marks_around_the_words_are_told_from_a_transcript(text, words, kind, how):
    start = text.index(words)
    assert how_printed(kind, text, start, start + len(words)) is how


@pytest.mark.parametrize(
    ("prints", "told"),
    [
        ([MARKS], "Verbatim: in quotation marks in 1 of 1 print"),
        ([MARKS, MARKS], "Verbatim: in quotation marks in 2 of 2 prints"),
        ([MARKS, OWN], "Verbatim: in quotation marks in 1 of 2 prints"),
        ([OWN], "Verbatim: printed as the speaker’s own text, as a transcript does, in 1 of 1 print"),
        (
            [MARKS, REPORTED, PARTLY],
            "Verbatim in part of its prints: in quotation marks in 1 of 3 prints, reported elsewhere",
        ),
        (
            [PARTLY, REPORTED],
            "Partly verbatim: reported, with only some words in quotation marks, in 1 of 2 prints",
        ),
        ([REPORTED], "Not verbatim: reported without quotation marks in 1 print"),
    ],
)
def test_the_answer_counts_the_prints_that_say_so(prints, told):
    assert is_it_verbatim(prints) == told


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("talks must go on, “step by step,” and “step by step”", ["step by step"]),
        ("связи «прочны» и 'своевременны'", ["прочны"]),
        ("双方「没有上限」的友谊", ["没有上限"]),
        ("the speaker’s view isn’t ‘new’", ["new"]),
        ("nothing is marked", []),
    ],
)
def test_the_marked_words_of_a_reported_statement_are_listed(words, parts):
    assert quoted_parts(words) == parts
