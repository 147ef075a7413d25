"""Without sign-in the dashboard is as it always was; with it, each page asks who may, run in-process."""

from __future__ import annotations

import pytest
from charts_drawn import charts
from streamlit.runtime.secrets import secrets_singleton

from pages.parts.places import PLACES

AUTH = {"auth": {"redirect_uri": "https://record.example/oauth2callback", "cookie_secret": "x" * 32, "client_id": "x"}}


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """Write the rules' file, and have a provider to sign in at."""
    path = tmp_path / "roles.toml"
    monkeypatch.setenv("ON_RECORD_ROLES", str(path))
    monkeypatch.setenv("ON_RECORD_WORK", str(tmp_path / "work"))
    monkeypatch.setattr(secrets_singleton, "_secrets", AUTH)
    return path.write_text


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def test_where_nothing_is_set_up_nobody_signs_in(open_page):
    app = open_page()
    assert not {"Sign in", "Sign out"} & set(labels(app))


def test_where_it_is_a_stranger_reads_and_can_sign_in(open_page, rules):
    rules('editors = ["edda@institute.example"]')
    app = open_page("search", q="gas")
    assert labels(app).count("Sign in") == 1
    assert app.title[0].value == "Search"


@pytest.mark.parametrize("path", [place.path for place in PLACES.values()])
def test_no_page_of_a_closed_archive_shows_a_stranger_anything(open_page, rules, path):
    rules('public = false\nreaders = ["@institute.example"]')
    app = open_page(path or "overview")
    assert app.title[0].value == "On Record"
    assert app.info[0].value == "This takes the role “reader”."
    assert 'class="or-' not in "".join(each.proto.body for each in app.get("html"))
    assert not charts(app)
    assert not app.multiselect


@pytest.mark.parametrize("path", ["add", "manage"])
def test_pages_that_change_something_ask_strangers_to_sign_in(open_page, rules, path):
    rules('editors = ["edda@institute.example"]')
    app = open_page(path)
    assert app.info[0].value.startswith("This takes the role")
    assert not app.get("file_uploader")
    assert "Publish it as the newest" not in labels(app)
