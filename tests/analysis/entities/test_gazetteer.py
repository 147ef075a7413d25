from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import fold
from analysis.schema import EntityKind

SIDES = "side,name,demonyms,capital\nCN,China,Chinese,Beijing\nRU,Russia,Russian,Moscow\n"
PEOPLE = "entity_id,name,side,pronoun,aliases,wikidata,note\n"
OFFICES = "entity_id,title,since,until,note\n"
INSTITUTIONS = "entity_id,name,kind,side,aliases,speaks_as,note\n"


def written(folder: Path, **tables: str) -> Path:
    """A gazetteer folder whose tables hold the given rows below their headers."""
    for name, header in (("people", PEOPLE), ("offices", OFFICES), ("institutions", INSTITUTIONS)):
        (folder / f"{name}.csv").write_text(header + tables.get(name, ""), encoding="utf-8")
    (folder / "sides.csv").write_text(SIDES, encoding="utf-8")
    return folder


def rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / "gazetteer" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("wang yi", "wang-yi"),
        ("Xi’s", "xi-jinping"),
        ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
        ("ALEKSANDAR VUCIC", "aleksandar-vucic"),
        ("Сергей Лавров", "sergey-lavrov"),
        ("习近平", "xi-jinping"),
        ("Andrei Denisov", "andrey-denisov"),
        ("Gen Shuang", "geng-shuang"),
        ("Beijing", "china"),
        ("the Chinese side", "china"),
        ("The Kremlin", "kremlin"),
        ("Russian presidential office", "kremlin"),
        ("China's foreign ministry", "chinese-foreign-ministry"),
        ("China’s Foreign Ministry", "chinese-foreign-ministry"),
        ("U.S.", "united-states"),
        ("US", "united-states"),
        ("SCMP", "south-china-morning-post"),
        ("The Wall Street Journal", "wall-street-journal"),
    ],
)
def test_a_name_is_found_whatever_its_spelling(gazetteer: Gazetteer, name: str, entity_id: str):
    found = gazetteer.find(name)
    assert found is not None
    assert found.entity_id == entity_id


@pytest.mark.parametrize("name", ["", "   ", "…", "Nobody Atall", "Wang", "\ud800", "' s"])
def test_an_unknown_name_finds_nobody(gazetteer: Gazetteer, name: str):
    assert gazetteer.find(name) is None


@pytest.mark.parametrize(
    ("entity_id", "day", "office"),
    [
        ("vladimir-putin", date(2010, 3, 23), "Prime Minister of Russia"),
        ("vladimir-putin", date(2012, 5, 7), "President of Russia"),
        ("wang-yi", date(2022, 3, 30), "State Councilor and Foreign Minister of China"),
        ("wang-yi", date(2023, 2, 22), "Director of the Office of the Central Foreign Affairs Commission"),
        ("nikolai-patrushev", date(2023, 2, 21), "Secretary of the Security Council of Russia"),
        ("sergei-shoigu", date(2025, 12, 2), "Secretary of the Security Council of Russia"),
        ("geng-shuang", date(2018, 2, 14), "Chinese Foreign Ministry spokesperson"),
        ("andrey-denisov", date(2023, 6, 1), None),  # left in September 2022
        ("igor-ivanov", date(2007, 7, 20), None),  # left that month, the day is not certain
        ("igor-ivanov", date(2020, 1, 1), None),
        ("wang-yi", None, None),
        ("nobody", date(2020, 1, 1), None),
    ],
)
def test_an_office_is_given_for_the_days_it_was_surely_held(
    gazetteer: Gazetteer, entity_id: str, day: date | None, office: str | None
):
    assert gazetteer.office(entity_id, day) == office


def test_every_row_of_the_shipped_gazetteer_is_well_formed(root: Path, gazetteer: Gazetteer):
    people, institutions, offices = rows(root, "people"), rows(root, "institutions"), rows(root, "offices")
    sides = {row["side"] for row in rows(root, "sides")}
    identifiers = Counter(row["entity_id"] for row in people + institutions)
    assert [each for each, count in identifiers.items() if count > 1] == []
    assert len(people) >= 150
    for row in people:
        assert row["side"] in sides, row
        assert row["pronoun"] in ("he", "she"), row
    for row in institutions:
        assert row["side"] in sides | {""}, row
        assert row["kind"] in set(EntityKind), row
    for row in offices:
        assert row["entity_id"] in identifiers, row
        assert row["since"] or row["until"] or "not certain" in row["note"], f"say why both days are open: {row}"
    assert len(gazetteer.entities) == len(identifiers)


