"""Promises about tables: other programs read back what was written, with where it comes from, and no cell acts."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime

import openpyxl
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from made import FRAMED, HOSTILE, NOTES, TEXTS, everywhere, exported, packed, words

from analysis.exporting.columns import COLUMNS, FURTHER, MEANINGS, SELECTED, TRACES
from analysis.exporting.formats import FORMATS
from analysis.exporting.tables import write_cells, write_csv, write_json, write_jsonl, write_parquet
from analysis.exporting.words import harmless
from analysis.exporting.workbook import write_workbook

STARTS = ["=", "+", "-", "@", "\t", "\r", " =", "\n+", "\ufeff=", "\x00@", "＝", "＠"]


def csv_rows(export):
    return list(csv.DictReader(io.StringIO(words(write_csv, export), newline="")))


def sheets(export):
    book = openpyxl.load_workbook(packed(write_workbook, export))
    head, *rows = book["Statements"].iter_rows(values_only=True)
    notes = dict(book["Notes"].iter_rows(values_only=True))
    return book, [dict(zip(head, row, strict=True)) for row in rows], notes


@given(FRAMED)
def test_a_table_reads_back_as_the_text_that_was_written(text):
    export = exported({"text": text})
    assert json.loads(words(write_jsonl, export))["text"] == text
    assert json.loads(words(write_json, export))["statements"][0]["text"] == text
    (row,) = csv_rows(export)
    assert row["text"] == text.encode("utf-8", "replace").decode().replace("\x00", "")
    (row,) = parquet.read_table(packed(write_parquet, export)).to_pylist()
    assert row["text"] == text.encode("utf-8", "replace").decode()
    assert (row["said_on"], row["publishers"]) == (date(2023, 3, 7), ["Outlet", "Wire"])


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_spreadsheet_is_a_formula(start):
    export = exported(everywhere(f"{start}HYPERLINK(1)"), further={"note": [f"{start}1+1"]})
    (row,) = csv_rows(export)
    assert row["text"] == f"'{start}HYPERLINK(1)".replace("\x00", "")
    book, (row,), _ = sheets(export)
    assert row["text"].startswith("'")
    assert not any(cell.data_type == "f" for cell in book["Statements"][2])


@settings(max_examples=40)
@given(TEXTS)
def test_whatever_the_text_no_cell_begins_like_a_formula(text):
    export = exported(everywhere(text), further={"note": [text]})
    _, (in_excel,), _ = sheets(export)
    (in_csv,) = csv_rows(export)
    for value in (*in_excel.values(), *in_csv.values()):
        if isinstance(value, str):
            assert not value.lstrip().startswith(("=", "+", "-", "@"))
            assert not value.startswith(("\t", "\r"))


def test_plain_words_get_no_apostrophe():
    for plain in ("“No limits”", "friendship", "– a dash", "10 per cent", "'quoted'", "友谊", ""):
        assert harmless(plain) == plain


def test_a_negative_number_of_ours_stays_a_number():
    file = io.StringIO(newline="")
    write_cells(["=z", "n"], [["a", -1.5]], file)
    assert file.getvalue() == "'=z,n\r\na,-1.5\r\n"


def test_a_csv_is_nothing_but_a_table_and_each_row_says_where_it_is_from():
    (row,) = csv_rows(exported())
    assert tuple(row) == (*COLUMNS, *TRACES, *SELECTED)
    assert row["licence"] == "CC-BY-4.0"
    assert row["release"] == "3"
    assert row["statement_link"] == "https://example.org/record/statement?statement=st-0123456789ab&release=3"
    assert row["selection"] == "query=firm & friendly; side=CN; from=2022-02-24"


def test_json_and_parquet_carry_query_release_link_and_licences():
    read = json.loads(words(write_json, exported({}, {})))
    head = read["on_record"]
    assert (head["release"], head["built"], head["statements"], head["of"]) == (3, "2026-11-26", 2, 815)
    assert head["selection"] == {"side": ["CN"], "from": ["2022-02-24"]}
    assert head["query"] == "firm & friendly"
    assert head["link"] == "https://example.org/record/search?q=firm+%26+friendly&side=CN&release=3"
    assert head["licences"] == {"CC-BY-4.0": 2}
    assert "speakers'" in head["rights"]
    table = parquet.read_table(packed(write_parquet, exported({}, {})))
    assert json.loads(table.schema.metadata[b"on_record"]) == head
    assert table.num_rows == 2


def test_a_workbook_has_the_rows_and_a_sheet_of_notes():
    book, rows, notes = sheets(exported({}, {"said_on": None, "said_on_basis": "unknown"}))
    assert book.sheetnames == ["Statements", "Notes"]
    assert [row["said_on"] for row in rows] == [datetime(2023, 3, 7), None]
    assert rows[0]["confidence"] == 0.9
    assert notes["Release"].startswith("3, built 2026-11-26")
    assert notes["Statements"] == "2 of 815 in the release"
    assert notes["Selection"] == "query=firm & friendly; side=CN; from=2022-02-24"
    assert notes["Link"].startswith("https://example.org/record/search?")
    assert notes["Licences"] == "CC-BY-4.0: 2"
    for name in (*COLUMNS, *TRACES):
        assert notes[name], f"{name} is explained"


def test_only_web_addresses_become_links():
    book, _, _ = sheets(exported({}, {"source_url": "javascript:alert(1)"}, {"source_url": "file:///etc/passwd"}))
    place = [cell.value for cell in book["Statements"][1]].index("source_url")
    links = [row[place].hyperlink for row in book["Statements"].iter_rows(min_row=2)]
    assert [link.target if link else None for link in links] == ["https://example.org/a?b=1", None, None]


def test_a_text_too_long_for_a_cell_is_cut_and_said_to_be():
    _, (row,), notes = sheets(exported({"text": "x" * 40_000}))
    assert len(row["text"]) == 32_767
    assert notes["Cut"].startswith("1 cells held more")


def test_unknown_values_stay_unknown():
    export = exported({"speaker_name": None, "said_on": None, "document_id": "d-other", "office": None})
    (row,) = csv_rows(export)
    assert (row["speaker_name"], row["said_on"], row["licence"]) == ("", "", "")
    read = json.loads(words(write_json, export))
    assert (read["statements"][0]["said_on"], read["statements"][0]["licence"]) == (None, None)
    assert read["on_record"]["licences"] == {"not stated": 1}


def test_further_columns_stand_in_every_table():
    further = {"rank": [1, 2], "found_by": ["words: gas", None]}
    export = exported({}, {}, further=further)
    assert [row["rank"] for row in csv_rows(export)] == ["1", "2"]
    assert [row["found_by"] for row in json.loads(words(write_json, export))["statements"]] == ["words: gas", None]
    assert parquet.read_table(packed(write_parquet, export)).column("rank").to_pylist() == [1, 2]
    _, rows, notes = sheets(export)
    assert rows[0]["found_by"] == "words: gas"
    assert notes["rank"] == FURTHER["rank"]
    with pytest.raises(ValueError, match="1 values for 2 statements"):
        exported({}, {}, further={"rank": [1]})


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_the_same_statements_are_the_same_file_every_time(form):
    export = exported({}, everywhere(HOSTILE), title="A title")
    assert form.write(export) == form.write(export)


def test_a_format_that_takes_no_more_says_so_and_what_to_do():
    many = exported(*[{}] * 1_001)
    for name in ("docx", "markdown"):
        with pytest.raises(ValueError, match=r"takes up to 1,000 statements, and these are 1,001\. Narrow"):
            FORMATS[name].write(many)


def test_without_a_dashboard_s_address_links_begin_at_its_root():
    notes = type(NOTES)(release=2, built="2026-01-01", every=1)
    (row,) = csv_rows(exported(notes=notes))
    assert row["statement_link"] == "/statement?statement=st-0123456789ab&release=2"
    assert notes.link == "/timeline?release=2"


def test_the_document_explains_every_format_and_every_column(root):
    written = (root / "docs/exporting.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| (`.+?`) \|", written, re.MULTILINE))
    for meaning in (MEANINGS, FURTHER, TRACES, SELECTED):
        for name, told in meaning.items():
            assert f"| `{name}` | {told} |" in written
    assert set(FORMATS) <= {name for cell in named for name in re.findall(r"`(\w+)`", cell)}
    for form in FORMATS.values():
        if form.most:
            assert f"up to {form.most:,} statements" in written
