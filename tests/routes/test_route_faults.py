"""Promises about faults over HTTP: the last good release answers, and what cannot be answered is 503 in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_archive import publish_made
from starlette.testclient import TestClient

from analysis.queries import on_hand
from routes import searching

Serve = Callable[..., TestClient]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive with two releases, free to be damaged, looked at anew by every request."""
    folder = tmp_path / "archive"
    publish_made(folder)
    publish_made(folder, more=3)
    monkeypatch.setattr(on_hand, "LOOKED_UP_EVERY", 0.0)
    monkeypatch.setattr(on_hand, "TRIED_AGAIN_AFTER", 0.0)
    yield folder
    on_hand.forget()


def test_where_the_newest_release_is_damaged_the_one_before_answers(serve: Serve, archive: Path) -> None:
    newest = max((archive / "tables/statements.lance/data").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    held = newest.read_bytes()
    newest.write_bytes(held[:100])
    client = serve(archive)
    assert client.get("/api/overview").json()["release"]["number"] == 1
    newest.write_bytes(held)
    assert client.get("/api/overview").json()["release"]["number"] == 2


def test_an_archive_that_is_away_goes_on_answering_from_memory(serve: Serve, archive: Path, tmp_path: Path) -> None:
    client = serve(archive)
    before = client.get("/api/overview").json()
    archive.rename(tmp_path / "away")
    assert client.get("/api/overview").json() == before
    assert client.get("/api/documents/d-brief").status_code == 503
    assert client.get("/health").status_code == 200
    (tmp_path / "away").rename(archive)
    assert client.get("/api/documents/d-brief").status_code == 200


def test_a_query_without_memory_is_503_in_words_and_the_next_one_is_answered(
    serve: Serve, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    client = serve(archive)
    with monkeypatch.context() as short:
        short.setattr(searching, "every_match", hungry)
        answer = client.get("/api/search?q=gas")
    assert answer.status_code == 503
    assert "more memory than the server has left" in answer.json()["detail"]
    assert "Retry-After" in answer.headers
    assert client.get("/api/search?q=gas").status_code == 200


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0])
def test_a_clock_that_jumps_neither_frees_nor_stops_an_address(
    serve: Serve, archive: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    client = serve(archive, api_rate=3)
    assert [client.get("/api/releases").status_code for _ in range(4)] == [200, 200, 200, 429]
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + jump)
    answer = client.get("/api/releases")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
