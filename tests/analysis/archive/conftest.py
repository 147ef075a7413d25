"""The small archive of ``small_archive.py``, for every test here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_archive import publish_small, small_tables

from analysis.archive import Tables


@pytest.fixture
def small() -> Tables:
    """The small tables."""
    return small_tables()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive, for tests that only read it."""
    folder = tmp_path_factory.mktemp("archive")
    assert publish_small(folder) == 1
    return folder


@pytest.fixture
def publish_tables() -> Callable[..., int]:
    """``publish_small``, for tests that write."""
    return publish_small
