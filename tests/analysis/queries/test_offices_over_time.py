"""Offices are held on the days that are known, perhaps on those that are not; and institutions know their speakers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.entities.gazetteer import office_periods
from analysis.queries.offices_over_time import OfficesOf, Term, Touch, spoke_for, terms
from analysis.schema import Office

MAY = (date(2024, 5, 1), date(2024, 5, 31))
SPOKESPERSON = "Chinese Foreign Ministry spokesperson"


@pytest.fixture
def gazetteer(tmp_path: Path):
    (tmp_path / "offices.csv").write_text(
        "entity_id,title,since,until,note\n"
        f"hua-chunying,{SPOKESPERSON},2012,2024,days not certain\n"
        f"mao-ning,{SPOKESPERSON},2022-09-05,,\n"
        f"wang-wenbin,{SPOKESPERSON},2020-07-17,2024-05-24,\n"
        f"lin-jian,{SPOKESPERSON},2024-03-18,,\n"
        "wu-qian,Chinese Defence Ministry spokesperson,,,days not certain\n",
        encoding="utf-8",
    )
    return office_periods(tmp_path)


def term(gazetteer, who: str) -> Term:
    return terms(who, [office for office, _, _ in gazetteer[who]], gazetteer)[0]


@pytest.mark.parametrize(
    ("who", "touched"),
    [
        ("mao-ning", Touch.OPEN),  # since 2022, and no end is on record
        ("wang-wenbin", Touch.HELD),
        ("hua-chunying", Touch.PERHAPS),  # until some day in 2024
        ("wu-qian", Touch.PERHAPS),  # nobody knows when
    ],
)
def test_who_held_an_office_in_a_month_is_sure_only_where_the_days_are(gazetteer, who, touched):
    assert term(gazetteer, who).touches(*MAY) == touched


def test_an_office_that_was_left_or_not_yet_taken_up_is_not_held(gazetteer):
    assert term(gazetteer, "wang-wenbin").touches(date(2024, 6, 1), None) is None
    assert term(gazetteer, "lin-jian").touches(None, date(2024, 3, 17)) is None


def test_an_end_that_is_not_on_record_is_told_from_one_that_nobody_knows(gazetteer):
    assert term(gazetteer, "mao-ning").is_held
    assert not term(gazetteer, "wu-qian").is_held
    (unlisted,) = terms("somebody", [Office("Envoy", date(2020, 1, 1), None)], gazetteer)
    assert not unlisted.is_held, "the release may mean either"
    assert unlisted.touches(*MAY) is Touch.PERHAPS


def test_a_gazetteer_with_other_days_does_not_change_what_a_release_says(gazetteer):
    (told,) = terms("mao-ning", [Office(SPOKESPERSON, date(2022, 9, 6), None)], gazetteer)
    assert told.since == (date(2022, 9, 6), date(2022, 9, 6))


ENTITIES = pd.DataFrame(
    [
        ("chinese-foreign-ministry", "Chinese Foreign Ministry", "organisation", ("Foreign Ministry of China",)),
        ("china", "China", "state", ("PRC",)),
        ("united-nations", "United Nations", "organisation", ("UN",)),
        ("wang-yi", "Wang Yi", "person", ()),
    ],
    columns=["entity_id", "name", "kind", "aliases"],
)


@pytest.mark.parametrize(
    ("title", "institutions"),
    [
        (SPOKESPERSON, {"chinese-foreign-ministry"}),
        ("Foreign Minister of China", {"china", "chinese-foreign-ministry"}),
        ("Vice Foreign Minister of China", {"china", "chinese-foreign-ministry"}),
        ("Russian Ambassador to China", set()),
        ("Permanent Representative of China to the UN", {"china"}),
        ("analyst", set()),
    ],
)
def test_a_title_names_the_institutions_it_speaks_for(title, institutions):
    assert OfficesOf(ENTITIES).institutions(title) == institutions


def test_everyone_who_spoke_for_a_ministry_is_listed_with_their_statements_then_who_said_nothing(gazetteer):
    statements = pd.DataFrame(
        {
            "speaker_id": ["lin-jian", "lin-jian", "wang-yi", "mao-ning", None],
            "office": [SPOKESPERSON, SPOKESPERSON, "Foreign Minister of China", SPOKESPERSON, SPOKESPERSON],
            "said_on": pd.to_datetime(["2024-05-08", "2024-05-20", "2024-05-09", "2024-06-03", "2024-05-09"]),
        }
    )
    held = {who: [term(gazetteer, who)] for who in gazetteer}
    keep = statements["said_on"].between(*map(pd.Timestamp, MAY)).to_numpy()
    found = spoke_for("chinese-foreign-ministry", statements, keep, OfficesOf(ENTITIES), held, MAY)
    assert [(each.speaker_id, each.statements) for each in found] == [
        ("lin-jian", 2),
        ("wang-yi", 1),
        ("wang-wenbin", 0),
        ("mao-ning", 0),
    ]
    assert found[0].term == term(gazetteer, "lin-jian")
    assert found[1].term is None, "only a text says so"
    assert (found[0].first, found[0].last) == (date(2024, 5, 8), date(2024, 5, 20))
    assert found[0].rows.tolist() == [0, 1]
    everything = spoke_for("chinese-foreign-ministry", statements, np.ones(5, bool), OfficesOf(ENTITIES), held)
    assert {each.speaker_id for each in everything} == {"lin-jian", "wang-yi", "mao-ning"}, "who spoke, not who held"
