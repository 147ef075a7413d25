from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.entities.names import NameIndex, fold, slug

INDEX = NameIndex(
    [
        ("Xi Jinping", "xi"),
        ("Xi", "xi"),
        ("习近平", "xi"),
        ("US", "us"),
        ("U.S.", "us"),
        ("S. Jaishankar", "jaishankar"),
        ("China", "china"),
        ("Chinese foreign ministry", "mfa"),
        ("Wall Street Journal", "wsj"),
        ("Kim Jong-un", "kim"),
    ]
)


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Xi Jinping’s visit, Xi said", [("Xi Jinping", "xi"), ("Xi", "xi")]),
        ("They told us that the US and the U.S. agree", [("US", "us"), ("U.S.", "us")]),
        ("a Chinese Foreign Ministry note; the Chinese foreign ministry", [("Chinese Foreign Ministry", "mfa"),
                                                                         ("Chinese foreign ministry", "mfa")]),
        ("said S. Jaishankar. S Jaishankar too", [("S. Jaishankar", "jaishankar"), ("S Jaishankar", "jaishankar")]),
        ("China-Russia ties", [("China", "china")]),
        ("国家主席习近平会见", [("习近平", "xi")]),
        ("taxi Xiang, Xi. Jinping wrote", [("Xi", "xi")]),
        ("Wall Street. Journal", []),
        ("Kim Jong Un met him", [("Kim Jong Un", "kim")]),
    ],
)  # fmt: skip
def test_names_are_found_whole_and_longest_first(text: str, hits: list[tuple[str, str]]):
    assert [(text[hit.start : hit.end], hit.entity_id) for hit in INDEX.scan(text)] == hits


@given(
    st.text(alphabet=st.characters(), max_size=200)
    | st.lists(st.sampled_from(["Xi", "Jinping", "US", " ", ".", "’s"])).map("".join)
)
def test_hits_stand_in_the_text_in_order_without_overlap(text: str):
    hits = INDEX.scan(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(before.end <= after.start for before, after in itertools.pairwise(hits))


NAMES = st.lists(st.text(alphabet="abcdeéčüñžABCDEÉČ", min_size=2, max_size=8), min_size=1, max_size=4)


@given(NAMES)
def test_a_name_folds_alike_in_every_case_with_every_mark(words: list[str]):
    plain = fold(" ".join(words))
    assert fold("-".join(words).upper()) == plain
    assert fold(f"the {' '.join(words)}’s") == plain
    assert fold(unicodedata.normalize("NFD", " ".join(words))) == plain


@given(st.text(max_size=60))
def test_any_text_folds_to_plain_words(text: str):
    assert all(character.isalnum() or character == " " for character in fold(text))


def test_slugs_are_plain():
    assert slug("Aleksandar Vučić") == "aleksandar-vucic"
    assert slug("Robert O’Brien") == "robert-obrien"
    assert slug("China’s Institute") == "china-institute"


def test_a_long_text_is_read_in_linear_time():
    def seconds(words: int) -> float:
        text = "Xi Jin Wall Street China " * (words // 5)
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            INDEX.scan(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(80_000) < 32 * seconds(10_000) + 0.1  # a quadratic reading takes 64 times as long
