"""Promises that a question gets the same answer in any order of the table, of the filters, and on any threads."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from analysis.archive.served.vectors import cosines
from analysis.embedding import embed, load_encoder
from analysis.queries import question
from analysis.queries.search import search
from analysis.queries.selection import Selection
from analysis.queries.similar import similar

SUBJECTS = ("gas to the east", "peace talks in spring", "no bloc against others", "students and music", "third parties")
SPEAKERS = ("wang-yi", "sergey-lavrov", "xi-jinping", "maria-zakharova")
# Each subject is said in the same words by everyone on several days: only the identifier tells them apart.
ROWS = [
    (f"st-{at:03d}", SPEAKERS[at % 4], "CN" if at % 2 == 0 else "RU", f"2023-{1 + at % 12:02d}-01",
     f"We speak of {SUBJECTS[at % 5]} once more")
    for at in range(60)
]  # fmt: skip
QUERIES = ("gas", "no alliances", '"third parties"', "side:CN music", "gas OR music", "after:2023-06", "talks -gas")


class Release:
    """What search reads of a release."""

    def __init__(self, order):
        rows = [ROWS[at] for at in order]
        ids, speakers, sides, days, texts = zip(*rows, strict=True)
        self.statements = pd.DataFrame(
            {
                "statement_id": ids,
                "text": texts,
                "kind": "direct",
                "speaker_id": speakers,
                "speaker_name": [name.replace("-", " ").title() for name in speakers],
                "speaker_members": [(name,) for name in speakers],
                "sides": [(side,) for side in sides],
                "publishers": [("Outlet",)] * len(rows),
                "formulas": [()] * len(rows),
                "said_on": pd.to_datetime(list(days)),
            }
        )
        self._vectors = embed(list(texts), load_encoder("small"))

    def vectors(self):
        return list(self.statements["statement_id"]), self._vectors


@pytest.fixture(scope="module")
def as_written():
    return Release(range(len(ROWS)))


@pytest.fixture(scope="module", params=[1, 2, 3])
def shuffled(request):
    order = list(range(len(ROWS)))
    random.Random(request.param).shuffle(order)
    return Release(order)


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "words"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_order_in_which_an_archive_was_built_changes_nothing(as_written, shuffled, query, mode):
    encoder = load_encoder("small")
    first = search(as_written, query, encoder=encoder, mode=mode, limit=25)
    assert first == search(shuffled, query, encoder=encoder, mode=mode, limit=25)
    by_score: dict[float, list[str]] = {}
    for hit in first:
        by_score.setdefault(hit.score, []).append(hit.statement_id)
    if "after" not in query:  # those go by day
        assert all(ids == sorted(ids) for ids in by_score.values())
        assert not first or any(len(ids) > 3 for ids in by_score.values()), "there are ties to break"


def test_more_like_this_breaks_ties_by_id_in_every_order(as_written, shuffled):
    found = similar(as_written, "st-030", 12)
    assert found == similar(shuffled, "st-030", 12)
    assert [hit.statement_id for hit in found][:11] == [f"st-{at:03d}" for at in range(0, 60, 5) if at != 30]


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "words"])
def test_the_order_in_which_filters_are_given_changes_nothing(as_written, mode):
    encoder = load_encoder("small")
    one = Selection(speakers=("wang-yi", "sergey-lavrov"), sides=("CN", "RU"))
    other = Selection(speakers=("sergey-lavrov", "wang-yi"), sides=("RU", "CN"))
    assert search(as_written, "gas", one, encoder=encoder, mode=mode) == search(
        as_written, "gas", other, encoder=encoder, mode=mode
    )
    typed = [
        search(as_written, query, encoder=encoder, mode=mode)
        for query in ("gas speaker:Wang speaker:Lavrov side:CN,RU", "side:RU speaker:Lavrov gas side:CN speaker:Wang")
    ]
    assert typed[0] == typed[1]


def test_the_number_of_threads_changes_nothing(as_written):
    encoder = load_encoder("small")
    threads = torch.get_num_threads()
    found = []
    try:
        for count in (1, 2, 4):
            torch.set_num_threads(count)
            question.encode_query.cache_clear()
            found.append([search(as_written, query, encoder=encoder, limit=60) for query in QUERIES])
    finally:
        torch.set_num_threads(threads)
    for others in found[1:]:
        assert [[hit.statement_id for hit in hits] for hits in others] == [
            [hit.statement_id for hit in hits] for hits in found[0]
        ]


@given(st.integers(1, 300), st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_equal_vectors_are_equally_close_wherever_they_stand(rows, dimensions, seed):
    random_numbers = np.random.default_rng(seed)
    vector = random_numbers.normal(size=dimensions).astype(np.float32)
    query = random_numbers.normal(size=dimensions).astype(np.float32)
    scores = cosines(np.tile(vector, (rows, 1)), query)
    assert len(set(scores.tolist())) == 1
    assert scores[0] == cosines(vector[None], query)[0]
