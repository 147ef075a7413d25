"""The directory lists everyone once, with what the filters keep of theirs, and finds a name under any of its forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.queries.speaker_table import Order, SpeakerTable, narrowed, ordered
from analysis.queries.tallies import tally

STATEMENTS = pd.DataFrame(
    [
        ("s-1", ("wang-yi",), "CN", "Foreign Minister", "2022-02-24", ("no-limits",)),
        ("s-2", ("wang-yi",), "CN", "Director", "2024-05-16", ()),
        ("s-3", ("china", "russia"), "CN+RU", None, "2022-02-04", ("no-limits", "win-win")),
        ("s-4", ("russia", "wang-yi"), "CN+RU", "nobody’s", None, ()),
        ("s-5", (), None, None, "2023-01-01", ()),
        ("s-6", ("analyst-lee",), "expert", "Fellow", "2021-01-01", ("win-win",)),
        ("s-7", ("wang-yi",), "CN", None, "2024-06-16", ()),
    ],
    columns=["statement_id", "speaker_members", "side", "office", "said_on", "formulas"],
).assign(said_on=lambda frame: pd.to_datetime(frame["said_on"]))
ENTITIES = pd.DataFrame(
    [
        ("wang-yi", "Wang Yi", "person", "CN", ("王毅", "Foreign Minister Wang")),
        ("china", "China", "state", "CN", ("Beijing",)),
        ("russia", "Russia", "state", None, ("Moscow",)),
    ],
    columns=["entity_id", "name", "kind", "side", "aliases"],
)


@pytest.fixture(scope="module")
def speakers() -> SpeakerTable:
    names = dict(zip(ENTITIES["entity_id"], ENTITIES["name"], strict=True))
    return SpeakerTable(STATEMENTS, ENTITIES, names)


def test_a_group_s_statement_counts_for_each_member_and_its_office_and_side_for_none(speakers):
    table = speakers.count().set_index("speaker_id")
    assert table["statements"].to_dict() == {"wang-yi": 4, "russia": 2, "china": 1, "analyst-lee": 1}
    wang = table.loc["wang-yi"]
    assert (wang["office"], wang["undated"], str(wang["last"].date())) == ("Director", 1, "2024-06-16")
    assert table.loc["russia", "side"] is None
    assert table.loc["analyst-lee", ["name", "side", "kind"]].tolist() == ["analyst-lee", "expert", None]


def test_the_filters_count_what_they_keep_and_drop_who_said_nothing(speakers):
    table = speakers.count((STATEMENTS["said_on"] < "2023").to_numpy()).set_index("speaker_id")
    assert table["statements"].to_dict() == {"analyst-lee": 1, "china": 1, "russia": 1, "wang-yi": 1}
    assert table.loc["wang-yi", "office"] == "Foreign Minister"
    assert speakers.count(np.zeros(len(STATEMENTS), dtype=bool)).empty


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("wang", {"wang-yi"}),
        ("minister WANG", {"wang-yi"}),
        ("王毅", {"wang-yi"}),
        ("beij", {"china"}),
        ("lee", {"analyst-lee"}),
        ("ang", set()),
        ("wang beijing", set()),
        (" ", {"wang-yi", "china", "russia", "analyst-lee"}),
    ],
)
def test_a_name_is_found_under_any_of_its_forms_by_how_its_words_begin(speakers, asked, found):
    assert set(narrowed(speakers.count(), speakers.spelled, asked=asked).rows["speaker_id"]) == found


def test_kinds_and_sides_are_counted_with_the_other_choices_as_they_stand(speakers):
    kept = narrowed(speakers.count(), speakers.spelled, kind="state")
    assert set(kept.rows["speaker_id"]) == {"china", "russia"}
    assert kept.kinds == {"state": 2, "": 1, "person": 1}
    assert kept.sides == {"": 1, "CN": 1}
    assert set(narrowed(speakers.count(), speakers.spelled, side="").rows["speaker_id"]) == {"russia"}


@pytest.mark.parametrize(
    ("order", "first"),
    [(Order.STATEMENTS, "wang-yi"), (Order.NAME, "china"), (Order.FIRST, "analyst-lee"), (Order.LAST, "wang-yi")],
)
def test_the_directory_can_be_sorted(speakers, order, first):
    assert ordered(speakers.count(), order)["speaker_id"].iloc[0] == first


def test_a_tally_counts_each_statement_once_for_each_value():
    every = np.arange(len(STATEMENTS))
    assert tally(STATEMENTS, "formulas", every) == [("no-limits", 2), ("win-win", 2)]
    assert tally(STATEMENTS, "side", every[:4]) == [("CN", 2), ("CN+RU", 2)]
    assert tally(STATEMENTS, "side", every[:0]) == []
