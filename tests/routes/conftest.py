"""The interface without pages, on the archive made by hand, and asked as a program asks it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.append(str(Path(__file__).resolve().parent.parent / "pages"))

from made_archive import SubjectEncoder, publish_made

from analysis import warming
from analysis.queries import on_hand
from analysis.settings import Settings
from routes.admitting import Allowed, everybody
from routes.assembling import Interface

Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, published once."""
    folder = tmp_path_factory.mktemp("made")
    publish_made(folder)
    return folder


@pytest.fixture
def serve(made: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Serve an archive: ``serve(api_rate=3)``, with settings of its own."""

    def it(archive: Path = made, *, allowed: Allowed = everybody, prefix: str = "", **given: object) -> TestClient:
        monkeypatch.setenv("ON_RECORD_ARCHIVE", str(archive))
        monkeypatch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})
        on_hand.forget()
        settings = Settings(archive=archive, **{"api_rate": 0, "api_seconds": 60.0, **given})
        app = Interface(allowed, prefix, settings=settings).alone()
        return TestClient(app, base_url="http://record.example", follow_redirects=False)

    return it


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """The archive made by hand, served."""
    return serve()
