from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from analysis import embedding
from analysis.adding import add
from analysis.archive import check, open_release, releases
from analysis.cli import main
from analysis.importing.laying import import_table
from analysis.importing.rows import read_rows
from analysis.pipeline import build
from analysis.schema import Basis
from analysis.settings import Settings

Row = dict[str, str | None]

GAS: Row = {
    "id": "st-gas",
    "text": "Gas will flow east for decades",
    "speaker": "Sergey Lavrov",
    "role": "Foreign Minister of Russia",
    "side": "RU",
    "said_on": "2023-03-09",
    "date_basis": "page",
    "published_on": "2023-03-10",
    "context": "To reporters in Moscow",
    "source_title": "Lavrov meets the press",
    "publisher": "Agency",
    "url": "https://example.org/lavrov",
    "licence": "CC BY 4.0",
    "kind": "direct",
    "lang": "en",
}
TIES: Row = GAS | {
    "id": "st-ties",
    "text": "两国关系坚如磐石，不针对第三方",
    "speaker": "Joint statement (China and Russia)",
    "side": "CN-RU",
    "said_on": None,
    "date_basis": "none",
    "context": None,
    "url": "https://example.org/joint",
    "kind": "indirect",
    "lang": "zh",
}
HARBOUR: Row = GAS | {
    "id": "st-harbour",
    "text": "Порт углубят к осени",
    "speaker": "Ivan Vymyshlenny",
    "date_basis": "inferred",
    "said_on": "2023-03-01",
}
LONGEST = 10_000


