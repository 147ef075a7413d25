"""Programs read by the same rules as people do."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from analysis.settings import Settings
from door.admitting import admitted
from routes.assembling import Interface

ASKED = ("/api/statements", "/api/documents/d-1", "/export.csv", "/feed.atom", "/metrics")


@pytest.fixture
def rules(tmp_path, monkeypatch):
    monkeypatch.setenv("ON_RECORD_ROLES", str(tmp_path / "roles.toml"))
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(tmp_path / "none"))

    def written(words: str) -> TestClient:
        (tmp_path / "roles.toml").write_text(words, encoding="utf-8")
        return TestClient(Interface(admitted, settings=Settings(api_rate=0)).alone())

    return written


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer made-up"}, {"cookie": "_streamlit_user=made-up"}])
def test_a_closed_archive_answers_nobody_who_has_not_signed_in(rules, path, headers):
    answer = rules('public = false\nreaders = ["@institute.example"]').get(path, headers=headers)
    assert answer.status_code == 401
    assert "reader" in answer.json()["detail"]


@pytest.mark.parametrize("path", ASKED[:-1])
def test_an_open_archive_lets_everybody_in(rules, path):
    assert rules("public = true").get(path).status_code == 503  # nothing is published there, which is another matter


def test_whether_the_server_lives_is_no_secret(rules):
    assert rules("public = false").get("/health").status_code == 200
