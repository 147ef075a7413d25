"""What every test shares: where the repository is, and which tests can run here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("ON_RECORD_ENCODER", "small")  # nothing here waits for a download
os.environ.setdefault("ON_RECORD_SETTINGS", "")  # whatever stands in a developer's on-record.toml

# The same examples in every CI run: what is green stays green. Elsewhere each run looks at new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("ci" if "CI" in os.environ else "search")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads ../shared where it is absent."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="../shared is not here")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(absent)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared measurements, beside the repository."""
    return SHARED
