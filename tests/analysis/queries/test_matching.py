"""Every statement on a question is counted, by its words or by its meaning, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.queries.matching import matching
from analysis.queries.selection import Selection

TEXTS = (
    "Gas will flow for decades",
    "a new gas pipe is planned",
    "Fuel goes east",
    "Our friendship is rock solid",
    "Talks on gas, said in another year",
)


class Subjects:
    name = fingerprint = "subjects"
    dimensions = 3

    def encode(self, texts, progress=None):
        fuel = [("gas" in text.lower()) or ("fuel" in text.lower()) for text in texts]
        rows = np.array([[float(is_fuel), float(not is_fuel), 0.1] for is_fuel in fuel])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class Release:
    def __init__(self):
        self.statements = pd.DataFrame(
            {
                "statement_id": [f"st-{at}" for at in range(len(TEXTS))],
                "text": TEXTS,
                "kind": "direct",
                "speaker_id": "wang-yi",
                "speaker_name": "Wang Yi",
                "speaker_members": [("wang-yi",)] * len(TEXTS),
                "sides": [("CN",)] * len(TEXTS),
                "publishers": [("Outlet",)] * len(TEXTS),
                "formulas": [()] * len(TEXTS),
                "said_on": pd.to_datetime(["2022-01-01"] * 4 + ["2020-01-01"]),
            }
        )

    def vectors(self):
        return list(self.statements["statement_id"]), Subjects().encode(TEXTS)


def found(query, reach="medium", encoder=None, selection=None):
    return matching(Release(), query, selection, encoder=encoder, reach=reach)


def test_words_and_meaning_are_counted_apart():
    on = found("gas", encoder=Subjects())
    assert on.rows.tolist() == [0, 1, 2, 4]
    assert (on.by_words, on.by_meaning) == (3, 1)


def test_its_words_alone_can_be_asked_for():
    on = found("gas", "words", encoder=Subjects())
    assert on.rows.tolist() == [0, 1, 4]
    assert on.by_meaning == 0


def test_filters_come_first():
    assert found("gas after:2021", encoder=Subjects()).rows.tolist() == [0, 1, 2]
    assert found("gas", encoder=Subjects(), selection=Selection(sides=("RU",))).rows.tolist() == []


def test_nothing_asked_is_everything_and_filters_alone_keep_what_passes():
    assert found("").rows.tolist() == [0, 1, 2, 3, 4]
    assert found("before:2021").rows.tolist() == [4]


def test_without_an_encoder_only_words_count_and_that_is_said():
    on = found("gas")
    assert on.rows.tolist() == [0, 1, 4]
    assert "Only words" in on.note
    assert len(found("of the").rows) == 0


def test_an_unknown_reach_is_an_error():
    with pytest.raises(ValueError, match="reach"):
        found("gas", "everything")
