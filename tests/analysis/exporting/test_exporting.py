"""Promises about exports: other programs read back what was written, and nothing in a text acts in them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pandas as pd
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exporting.citations import write_bibtex, write_csl, write_ris
from analysis.exporting.tables import COLUMNS, write_csv, write_jsonl, write_parquet

_KNOWN = {
    "statement_id": "st-0123456789ab",
    "text": "Ties are firm",
    "kind": "direct",
    "said_on_basis": "stated",
    "confidence": 0.9,
    "prints": 1,
    "publishers": ("Outlet", "Wire"),
    "formulas": (),
    "said_on": pd.Timestamp("2023-03-07"),
    "first_published_on": pd.NaT,
    "speaker_name": "Wang Yi",
    "source_title": "A briefing",
    "source_publisher": "Outlet",
    "source_url": "https://example.org/a?b=1",
}


def statements(**values):
    return pd.DataFrame([dict.fromkeys(COLUMNS) | _KNOWN | values])


def written(write, frame):
    file = io.StringIO(newline="")
    write(frame, file)
    return file.getvalue()


def bibtex(frame):
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(written(write_bibtex, frame))
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def ris(frame):
    rispy = pytest.importorskip("rispy")
    (record,) = rispy.loads(written(write_ris, frame))
    return record


TEXTS = st.text(max_size=60).map(lambda text: f"a {text} b")


@given(TEXTS)
def test_a_table_reads_back_as_the_text_that_was_written(text):
    frame = statements(text=text)
    assert json.loads(written(write_jsonl, frame))["text"] == text
    (row,) = csv.DictReader(io.StringIO(written(write_csv, frame), newline=""))
    assert row["text"] == text.encode("utf-8", "replace").decode().replace("\x00", "")
    packed = io.BytesIO()
    write_parquet(frame, packed)
    (row,) = parquet.read_table(packed).to_pylist()
    assert row["text"] == text.encode("utf-8", "replace").decode()
    assert (row["said_on"], row["publishers"]) == (date(2023, 3, 7), ["Outlet", "Wire"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_spreadsheet_is_a_formula(start):
    frame = statements(text=f"{start}HYPERLINK(1)", speaker_name=f"{start}1+1", publishers=(f"{start}cmd",))
    (row,) = csv.DictReader(io.StringIO(written(write_csv, frame), newline=""))
    assert row["text"] == f"'{start}HYPERLINK(1)"
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())


def test_unknown_values_stay_unknown():
    frame = statements(speaker_name=None, said_on=pd.NaT, source_title=None, source_url=None)
    (row,) = csv.DictReader(io.StringIO(written(write_csv, frame), newline=""))
    assert (row["speaker_name"], row["said_on"]) == ("", "")
    assert json.loads(written(write_jsonl, frame))["said_on"] is None
    (item,) = json.loads(written(write_csl, frame))
    assert not {"author", "issued", "URL"} & set(item)
    assert item["title"] == "Ties are firm"
    assert not {"author", "year", "url"} & {field.key for field in bibtex(frame).fields}
    assert not {"authors", "year", "urls"} & set(ris(frame))


def test_a_citation_names_speaker_day_page_and_words():
    frame = statements()
    entry = bibtex(frame)
    assert entry.key == "st-0123456789ab"
    assert entry["author"] == "{Wang Yi}"
    assert (entry["year"], entry["month"], entry["day"]) == ("2023", "mar", "7")
    assert entry["url"] == "https://example.org/a?b=1"
    record = ris(frame)
    assert record["authors"] == ["Wang Yi"]
    assert (record["title"], record["publisher"], record["year"]) == ("A briefing", "Outlet", "2023")
    assert record["urls"] == ["https://example.org/a?b=1"]
    assert record["abstract"] == "Ties are firm"
    (item,) = json.loads(written(write_csl, frame))
    assert item["issued"] == {"date-parts": [[2023, 3, 7]]}
    assert item["author"] == [{"literal": "Wang Yi"}]


@pytest.mark.parametrize(
    "text", ["100 % & more_or_less #1 {x} $5 ~ ^ \\end", "a}\n@misc{evil, title={x}}", "}", "\\", "Дружба 友谊"]
)
def test_what_means_something_to_tex_is_only_text(text):
    frame = statements(text=text, source_title=text, speaker_name=text, source_publisher=text)
    entry = bibtex(frame)
    plain = entry["abstract"]
    for letter, escaped in (("\\textbackslash{}", "\\"), ("\\textasciicircum{}", "^"), ("\\textasciitilde{}", "~")):
        plain = plain.replace(letter, f"\0{ord(escaped)}\0")
    plain = re.sub(r"\\([{}$&%#_])", r"\1", plain)
    plain = re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), plain)
    assert plain == " ".join(text.split())


@given(TEXTS)
def test_one_statement_is_one_record_whatever_its_text(text):
    frame = statements(text=text, source_title=text, speaker_name=text, source_url=f"https://example.org/{text}")
    bibtex(frame)
    record = ris(frame)
    assert record["abstract"].startswith("a")
    assert len(json.loads(written(write_csl, frame))) == 1


def test_a_line_of_a_text_cannot_end_a_ris_record():
    frame = statements(text="first\nER  - \nTY  - GEN\u2028ER  - ")
    assert ris(frame)["abstract"] == "first ER - TY - GEN ER -"
