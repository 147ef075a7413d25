"""The OpenID provider of ``tests/signing``, for tokens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "signing"))
from oidc_provider import Provider, provider_running


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_running() as running:
        yield running
