"""Two visitors at once, of different roles, languages, dossiers and releases: neither meets what is the other's."""

from __future__ import annotations

import gc
import re
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
import shown
from made_archive import publish_made
from streamlit.runtime.secrets import secrets_singleton

from access.people import NOBODY, Person
from access.roles import Act, Role
from analysis.exporting.dossier import Dossier, Item
from pages.parts import places, signing_in

PAGES = tuple(place.path for place in places.PLACES.values() if place.act is not Act.REPUBLISH)
AUTH = {"auth": {"redirect_uri": "https://record.example/oauth2callback", "cookie_secret": "x" * 32, "client_id": "x"}}


@pytest.fixture
def people(tmp_path, monkeypatch) -> dict[str, Person]:
    """Who a session's reader is, by what the test puts into the session."""
    import streamlit as st

    (tmp_path / "roles.toml").write_text('public = true\neditors = ["edda@x.example"]')
    monkeypatch.setenv("ON_RECORD_ROLES", str(tmp_path / "roles.toml"))
    monkeypatch.setenv("ON_RECORD_WORK", str(tmp_path / "work"))
    monkeypatch.setattr(secrets_singleton, "_secrets", AUTH)
    found: dict[str, Person] = {}
    monkeypatch.setattr(signing_in, "reader", lambda: found.get(st.session_state.get("tester", ""), NOBODY))
    return found


def private() -> str:
    """Words that stand nowhere else in this process."""
    return f"own{secrets.token_hex(8)}"


def holders(words: str) -> list[object]:
    """What in this process still holds ``words``."""
    gc.collect()
    found = []
    for each in gc.get_objects():
        inside = each.values() if type(each) is dict else each if type(each) in (list, tuple, set) else ()
        if any(type(one) is str and words in one for one in list(inside)):
            found.append(each)
    return found


def test_neither_sees_the_other_s_name_notes_language_or_release(open_page, people, tmp_path):
    for more in (0, 3):
        publish_made(tmp_path / "archive", more=more)
    name, note, title, other_note = private(), private(), private(), private()
    people["edda"] = Person(Role.EDITOR, name, "edda@x.example", "edda", "a" * 64)
    notes = {
        who: Dossier((Item("s-gas", words),), headed).to_parameters()
        for who, words, headed in (("edda", note, title), ("stranger", other_note, "theirs"))
    }
    open_one = _opener(open_page, tmp_path / "archive")
    seen: dict[str, list[str]] = {"edda": [], "stranger": []}
    for page in PAGES:  # in turns, so that each finds what the other's page has left in every cache
        seen["edda"].append(open_one(page, "edda", {**notes["edda"], "lang": "zh", "release": "1"}))
        seen["stranger"].append(open_one(page, "", {**notes["stranger"], "lang": "en", "release": "2"}))
    both = {who: "\n".join(drawn) for who, drawn in seen.items()}
    assert all(each in both["edda"] for each in (name, note, title)), "what is theirs is shown to them"
    assert not [each for each in (name, note, title) if each in both["stranger"]]
    assert other_note in both["stranger"]
    assert other_note not in both["edda"]
    assert both["edda"].count("时间线") > len(PAGES)
    assert "时间线" not in both["stranger"], "no word of the other's language"
    assert all(re.search(r"release=1\b", drawn) and not re.search(r"release=2\b", drawn) for drawn in seen["edda"])
    assert "Sign out" not in both["stranger"]
    assert "退出登录" in both["edda"] or "登出" in both["edda"]


def test_no_cache_keeps_what_is_somebody_s_own(open_page, people, tmp_path):
    publish_made(tmp_path / "archive")
    name, note, title = private(), private(), private()
    people["edda"] = Person(Role.EDITOR, name, "edda@x.example", "edda", "a" * 64)
    dossier = Dossier((Item("s-gas", note),), title).to_parameters()
    open_one = _opener(open_page, tmp_path / "archive")
    drawn = open_one("dossier", "edda", dossier)
    assert all(each in drawn for each in (name, note, title))
    people.clear()
    del drawn, dossier
    left = {what: [str(each)[:200] for each in holders(what)] for what in (note, title, name)}
    assert not any(left.values()), left


def _opener(open_page: Callable, archive: Path) -> Callable[[str, str, dict], str]:
    """Opens a page in a session of its own; gives all that is sent to the browser."""

    def open_one(page: str, who: str, asked: dict) -> str:
        _, sent = open_page(archive, page, tester=who, **asked)
        return shown.words(sent)

    return open_one
