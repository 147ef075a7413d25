"""Promises about translations: other words of one utterance are joined, one pattern with another thing said is not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from analysis.embedding import Encoder, VectorCache, embed, load_encoder
from analysis.grouping import Aligner, aligner_for, group
from analysis.grouping.alignment import Tokens, is_latin
from analysis.grouping.between import Between
from analysis.grouping.contrasts import contrasts
from analysis.grouping.near import compared
from analysis.grouping.prints import Print, read_print
from analysis.grouping.wordings import wording
from analysis.schema import Quote
from analysis.wording import forms, words
from benchmarks.labelled_prints import NoOffices, Printed, occasion_pairs, occasions, prints_of, quote


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The packaged all-MiniLM-L6-v2, loaded once for all test modules: load_encoder keeps it."""
    return load_encoder("small")


def statement_ids(prints: Sequence[Quote], encoder: Encoder) -> list[str | None]:
    vectors = embed([one.text for one in prints], encoder)
    return [one.statement_id for one in group(prints, {}, vectors, NoOffices(), "small", aligner_for(encoder))[0]]


def on_pages(*texts: str, day: str = "2024-05-16") -> list[Quote]:
    return [quote(f"page {number}", text, "wang-yi", day, "stated") for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "China has not supplied arms to either side of the conflict",
            "Beijing never gave weapons to any warring party",
        ),
        (
            "Russian airlines are adding flights to Chinese cities",
            "carriers from Russia increase the number of flights to cities in China",
        ),
        (
            "Fifty billion cubic metres of gas a year will flow through Mongolia",
            "Mongolia's section is to bring 50 bcm of gas every year",
        ),
    ],
    ids=["a denial in other words", "names of peoples and countries", "billions of cubic metres are bcm"],
)
def test_other_words_of_one_utterance_are_joined(encoder, first, second):
    one, other = statement_ids(on_pages(first, second), encoder)
    assert one == other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Oil deliveries to China rose by 9 percent", "supplies of gas to the Chinese went up 27 percent"),
        ("Russia will waive the fee for Chinese drivers", "China is waiving the fee for Russian drivers"),
        ("China will take part in the summit", "China will not take part in the summit"),
        ("Exports of grain to China doubled in a year", "Imports of grain from China doubled in a year"),
        ("中俄关系不针对第三方", "中俄两国贸易额再创新高"),
    ],
    ids=["another thing and number", "turned about", "denied", "the other way", "a script that is not read"],
)
def test_another_thing_said_in_one_pattern_stays_apart(encoder, first, second):
    one, other = statement_ids(on_pages(first, second), encoder)
    assert one != other


def test_a_page_gives_one_utterance_in_other_words_once(encoder):
    said, other_words = (
        "China has not supplied arms to either side of the conflict",
        "Beijing gave no weapons to any warring party",
    )
    two = [
        *on_pages(said, other_words),
        quote("page 1", "We provided no arms to the parties", "wang-yi", "2024-05-16", "stated"),
    ]
    ids = statement_ids(two, encoder)
    assert ids[1] != ids[2]
    assert ids[0] in ids[1:]


def test_a_formula_in_other_words_on_another_day_is_another_statement(encoder):
    said = "The partnership is not aimed at any third party"
    again = quote("page 9", "No third country is the target of these relations", "wang-yi", "2024-06-20", "stated")
    one, other = statement_ids([*on_pages(said), again], encoder)
    assert one != other


def pairs_joined(sets: Sequence[Sequence[Printed]], encoder: Encoder) -> tuple[int, int, int]:
    """Pairs of one utterance, pairs joined, and pairs of both sorts."""
    same = joined = both = 0
    for prints in sets:
        found = statement_ids(
            [quote(one["outlet"], one["text"], one["speaker"], one["day"], one["basis"]) for one in prints], encoder
        )
        for number, first in enumerate(prints):
            for other, second in enumerate(prints[:number]):
                is_same, is_joined = first["utterance"] == second["utterance"], found[number] == found[other]
                same += is_same
                joined += is_joined
                both += is_same and is_joined
    return same, joined, both


def test_what_a_speaker_said_on_a_day_falls_into_its_utterances(encoder):
    same, joined, both = pairs_joined(list(occasions(kept=False).values())[:12], encoder)
    assert same > 80
    assert both / joined >= 0.9
    assert both / same >= 0.65