def jsonl(folder: Path, *rows: Row | str, name: str = "table.jsonl") -> Path:
    """A table of JSON lines; a string stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def as_csv(*rows: Row, delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def test_a_row_becomes_a_statement_with_its_id_citation_speaker_and_day(
    tmp_path: Path, settings: Settings, encoder: object
) -> None:
    report, usable = import_table(jsonl(tmp_path, GAS, TIES, HARBOUR), settings)
    assert (report.release, report.skipped, usable) == (1, (), 3)
    assert check(settings.archive) == []
    release = open_release(settings.archive)
    rows = release.statements.set_index("statement_id")
    assert set(rows.index) == {"st-gas", "st-ties", "st-harbour"}
    gas, ties, harbour = (rows.loc[each] for each in ("st-gas", "st-ties", "st-harbour"))
    assert (gas["text"], gas["speaker_id"], gas["side"]) == (GAS["text"], "sergey-lavrov", "RU")
    assert (gas["source_publisher"], gas["source_title"], gas["source_url"]) == (
        GAS["publisher"],
        GAS["source_title"],
        GAS["url"],
    )
    assert (f"{gas['said_on']:%Y-%m-%d}", gas["said_on_basis"]) == ("2023-03-09", "stated")
    assert harbour["said_on_basis"] == "resolved"
    assert (harbour["speaker_name"], harbour["side"]) == ("Ivan Vymyshlenny", "RU")
    assert ties["speaker_name"] == TIES["speaker"]
    assert (ties["speaker_id"], ties["side"], ties["kind"]) == ("china+russia", "CN+RU", "indirect")
    assert (ties["said_on_basis"], ties["text"]) == ("unknown", TIES["text"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_any_usual_form(tmp_path: Path, encoding: str, delimiter: str) -> None:
    split = GAS | {"text": "Gas, oil; and coal\nwill “flow” east"}
    table = tmp_path / "table.csv"
    table.write_bytes(as_csv(split, TIES, HARBOUR, delimiter=delimiter).encode(encoding))
    rows, skipped = read_rows(table, LONGEST)
    assert [row.text for row in rows] == [split["text"], TIES["text"], HARBOUR["text"]]
    assert rows[0].said_on == date(2023, 3, 9)
    assert skipped == []


def test_a_csv_in_an_old_encoding_is_read_and_told(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(as_csv(*(HARBOUR | {"id": f"st-{number}"} for number in range(5))).encode("cp1251"))
    rows, skipped = read_rows(table, LONGEST)
    assert [row.text for row in rows] == [HARBOUR["text"]] * 5
    assert [each.reason for each in skipped] == ["encoding"]


def test_a_workbook_gives_its_days_and_numbers_and_formulas_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "Text", "Speaker", "Said on", "Source title"])
    sheet.append([17, GAS["text"], "Sergey Lavrov", datetime(2023, 3, 9), "=1+1"])
    sheet.append([])
    sheet.append([18, "#N/A", "Sergey Lavrov", date(2023, 3, 10), None])
    book.save(tmp_path / "table.xlsx")
    rows, skipped = read_rows(tmp_path / "table.xlsx", LONGEST)
    assert [(row.id, row.text, row.said_on, row.source_title) for row in rows] == [
        ("17", GAS["text"], date(2023, 3, 9), "=1+1"),
        ("18", "#N/A", date(2023, 3, 10), None),
    ]
    assert skipped == []


@pytest.mark.parametrize(
    ("bad", "column", "advice"),
    [
        (GAS | {"text": " "}, "column text", "Give the quotation"),
        (GAS | {"speaker": None}, "column speaker", "Name who said it"),
        (GAS | {"said_on": "2023-02-31"}, "column said_on: “2023-02-31” is no day", "2022-02-24"),
        (GAS | {"published_on": "soon"}, "column published_on: “soon” is no day", "2022-02-24"),
        (GAS | {"kind": "sung"}, "column kind: “sung”", "direct"),
        (GAS | {"date_basis": "rumour"}, "column date_basis: “rumour”", "inferred"),
        (GAS | {"id": "st harbour/?"}, "column id", "letters"),
        (HARBOUR | {"text": "Other words"}, "column id: “st-harbour” is row 1's", "its own id"),
        ('{"id": ', "no JSON object", "one object a line"),
        ("[1, 2]", "no JSON object", "one object a line"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(tmp_path: Path, bad: Row | str, column: str, advice: str) -> None:
    rows, skipped = read_rows(jsonl(tmp_path, HARBOUR, bad, TIES), LONGEST)
    assert [row.id for row in rows] == ["st-harbour", "st-ties"]
    (told,) = skipped
    assert told.source == "table.jsonl row 2"
    assert "table.jsonl row 2" in told.detail
    assert column in told.detail
    assert advice in told.detail


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("words,who\nGas will flow,Lavrov\nThe port too,Lavrov\n", encoding="utf-8")
    rows, (told,) = read_rows(table, LONGEST)
    assert rows == []
    assert "no column text or speaker (it has who, words)" in told.detail


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\x00\x01\x02", b'"a\n', b"text,speaker\n"])
def test_an_odd_file_has_no_row_and_says_why(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    rows, skipped = read_rows(tmp_path / "odd.csv", LONGEST)
    assert rows == []
    assert skipped


def test_a_row_keeps_what_the_table_says_of_its_day(tmp_path: Path) -> None:
    (row,), _ = read_rows(jsonl(tmp_path, GAS | {"date_basis": None}), LONGEST)
    assert row.said_on_basis is Basis.STATED


def test_the_same_table_publishes_nothing_and_computes_nothing(
    tmp_path: Path, settings: Settings, encoder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = jsonl(tmp_path, GAS, TIES)
    import_table(table, settings)
    monkeypatch.setattr(embedding, "load_encoder", lambda name: pytest.fail("the encoder was loaded"))
    report, _ = import_table(table.rename(tmp_path / "renamed.jsonl"), settings)
    assert (report.release, report.changed) == (1, False)
    assert len(releases(settings.archive)) == 1


def test_a_changed_row_replaces_its_statement_and_the_others_stay(
    tmp_path: Path, settings: Settings, encoder: object
) -> None:
    import_table(jsonl(tmp_path, GAS, TIES, HARBOUR), settings)
    report, _ = import_table(jsonl(tmp_path, GAS | {"text": "Gas will flow east for years"}, TIES), settings)
    assert (report.release, report.counts["statements"]) == (2, 3)
    assert check(settings.archive) == []
    rows = open_release(settings.archive).statements.set_index("statement_id")
    assert rows.loc["st-gas", "text"] == "Gas will flow east for years"
    assert rows.loc["st-harbour", "text"] == HARBOUR["text"]


def test_a_build_keeps_what_was_imported_and_joins_other_prints_to_it(
    tmp_path: Path, sources: Path, settings: Settings, encoder: object
) -> None:
    import_table(jsonl(tmp_path, GAS, TIES), settings)
    assert build([sources], settings).changed
    assert check(settings.archive) == []
    rows = open_release(settings.archive).statements.set_index("statement_id")
    assert {"st-gas", "st-ties"} <= set(rows.index)
    assert rows.loc["st-gas", "prints"] == 2  # the brief prints it too
    assert not build([sources], settings).changed
    import_table(jsonl(tmp_path, HARBOUR), settings)
    assert build([sources], settings).counts["statements"] == len(rows) + 1


def test_a_table_laid_over_pages_and_pages_over_a_table_leave_each_other_standing(
    tmp_path: Path, sources: Path, settings: Settings, encoder: object
) -> None:
    build([sources], settings)
    before = set(open_release(settings.archive).statements["statement_id"])
    report, _ = import_table(jsonl(tmp_path, GAS, HARBOUR), settings)
    assert (report.release, report.changed) == (2, True)
    page = GAS | {"text": "Nothing is said in these words.", "doc_id": "page", "title": "Lavrov meets the press"}
    assert add([jsonl(tmp_path, page, name="page.jsonl")], settings).release == 3
    assert check(settings.archive) == []
    release = open_release(settings.archive)
    assert before | {"st-gas", "st-harbour"} <= set(release.statements["statement_id"])


def test_a_table_that_was_exported_can_be_imported_again(
    tmp_path: Path, sources: Path, settings: Settings, encoder: object, capsys: pytest.CaptureFixture[str]
) -> None:
    build([sources], settings)
    assert main(["export", "--format", "csv", "--archive", str(settings.archive)]) == 0
    (tmp_path / "exported.csv").write_text(capsys.readouterr().out, encoding="utf-8", newline="")
    before = set(open_release(settings.archive).statements["statement_id"])
    import_table(tmp_path / "exported.csv", settings)
    assert check(settings.archive) == []
    assert set(open_release(settings.archive).statements["statement_id"]) == before
    build([sources], settings)
    assert check(settings.archive) == []


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], encoder: object) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code, standard output and standard error."""

    def call(*argv: object) -> tuple[int, str, str]:
        code = main([str(each) for each in argv])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_command_says_what_it_read_and_left_out(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    table = jsonl(tmp_path, GAS, TIES | {"speaker": ""})
    code, said, _ = run("import", table, "--archive", tmp_path / "archive")
    assert code == 0
    assert "1 row of table.jsonl read" in said
    assert "table.jsonl row 2, column speaker" in said
    code, said, _ = run("search", "gas", "--mode", "words", "--format", "jsonl", "--archive", tmp_path / "archive")
    assert (code, json.loads(said)["id"]) == (0, "st-gas")
    assert "held already" in run("import", table, "--archive", tmp_path / "archive")[1]


def test_without_a_usable_row_nothing_changes(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    code, _, told = run("import", jsonl(tmp_path, "no row"), "--archive", tmp_path / "archive")
    assert code == 1
    assert "table.jsonl row 1" in told
    assert not (tmp_path / "archive").exists()
    assert run("import", tmp_path / "absent.csv", "--archive", tmp_path / "archive")[0] == 2


@pytest.mark.shared
def test_the_shared_table_is_imported_whole_and_search_answers_with_its_ids(
    shared: Path, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    table, archive = shared / "statements/statements.jsonl", tmp_path / "archive"
    rows = {row["id"]: row for row in map(json.loads, table.read_text(encoding="utf-8").splitlines())}
    assert run("import", table, "--archive", archive)[0] == 0
    assert check(archive) == []
    statements = open_release(archive).statements.set_index("statement_id")
    assert set(statements.index) == set(rows)
    for key, row in rows.items():
        statement = statements.loc[key]
        day = statement["said_on"]
        assert (statement["text"], statement["kind"]) == (row["text"], row["kind"])
        assert (f"{day:%Y-%m-%d}" if day == day else None) == row["said_on"]
    asked = ("search", "not aimed at any third country", "--mode", "words", "--format", "jsonl", "--archive", archive)
    code, said, _ = run(*asked)
    hits = [json.loads(line)["id"] for line in said.splitlines()]
    assert code == 0
    assert hits
    assert set(hits) <= set(rows)