def test_no_name_of_the_shipped_gazetteer_means_two(root: Path):
    owners: dict[str, str] = {}
    for row in rows(root, "people") + rows(root, "institutions"):
        for name in [row["name"], *(alias.strip() for alias in row["aliases"].split(";") if alias.strip())]:
            assert owners.setdefault(fold(name), row["entity_id"]) == row["entity_id"], name


def test_the_shipped_offices_are_in_order(gazetteer: Gazetteer):
    for entity in gazetteer.entities.values():
        for office in entity.offices:
            assert not (office.since and office.until) or office.since < office.until, (entity.name, office)
            assert not office.since or date(1970, 1, 1) < office.since < date(2027, 1, 1), (entity.name, office)


@pytest.mark.shared
def test_every_speaker_of_the_statements_is_known(gazetteer: Gazetteer, shared: Path):
    lines = (shared / "statements" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    speakers = {json.loads(line)["speaker"] for line in lines}
    assert {name for name in speakers if gazetteer.find(name) is None} == {"Joint statement (China and Russia)"}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"people": "a,Ann,XX,she,,,\n"}, "people.csv, line 2: side “XX” is not in sides.csv"),
        ({"people": "a,Ann,CN,she,,,\na,Bo,CN,he,,,\n"}, "people.csv, line 3: “a” is given a second time"),
        ({"people": "a,Ann,CN,she,Annie,,\nb,Bo,CN,he,annie,,\n"}, "people.csv, line 3: “annie” already names “a”"),
        ({"people": "a,Ann,CN,they,,,\n"}, "people.csv, line 2: pronoun “they”"),
        ({"people": "a,Ann,CN\n"}, "people.csv, line 2: 3 fields where 7 belong"),
        ({"people": ",Ann,CN,she,,,\n"}, "people.csv, line 2: an entity needs an identifier and a name"),
        ({"institutions": "a,Agency,thing,CN,,,\n"}, "institutions.csv, line 2: kind “thing”"),
        ({"institutions": "a,Agency,media,,,nobody,\n"}, "institutions.csv, line 2: “a” speaks as “nobody”"),
        ({"offices": "a,Mayor,2020,,\n"}, "offices.csv, line 2: nobody is called “a”"),
        ({"people": "a,Ann,CN,she,,,\n", "offices": "a,Mayor,2020-02-31,,\n"}, "“2020-02-31” is no date"),
        (
            {"people": "a,Ann,CN,she,,,\n", "offices": "a,Mayor,2020-03,2019,\n"},
            "ends, 2019, before it begins, 2020-03",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_file_and_line(tmp_path: Path, tables: dict[str, str], message: str):
    with pytest.raises(ValueError, match="line") as refused:
        Gazetteer.load(written(tmp_path, **tables))
    assert message in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match=r"sides\.csv is missing"):
        Gazetteer.load(tmp_path)


def test_a_day_known_to_the_month_is_certain_only_outside_that_month(tmp_path: Path):
    folder = written(tmp_path, people="a,Ann,CN,she,,,\n", offices="a,Mayor,2019-08,2022-03-05,\n")
    gazetteer = Gazetteer.load(folder)
    assert gazetteer.office("a", date(2019, 8, 15)) is None
    assert gazetteer.office("a", date(2019, 9, 1)) == "Mayor"
    assert gazetteer.office("a", date(2022, 3, 5)) is None
    office = gazetteer.entities["a"].offices[0]
    assert (office.since, office.until) == (None, date(2022, 3, 5))


def test_a_name_that_speaks_for_another_becomes_that_other(tmp_path: Path):
    rows = "city,Riverton,place,CN,,state,\nstate,Riverland,state,CN,,,\n"
    gazetteer = Gazetteer.load(written(tmp_path, institutions=rows))
    assert gazetteer.speaks_as("city") == "state"
    assert gazetteer.speaks_as("state") == "state"
