"""Every source is read or named: nothing is lost in silence, and nothing stops the rest."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from analysis.reading import is_note, read_sources
from analysis.schema import Document, Skipped

ARTICLE = "Wang Yi said on Tuesday that the partnership would last.\n\nLavrov agreed with him.\n"


def read(*sources: str | Path, longest: int = 100_000) -> tuple[list[Document], list[Skipped]]:
    found = list(read_sources(sources, longest_document=longest))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Skipped)]


def test_a_folder_is_read_in_order_with_everything_else_named(tmp_path):
    (tmp_path / "b.txt").write_text(ARTICLE)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "z.MD").write_text("# Heading\n\nSome words.")
    (tmp_path / ".hidden.txt").write_text(ARTICLE)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.txt").write_text(ARTICLE)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "README.md").write_text("About these files.")
    documents, skipped = read(tmp_path)
    assert [one.source for one in documents] == [f"{tmp_path.name}/b.txt", f"{tmp_path.name}/a/z.MD"]
    assert {(one.source, one.reason) for one in skipped} == {
        (f"{tmp_path.name}/picture.png", "unknown"),
        (f"{tmp_path.name}/README.md", "about"),
    }


def test_a_readme_named_directly_is_read(tmp_path):
    (tmp_path / "README.md").write_text("About these files.")
    assert [one.text for one in read(tmp_path / "README.md")[0]] == ["About these files."]


def _binary(folder: Path) -> Path:
    (folder / "x.txt").write_bytes(bytes(range(256)) * 10)
    return folder / "x.txt"


def _pdf(folder: Path) -> Path:
    (folder / "x.txt").write_bytes(b"%PDF-1.7 \n text text text")
    return folder / "x.txt"


def _empty(folder: Path) -> Path:
    (folder / "x.txt").write_text(" \n\n")
    return folder / "x.txt"


def _long(folder: Path) -> Path:
    (folder / "x.txt").write_text("word " * 30_000)
    return folder / "x.txt"


def _huge(folder: Path) -> Path:
    with (folder / "x.txt").open("wb") as file:
        file.truncate(3_000_000_000)  # sparse: it takes no room, and must not be loaded
    return folder / "x.txt"


def _unknown(folder: Path) -> Path:
    (folder / "x.docx").write_text("words")
    return folder / "x.docx"


def _broken_front_matter(folder: Path) -> Path:
    (folder / "x.md").write_text("---\ntitle: [unclosed\n---\n\nBody.")
    return folder / "x.md"


def _open_front_matter(folder: Path) -> Path:
    (folder / "x.md").write_text("---\ntitle: A\n\nBody without an end of the front matter.")
    return folder / "x.md"


def _broken_row(folder: Path) -> Path:
    (folder / "x.jsonl").write_text('{"text": "unfinished\n')
    return folder / "x.jsonl"


def _no_text(folder: Path) -> Path:
    (folder / "x.jsonl").write_text('{"title": "only a title"}\n')
    return folder / "x.jsonl"


def _empty_folder(folder: Path) -> Path:
    (folder / "x").mkdir()
    return folder / "x"


BAD = {
    "binary": [_binary, _pdf],
    "empty": [_empty, _empty_folder],
    "too long": [_long, _huge],
    "unknown": [_unknown],
    "broken": [_broken_front_matter, _open_front_matter, _broken_row, _no_text],
    "missing": [lambda folder: folder / "nowhere.txt", lambda folder: folder / "a\x00b", lambda folder: "x" * 5000],
}


@pytest.mark.parametrize(("reason", "make"), [(reason, make) for reason, makers in BAD.items() for make in makers])
def test_what_cannot_be_read_is_named_with_what_to_do_and_the_rest_goes_on(tmp_path, reason, make):
    good = tmp_path / "good.txt"
    good.write_text(ARTICLE)
    documents, skipped = read(make(tmp_path), good)
    assert [one.text for one in documents] == [ARTICLE]
    assert [one.reason for one in skipped] == [reason]
    assert len(skipped[0].detail) > 30
    assert skipped[0].detail.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read everything")
def test_an_unreadable_file_is_named(tmp_path):
    (tmp_path / "x.txt").write_text(ARTICLE)
    (tmp_path / "x.txt").chmod(0)
    assert [one.reason for one in read(tmp_path / "x.txt")[1]] == ["unreadable"]


def test_the_same_file_given_twice_is_read_once(tmp_path):
    (tmp_path / "x.txt").write_text(ARTICLE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "x.txt")
    documents, skipped = read(tmp_path / "x.txt", tmp_path, tmp_path / "x.txt")
    assert (len(documents), skipped) == (1, [])


def test_a_copy_under_the_same_name_is_kept_once_and_named(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(ARTICLE)
    documents, skipped = read(tmp_path)
    assert (len(documents), [one.reason for one in skipped]) == (1, ["duplicate"])


def test_a_document_keeps_its_identifier_wherever_it_is_read_from(tmp_path):
    (tmp_path / "x.txt").write_text(ARTICLE)
    assert read(tmp_path)[0][0].document_id == read(tmp_path / "x.txt")[0][0].document_id


@pytest.mark.parametrize(
    ("content", "text", "noted"),
    [
        ("Xi – Путин – 习近平".encode(), "Xi – Путин – 习近平", False),
        (b"\xef\xbb\xbfWith a mark", "With a mark", False),
        ("Си Цзиньпин сказал".encode("utf-16"), "Си Цзиньпин сказал", False),
        ("Си Цзиньпин сказал Путину, что отношения крепки, как скала.".encode("cp1251"),
         "Си Цзиньпин сказал Путину, что отношения крепки, как скала.", True),
        (b"line\r\nline\rline\n", "line\r\nline\rline\n", False),
        (b"control \x07 and \x1b characters stay " * 5, "control \x07 and \x1b characters stay " * 5, False),
    ],
)  # fmt: skip
def test_a_text_file_is_stored_as_it_stands(tmp_path, content, text, noted):
    (tmp_path / "x.txt").write_bytes(content)
    documents, skipped = read(tmp_path / "x.txt")
    assert [one.text for one in documents] == [text]
    assert [one.reason for one in skipped] == (["encoding"] if noted else [])
    assert all(map(is_note, skipped))


def rows(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def test_a_jsonl_row_becomes_a_document_with_its_own_name_and_fields(tmp_path):
    row = {"doc_id": "k-1", "text": "Words.", "title": "A title", "publisher": "A paper", "url": "https://example.org/1",
           "author": ["A", "B"], "pub_date": "2022-02-04T10:00:00Z", "lang": "en", "licence": "CC0"}  # fmt: skip
    (tmp_path / "x.jsonl").write_text(rows(row, {"text": "More words."}))
    first, second = read(tmp_path / "x.jsonl")[0]
    assert (first.doc_id, first.text, first.title, first.publisher) == ("k-1", "Words.", "A title", "A paper")
    assert (first.url, first.author, first.licence) == ("https://example.org/1", "A, B", "CC0")
    assert (first.published_on, first.published_on_text) == (date(2022, 2, 4), None)
    assert second.doc_id == "x-2"


def test_broken_rows_are_named_by_their_line_and_the_rest_goes_on(tmp_path):
    lines = ['{"text": "One."}', "{broken", "[1, 2]", '{"text": 7}', "", '{"text": ""}', '{"text": "Two."}', "\xff\xfe"]
    (tmp_path / "x.jsonl").write_bytes("\n".join(lines).encode("latin-1"))
    documents, skipped = read(tmp_path / "x.jsonl")
    assert [one.text for one in documents] == ["One.", "Two."]
    assert [(one.source, one.reason) for one in skipped] == [
        ("x.jsonl line 2", "broken"),
        ("x.jsonl line 3", "broken"),
        ("x.jsonl line 4", "broken"),
        ("x.jsonl line 6", "empty"),
        ("x.jsonl line 8", "broken"),
    ]


def test_a_line_too_long_to_hold_is_passed_over_and_the_rest_goes_on(tmp_path):
    (tmp_path / "x.jsonl").write_text(
        rows({"text": "One."}) + '{"text": "' + "x" * 2_000_000 + '"}\n' + rows({"text": "y" * 150}, {"text": "Two."})
    )
    documents, skipped = read(tmp_path / "x.jsonl", longest=100)
    assert [one.text for one in documents] == ["One.", "Two."]
    assert [(one.source, one.reason) for one in skipped] == [
        ("x.jsonl line 2", "too long"),
        ("x.jsonl line 3", "too long"),
    ]
    assert "ON_RECORD_LONGEST_DOCUMENT" in skipped[0].detail
    assert "2,000,013 bytes" in skipped[0].detail


def test_half_a_surrogate_pair_does_not_spread(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"text": "a \\ud800 b", "title": "t \\udfff", "doc_id": "\\ud800"}\n')
    (document,) = read(tmp_path / "x.jsonl")[0]
    assert document.text == "a \ufffd b"
    assert (document.text + str(document.title) + document.doc_id).encode()


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2022-02-04", date(2022, 2, 4)), ("2022-02-04 12:30", date(2022, 2, 4)), ("23.02.2023", date(2023, 2, 23)),
        ("Feb 27, 2025", date(2025, 2, 27)), ("27 February 2025", date(2025, 2, 27)),
        ("Thu, 27 Feb 2025 10:15:00 GMT", date(2025, 2, 27)),
        ("2023年3月21日", date(2023, 3, 21)), ("21 марта 2023", date(2023, 3, 21)), ("25/12/2021", date(2021, 12, 25)),
    ],
)  # fmt: skip
def test_a_date_field_is_read_in_the_forms_people_write(tmp_path, given, day):
    (tmp_path / "x.jsonl").write_text(rows({"text": "Words.", "date": given}))
    documents, skipped = read(tmp_path / "x.jsonl")
    assert ([one.published_on for one in documents], skipped) == ([day], [])


@pytest.mark.parametrize("given", ["2022-02-30", "03/04/2022", "soon", "2022", 20220204, [2022], "x" * 5000])
def test_a_date_that_is_none_leaves_the_day_unknown_with_a_note(tmp_path, given):
    (tmp_path / "x.jsonl").write_text(rows({"text": "Words.", "published_on": given}))
    documents, skipped = read(tmp_path / "x.jsonl")
    assert [one.published_on for one in documents] == [None]
    assert [one.reason for one in skipped] == ["date"]
    assert is_note(skipped[0])
    assert len(skipped[0].detail) < 300


def test_an_address_that_is_none_is_left_out_with_a_note(tmp_path):
    (tmp_path / "x.jsonl").write_text(rows({"text": "Words.", "url": "javascript:alert(1)"}))
    documents, skipped = read(tmp_path / "x.jsonl")
    assert [one.url for one in documents] == [None]
    assert [one.reason for one in skipped] == ["field"]


def test_a_link_that_leads_out_of_the_folder_is_left_out_and_named(tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    (tmp_path / "secret.txt").write_text(ARTICLE)
    (given / "a.txt").write_text(ARTICLE + "More.\n")
    (given / "inside.txt").symlink_to(given / "a.txt")
    (given / "outside.txt").symlink_to(tmp_path / "secret.txt")
    documents, skipped = read(given)
    assert [one.source for one in documents] == ["given/a.txt"]
    assert [(one.source, one.reason) for one in skipped] == [("given/outside.txt", "outside")]
    assert "Name it" in skipped[0].detail
    documents, _ = read(given / "outside.txt")
    assert len(documents) == 1