def test_the_order_of_prints_does_not_matter(encoder):
    prints = next(iter(occasions(kept=False).values()))
    quotes = [quote(one["outlet"], one["text"], one["speaker"], one["day"], one["basis"]) for one in prints]
    shuffled = random.Random(3).sample(quotes, len(quotes))
    first = dict(zip((one.quote_id for one in quotes), statement_ids(quotes, encoder), strict=True))
    second = dict(zip((one.quote_id for one in shuffled), statement_ids(shuffled, encoder), strict=True))
    assert first == second


def test_every_pair_of_an_occasion_has_two_prints():
    prints = next(iter(occasions(kept=False).values()))
    pair = occasion_pairs(prints)[0]
    assert [one.text for one in prints_of(pair)] == [pair["a"], pair["b"]]


class Letters:
    """A token encoder by the letters of each word; it counts what it reads."""

    fingerprint = "letters"

    def __init__(self) -> None:
        self.read: list[str] = []

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        self.read += texts
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> Tokens:
        found = words(text)
        vectors = np.array([[word.form.count(letter) for letter in "aeinorst"] for word in found], dtype=np.float32)
        return Tokens(vectors.reshape(-1, 8), np.array([[word.start, word.end] for word in found]).reshape(-1, 2))


PAIR = ("trade in grain rises", "the grain trade is rising fast this year")


def test_a_pair_is_compared_once_whichever_text_comes_first(tmp_path):
    letters = Letters()
    first = Aligner(letters, VectorCache(tmp_path)).signs([PAIR, PAIR[::-1]])
    assert np.array_equal(first[0], first[1])
    assert sorted(letters.read) == sorted(PAIR)
    again = Aligner(letters, VectorCache(tmp_path)).signs([PAIR])
    assert np.array_equal(again[0], first[0])
    assert len(letters.read) == 2


def test_the_same_words_meet_wholly_and_a_text_without_words_does_not_fail():
    signs = Aligner(Letters()).signs([("trade in grain", "trade in grain"), ("…", "trade in grain")])
    assert signs[0] == pytest.approx(np.ones(6), abs=1e-4)
    assert np.isfinite(signs).all()


def test_without_tokens_there_is_nothing_to_compare_by():
    assert aligner_for(object()) is None
    assert aligner_for(None) is None


def prints_at(*quotes: Quote) -> list[Print]:
    alike = np.ones((len(quotes), 4), dtype=np.float32) / 2
    return [read_print((row,), quotes, {}, alike) for row in range(len(quotes))]


def test_only_prints_of_one_speaker_on_other_pages_within_days_are_compared():
    quotes = [
        quote("a", "trade in grain rises", "wang-yi", "2024-05-16", "stated"),
        quote("b", "more grain is sold", "wang-yi", "2024-05-16", "stated"),
        quote("a", "grain trade is up", "wang-yi", "2024-05-16", "stated"),
        quote("c", "grain trade goes up", "wang-yi", "2024-05-18", "stated"),
        quote("d", "grain trade went up", "qin-gang", "2024-05-16", "stated"),
        quote("e", "grain trade has gone up", "wang-yi", None, "unknown"),
    ]
    near = compared(prints_at(*quotes), Aligner(Letters()), 0.3)
    assert sorted(near.signs) == [(0, 1), (1, 2)]


def test_a_day_with_hundreds_of_alike_prints_is_compared_within_bounds():
    quotes = [quote(f"page {n}", f"trade in grain rises {n}", "wang-yi", "2024-05-16", "stated") for n in range(300)]
    near = compared(prints_at(*quotes), Aligner(Letters()), 0.3)
    assert 300 <= len(near.signs) <= 8 * 300


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("98 bcm of gas", "98 billion cubic metres of gas", False),
        ("the largest since Zapad-81", "the largest since 1981", False),
        ("20 documents on energy", "12 documents on trade", True),
        ("trade came to 240 billion", "trade came to 240 billion in 2023", False),
    ],
)
def test_numbers_clash_where_each_has_one_that_the_other_lacks(first, second, clash):
    assert Between(wording(first), wording(second)).clash is clash


def test_things_of_one_sort_exclude_each_other_only_where_none_is_in_both():
    assert contrasts(forms("oil rose in spring"), forms("gas rose in autumn")) == 2
    assert contrasts(forms("oil and gas"), forms("gas")) == 0
    assert contrasts(forms("oil"), forms("trade")) == 0


def test_scripts_other_than_latin_are_not_compared():
    assert is_latin("China’s trade with Россия grows")
    assert not is_latin("中俄关系")
    assert not is_latin("Мы не дружим")
    assert not is_latin("…")
