"""Whatever the text, extraction stands: offsets, order, sameness, and work that grows with the text alone."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.extraction.marks import marked_stretches
from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.schema import Document
from analysis.settings import Settings

MARKS = ["“", "”", "„", "‟", "«", "»", "‘", "’", "‚", '"', "'", "''", "``", "’’", ",,", "「", "」", "＂"]
PIECES = [
    *MARKS,
    *" \n\t\u2028\u00a0,.:;!?-—()",
    "\u202e",  # text from right to left, its isolates, and what joins letters
    "\u2067",
    "\u2069",
    "\u200d",
    "\u0000",
    "\ufeff",
    " said ",
    " that ",
    " he went on, ",
    " according to ",
    " called on ",
    ", who ",
    ", a ",
    " and ",
    "Wang Yi",
    "We shall meet again",
    "Question: ",
    "é",
    "中俄关系",
    "слово",
    "כן",
    "😀",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser(Settings().parser)


def check(text: str, parsed: Doc) -> None:
    found = find_quotes(parsed)
    assert found == find_quotes(parsed)
    for quote in found:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert text[quote.span.start : quote.span.end].strip()
        for span in (quote.speaker, quote.cue, quote.via):
            assert span is None or 0 <= span.start < span.end <= len(text)
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(found))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_any_mixture_of_marks_names_and_words_of_speaking_is_read(nlp: Language, text: str) -> None:
    check(text, nlp(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_any_unicode_text_is_read(nlp: Language, text: str) -> None:
    check(text, nlp(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_each_quotation_is_the_text_at_its_offsets(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    document = Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)
    for quote in extract(document, nlp(text), gazetteer):
        assert quote.text == text[quote.start : quote.end]


@given(st.lists(st.sampled_from([*MARKS, "word ", "two, ", "\n", " "]), max_size=120).map("".join))
def test_marked_stretches_stay_in_their_paragraph_in_order(text: str) -> None:
    found = marked_stretches(text)
    assert all(0 <= m.outer.start <= m.inner.start < m.inner.end <= m.outer.end <= len(text) for m in found)
    assert all(before.outer.end <= after.outer.start for before, after in itertools.pairwise(found))
    assert all("\n" not in text[m.outer.start : m.outer.end] for m in found)
    assert found == marked_stretches(text)


@pytest.mark.parametrize("mark", ["“", "”", '"', "«", "‘", "''", "“”", "„“"])
def test_a_page_of_marks_alone_is_read(mark: str) -> None:
    marks = Doc(Vocab(), words=[mark] * 20_000, spaces=[False] * 20_000)
    assert find_quotes(marks) == []


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of extraction ``work`` runs: its cost, whatever else the machine does."""
    count = 0

    def within(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return within

    def enter(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        return within if "extraction" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


ODD = [
    "a, he said, ",
    "“a ",
    "he said that ",
    "he said “a” and “b” ",
    "said that he said that ",
    "Li’s remarks that ",
    "“a “b ",
]


@pytest.mark.parametrize("piece", ODD)
def test_the_work_grows_with_the_text_and_no_faster(nlp: Language, piece: str) -> None:
    short, long = nlp(piece * 300), nlp(piece * 900)
    assert lines_run(lambda: find_quotes(long)) < 3.6 * lines_run(lambda: find_quotes(short))
