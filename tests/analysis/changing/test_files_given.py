"""Files that are uploaded: what is taken, what is said of the rest, and that a name leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.changing import files_given
from analysis.changing.files_given import Given, kept_name, sort_out


def test_what_can_be_read_is_taken_and_the_rest_is_told_why(monkeypatch):
    monkeypatch.setattr(files_given, "MOST_BYTES", 10)
    monkeypatch.setattr(files_given, "MOST_FILES", 3)
    monkeypatch.setattr(files_given, "MOST_IN_ALL", 20)
    found = sort_out(
        [
            Given("a.txt", b"words"),
            Given("tool.exe", b"MZ"),
            Given("empty.md", b""),
            Given("long.txt", b"x" * 11),
            Given("b.TXT", b"x" * 10),
            Given("c.txt", b"x" * 6),
            Given("d.jsonl", b"{}"),
            Given("e.txt", b"y"),
        ]
    )
    assert list(found.taken) == ["a.txt", "b.TXT", "d.jsonl"]
    assert {name: str(why).split()[1] for name, why in found.refused} == {
        "tool.exe": "of",
        "empty.md": "empty.",
        "long.txt": "larger",
        "c.txt": "left",
        "e.txt": "one",
    }


def test_two_files_of_one_name_are_both_kept():
    found = sort_out([Given("A.txt", b"1"), Given("a.txt", b"2"), Given("x/a.txt", b"3")])
    assert found.taken == {"A.txt": b"1", "a (2).txt": b"2", "a (3).txt": b"3"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\note.md", "note.md"),
        ("/etc/cron.d/x.txt", "x.txt"),
        (".hidden.txt", "hidden.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("a\x00b\n.txt", "a b.txt"),
        ("\u202egpj.txt", "gpj.txt"),
        ("中俄联合声明.txt", "中俄联合声明.txt"),
        ("совместное заявление.md", "совместное заявление.md"),
    ],
)
def test_a_name_keeps_its_words_and_nothing_that_leads_elsewhere(name, kept):
    assert kept_name(name) == kept


@given(st.text())
def test_whatever_a_file_is_called_it_lies_in_its_folder(tmp_path_factory, name):
    kept = kept_name(name)
    folder = tmp_path_factory.getbasetemp()
    assert (folder / kept).resolve().parent == folder.resolve()
    assert 0 < len(kept.encode()) <= 255
    assert not kept.startswith(".")
    (folder / kept).write_bytes(b"")  # a name that the system takes
    (folder / kept).unlink()


def test_a_very_long_name_keeps_its_ending():
    assert kept_name("é" * 1_000_000 + ".txt").endswith(".txt")
    assert len(kept_name("é" * 1_000_000 + ".txt").encode()) <= 120
