"""Promises about dossiers: a link carries all of one, and what it cannot say is told."""

from __future__ import annotations

import base64
import hashlib
import zlib
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exporting.dossier import LONGEST_NOTE, MOST, Dossier, Item, read_dossier

IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
NOTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.dictionaries(IDS, NOTES, max_size=8), NOTES)
def test_a_link_carries_statements_order_notes_and_title(noted, title):
    dossier = Dossier().with_these(noted).titled(title)
    for statement_id, note in noted.items():
        dossier = dossier.noted(statement_id, note)
    address = urlencode(dossier.to_parameters(), doseq=True)
    read = read_dossier(parse_qs(address, strict_parsing=bool(address)))
    assert read.dossier == dossier
    assert not read.lost


def test_without_notes_a_link_names_plain_identifiers():
    dossier = Dossier().with_these(["st-b", "st-a"]).titled("Firm ties")
    assert dossier.to_parameters() == {"statement": ["st-b", "st-a"], "title": ["Firm ties"]}
    assert Dossier().to_parameters() == {}


def test_a_statement_stands_once_and_moves_as_far_as_it_goes():
    dossier = Dossier().with_these(["a", "b", "a", "c"])
    assert dossier.ids == ["a", "b", "c"]
    assert dossier.moved("c", -1).ids == ["a", "c", "b"]
    assert dossier.moved("a", -1).ids == ["a", "b", "c"]
    assert dossier.moved("a", 9).ids == ["b", "c", "a"]
    assert dossier.moved("z", 1) == dossier
    assert dossier.without("b").ids == ["a", "c"]
    assert dossier.sorted_by({"c": 0, "a": 1}).ids == ["c", "a", "b"]
    assert "b" in dossier
    assert "z" not in dossier


def test_it_takes_so_many_and_no_more():
    dossier = Dossier().with_these(map(str, range(MOST + 5)))
    assert (len(dossier), dossier.room) == (MOST, 0)
    read = read_dossier({"statement": [str(at) for at in range(MOST + 5)]})
    assert read.dossier == dossier
    assert read.lost == (f"a dossier holds up to {MOST} statements, and the link names {MOST + 5}",)
    assert len(Dossier((Item("a"),)).noted("a", "x" * 9_999).items[0].note) == LONGEST_NOTE


@pytest.mark.parametrize(
    "notes",
    ["!", "AAAA", "x" * 31, base64.urlsafe_b64encode(zlib.compress(b"[1]")).decode(),
     base64.urlsafe_b64encode(zlib.compress(b'{"a": 1}')).decode(),
     base64.urlsafe_b64encode(zlib.compress(b"[" * 100_000)).decode(),
     base64.urlsafe_b64encode(zlib.compress(b" " * 90_000_000)).decode(), "友谊"],
)  # fmt: skip
def test_damaged_notes_are_said_and_the_statements_kept(notes):
    read = read_dossier({"statement": ["a", "b"], "notes": [notes]})
    assert read.dossier.ids == ["a", "b"]
    assert read.lost == ("its notes are damaged, as in a link that was cut or copied in part",)


def test_a_note_on_a_statement_that_is_not_named_is_said():
    notes = Dossier((Item("gone", "a note"),)).to_parameters()["notes"]
    read = read_dossier({"statement": ["a"], "notes": notes})
    assert read.lost == ("a note belongs to “gone”, which the link does not name",)


def test_notes_that_no_link_carries_are_told_apart():
    ids = [f"st-{at}" for at in range(60)]
    dossier = Dossier().with_these(ids)
    for at, statement_id in enumerate(ids):
        dossier = dossier.noted(statement_id, "a note like others, " * 40 + str(at))
    assert dossier.fits
    for at, statement_id in enumerate(ids):
        dossier = dossier.noted(statement_id, hashlib.shake_256(bytes([at])).hexdigest(900))
    assert not dossier.fits
