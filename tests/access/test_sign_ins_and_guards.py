"""Signing out counts everywhere, and a change comes from our own pages or not at all."""

from __future__ import annotations

import json
import os
import time

import pytest

from access.guarding import from_our_pages
from access.sign_ins import SignIns
from analysis.changing.log_lines import line

ONE, OTHER = "a" * 64, "b" * 64
OURS = "https://record.example"


def test_another_process_knows_of_a_sign_in_that_was_ended(tmp_path):
    SignIns(tmp_path / "ended").end(ONE)
    elsewhere = SignIns(tmp_path / "ended")
    assert elsewhere.has_ended(ONE)
    assert not elsewhere.has_ended(OTHER)


def test_what_was_ended_long_ago_is_forgotten(tmp_path):
    SignIns(tmp_path).end(ONE)
    (tmp_path / "kept.txt").touch()
    long_ago = time.time() - 32 * 24 * 3600
    os.utime(tmp_path / ONE, (long_ago, long_ago))
    os.utime(tmp_path / "kept.txt", (long_ago, long_ago))
    SignIns(tmp_path).end(OTHER)
    assert sorted(path.name for path in tmp_path.iterdir()) == [OTHER, "kept.txt"]


def test_where_nothing_can_be_written_this_process_remembers_and_says_so(tmp_path, caplog):
    (tmp_path / "file").touch()
    here = SignIns(tmp_path / "file" / "below")
    here.end(ONE)
    assert here.has_ended(ONE)
    assert "Only this process knows of a sign-out" in caplog.text


def test_only_a_hash_names_a_sign_in(tmp_path):
    with pytest.raises(ValueError, match="names no sign-in"):
        SignIns(tmp_path).end("../outside")


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin", "origin": OURS}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": OURS}, True),
        ({}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site", "origin": "https://other.record.example"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://record.example"}, False),
        ({"origin": "https://record.example.evil.example"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, False),
    ],
)
def test_a_change_by_cookie_is_taken_from_our_own_pages_only(headers, ours):
    assert from_our_pages(headers, OURS) is ours


def test_a_name_cannot_write_a_line_of_the_log_by_itself():
    written = line("eve@x.example\nchange {}", "admin", "add", files=["a\u202e\n.txt"], release=None)
    assert written.isascii()
    assert "\n" not in written
    assert json.loads(written) == {
        "who": "eve@x.example\nchange {}", "role": "admin", "act": "add", "files": ["a\u202e\n.txt"],
    }  # fmt: skip
