"""What is wrong with signing in is told at the start, all of it, with what to do."""

from __future__ import annotations

import re

import pytest

from access.setup import problems

GOOD = {
    "redirect_uri": "https://record.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "on-record",
    "client_secret": "secret",
    "server_metadata_url": "https://sso.example/.well-known/openid-configuration",
}


@pytest.fixture
def roles(tmp_path):
    path = tmp_path / "roles.toml"
    path.write_text('editors = ["edda@institute.example"]')
    return path


def test_a_sound_setup_and_none_at_all_have_no_problem(roles):
    assert problems(roles, GOOD) == []
    assert problems(None, {}) == problems(None, GOOD) == []


def test_this_machine_s_own_address_needs_no_tls(roles):
    local = "http://localhost:8501/oauth2callback"
    assert problems(roles, GOOD | {"redirect_uri": local, "server_metadata_url": "http://127.0.0.1:9/x"}) == []


def test_providers_may_have_names(roles):
    named = {name: GOOD[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    shared = {name: GOOD[name] for name in ("redirect_uri", "cookie_secret")}
    assert problems(roles, {**shared, "keycloak": named, "second": named}) == []
    assert "names no provider" in problems(roles, shared)[0]


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        ({}, r"no \[auth\] section"),
        (GOOD | {"redirect_uri": "https://record.example/"}, "with /oauth2callback at its end"),
        (GOOD | {"redirect_uri": "http://record.example/oauth2callback"}, "is not https"),
        (GOOD | {"redirect_uri": "http://localhost.evil.example/oauth2callback"}, "is not https"),
        (GOOD | {"cookie_secret": "short"}, "32 random characters"),
        (GOOD | {"server_metadata_url": "http://sso.example/x"}, "must be an https address"),
    ],
)
def test_what_would_not_work_or_not_safely_stops_the_start(roles, auth, said):
    assert len(found := problems(roles, auth)) == 1
    assert re.search(said, found[0])


def test_everything_that_is_wrong_is_told_at_once_and_no_secret_with_it(roles):
    bad = GOOD | {"redirect_uri": "http://record.example/oauth2callback", "cookie_secret": "hunter2"}
    found = problems(roles, bad)
    assert len(found) == 2
    assert "https" in found[0]
    assert "32 random characters" in found[1]
    assert "hunter2" not in " ".join(found)


def test_tokens_for_routes_are_not_those_of_the_sign_in(roles):
    roles.write_text('[bearer]\nissuer = "https://sso.example"\naudience = "on-record"\n')
    assert "client_id" in problems(roles, GOOD)[0]


def test_a_rules_file_that_is_lost_or_broken_stops_the_start(roles, tmp_path):
    assert problems(tmp_path / "lost.toml", GOOD)[0].startswith("Signing in is not set up: ON_RECORD_ROLES: ")
    roles.write_text("editors = 3")
    assert "give a list" in problems(roles, GOOD)[0]
