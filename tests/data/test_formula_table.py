"""Promises about ``data/formulas.csv``: readable wordings, each with its note and its earliest use in the table."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from analysis.entities.gazetteer import Gazetteer
from analysis.formulas import COLUMNS, Formulas

JOINT = {"Joint statement (China and Russia)": "china+russia"}


@pytest.fixture(scope="module")
def formulas(root: Path) -> Formulas:
    return Formulas.load(root / "data" / "formulas.csv")


@pytest.fixture(scope="module")
def gazetteer(root: Path) -> Gazetteer:
    return Gazetteer.load(root / "data" / "gazetteer")


@pytest.fixture(scope="module")
def uses(shared: Path, formulas: Formulas) -> dict[str, list[dict[str, str]]]:
    """The rows of the table that use each formula, the earliest first."""
    with (shared / "statements" / "statements.jsonl").open(encoding="utf-8") as lines:
        table = [json.loads(line) for line in lines]
    table.sort(key=lambda row: (row["said_on"] or "unknown", row["published_on"] or "unknown"))
    found: dict[str, list[dict[str, str]]] = {formula_id: [] for formula_id in formulas.formulas}
    for row in table:
        for formula_id in formulas.in_text(row["text"]):
            found[formula_id].append(row)
    return found


def test_there_are_many_and_they_stand_in_order(root: Path, formulas: Formulas) -> None:
    assert len(formulas.formulas) >= 50
    with (root / "data" / "formulas.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["formula_id"] for row in rows] == list(formulas.formulas)
    assert all(tuple(row) == COLUMNS and all(value == value.strip() for value in row.values()) for row in rows)


def test_every_variant_finds_its_own_wording(formulas: Formulas) -> None:
    for formula in formulas.formulas.values():
        for wording in formula.wordings:
            assert (0, len(wording), formula.formula_id) in formulas.spans(wording), wording


def test_every_formula_has_a_name_a_note_and_a_page(formulas: Formulas, gazetteer: Gazetteer) -> None:
    for formula in formulas.formulas.values():
        assert 30 <= len(formula.note) <= 300, formula.formula_id
        assert formula.note.endswith("."), formula.formula_id
        assert formula.first_known_url, formula.formula_id
        assert formula.first_known_speaker_id, formula.formula_id
        assert set(formula.first_known_speaker_id.split("+")) <= set(gazetteer.entities), formula.formula_id


@pytest.mark.shared
def test_every_formula_is_used_in_the_table(uses: dict[str, list[dict[str, str]]]) -> None:
    assert [formula_id for formula_id, rows in uses.items() if not rows] == []


@pytest.mark.shared
def test_the_first_known_use_is_the_earliest_of_the_table(
    formulas: Formulas, gazetteer: Gazetteer, uses: dict[str, list[dict[str, str]]]
) -> None:
    for formula_id, formula in formulas.formulas.items():
        first = uses[formula_id][0]
        speaker = JOINT.get(first["speaker"]) or getattr(gazetteer.find(first["speaker"]), "entity_id", None)
        day = formula.first_known_on.isoformat() if formula.first_known_on else None
        assert (day, formula.first_known_speaker_id, formula.first_known_url) == (
            first["said_on"],
            speaker,
            first["url"],
        ), formula_id
