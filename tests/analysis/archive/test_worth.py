from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.archive.served import worth
from analysis.archive.served.words import Postings, Text, index_words, open_postings
from analysis.queries import word_index
from analysis.queries.word_index import WordIndex, WordScores

ASKED = ["the", "of", "gas", "talks", "seldom", "missing"]
TELLING = ASKED[2:]
WORDS = "the the the of of of and gas gas trade talks peace border treaty".split()


def texts(count: int, seed: int = 1) -> list[Text]:
    chance = random.Random(seed)
    said = (" ".join(chance.choices(WORDS, k=chance.randrange(1, 40))) for _ in range(count))
    return [Text(each if at % 50 else f"{each} seldom", "Wang Yi", "Foreign Minister") for at, each in enumerate(said)]


def scores(postings: Postings, asked: Sequence[str] = ASKED) -> WordScores:
    return WordIndex(postings, [None], np.zeros(postings.size, np.int32)).scores(asked)


@pytest.fixture
def common_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """From how many statements on a word counts as common."""
    return lambda count: monkeypatch.setattr(worth, "_COMMON", count)


def test_worths_are_those_of_bm25() -> None:
    given = texts(400)
    postings = index_words(given)
    found = scores(postings).bm25
    lengths = np.array([len(text.said.split()) for text in given])
    expected = np.zeros(len(given))
    for word in ASKED:
        frequency = np.array([text.said.split().count(word) for text in given], dtype=float)
        held = int((frequency > 0).sum())
        idf = np.log1p((len(given) - held + 0.5) / (held + 0.5))
        norm = 1.2 * (1 - 0.4 + 0.4 * lengths / lengths.mean())
        expected += idf * frequency * 2.2 / (frequency + norm)
    assert np.abs(found - expected).max() < 0.5 * worth.STEP * len(ASKED) * 6  # idf is below 6
    assert np.corrcoef(found, expected)[0, 1] > 0.9999


def test_common_words_count_as_others_do(common_from: Callable[[int], None], tmp_path: Path) -> None:
    common_from(10**9)
    one = index_words(texts(word_index.STRETCH + 900))
    common_from(1)
    two = index_words(texts(word_index.STRETCH + 900))
    assert len(one.worth.common) == 0 < len(two.worth.common)
    first, second = scores(one, TELLING), scores(two, TELLING)
    np.testing.assert_allclose(first.bm25, second.bm25, rtol=1e-5)
    np.testing.assert_allclose(first.coverage, second.coverage, rtol=1e-5)
    np.testing.assert_array_equal(first.subject, second.subject)
    assert 0 < first.subject.mean() < 1
    two.save(tmp_path)
    opened = scores(open_postings(tmp_path), TELLING)
    np.testing.assert_array_equal(opened.bm25, second.bm25)
    np.testing.assert_array_equal(opened.coverage, second.coverage)


def test_empty_words_are_passed_over_where_they_are_common_and_more_is_asked(
    common_from: Callable[[int], None],
) -> None:
    common_from(1)
    postings = index_words(texts(400))
    some, every = scores(postings, TELLING), scores(postings)
    np.testing.assert_array_equal(every.bm25, some.bm25)
    np.testing.assert_array_equal(every.coverage, some.coverage)
    assert scores(postings, ["the", "of"]).bm25.max() > 0, "nothing else is asked"
    common_from(10**9)
    assert (scores(index_words(texts(400))).bm25 > some.bm25 + 0.01).any(), "in a small archive they count"


def test_worths_after_additions_are_those_of_all_made_at_once(common_from: Callable[[int], None]) -> None:
    common_from(1)
    old, new = texts(200), [Text(f"{text.said} gas treaty " * 3, "", "") for text in texts(100, seed=2)]
    keep = np.arange(200) % 7 != 0
    added = index_words(new, index_words(old), keep)
    whole = index_words([*(text for text, stays in zip(old, keep, strict=True) if stays), *new])
    np.testing.assert_array_equal(scores(added).bm25, scores(whole).bm25)
    np.testing.assert_array_equal(scores(added).coverage, scores(whole).coverage)


def test_words_of_equal_statements_score_equally_to_the_last_bit(common_from: Callable[[int], None]) -> None:
    common_from(1)
    same = Text("the talks of gas", "", "")
    found = scores(index_words([same, *texts(word_index.STRETCH), same]))
    assert found.bm25[0] == found.bm25[-1] > 0
    assert found.coverage[0] == found.coverage[-1] > 0
