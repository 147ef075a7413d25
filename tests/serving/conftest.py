"""Real servers on a free port, visited over the websocket: what an in-process page cannot show."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "pages"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive made by hand, published once; for tests that only read it."""
    from made_archive import publish_made

    folder = tmp_path_factory.mktemp("served")
    publish_made(folder)
    return folder
