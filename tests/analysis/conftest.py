"""A small archive built by the real pipeline from sources written here, with an encoder that needs no weights."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis import embedding, fingerprint
from analysis.pipeline import BuildReport, build
from analysis.settings import Settings

ARTICLE = """BEIJING, March 7, 2023 (Wire) -- “China and Russia will keep trading as they see fit,” Foreign Minister \
Qin Gang said.

“Our partnership threatens no third country,” Qin added on Tuesday.

Russian Foreign Minister Sergey Lavrov said that both sides would hold talks in April.
"""
BRIEF = """---
title: Lavrov on energy
date: 2023-03-09
publisher: On Record
sources:
- id: 1
  publisher: Agency
  title: Lavrov meets the press
  url: https://example.org/lavrov
  published_on: 2023-03-09
---

“Gas will flow east for decades,” Sergey Lavrov told reporters in Moscow on Thursday.[^1]
"""


class WordEncoder:
    """An encoder of 32 dimensions: each word points somewhere, a text to where its words do."""

    name = "small"
    fingerprint = "words-1"
    dimensions = 32

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """(n, 32) float32, unit rows."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 1e-3
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        if progress:
            progress(len(texts), len(texts))
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="session", autouse=True)
def unchanging_code() -> Iterator[None]:
    """A module saved while the tests run is no reason to build again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "_code_parts", lambda: ("the code",))
        yield


def write_sources(folder: Path) -> Path:
    """One article and one brief in ``folder``, which is made."""
    folder.mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "brief.md").write_text(BRIEF, encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with one article and one brief, to change at will."""
    return write_sources(tmp_path / "sources")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with an archive of the test's own."""
    return replace(Settings(), archive=tmp_path / "archive", encoder="small")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """The archive of one article and one brief, and the report of its building; for tests that only read it."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "load_encoder", lambda name: WordEncoder())
        report = build(
            [write_sources(folder / "sources")], replace(Settings(), archive=folder / "archive", encoder="small")
        )
    return folder / "archive", report


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    """An encoder that needs no weights, in place of every other."""
    encoder = WordEncoder()
    monkeypatch.setattr(embedding, "load_encoder", lambda name: encoder)
    return encoder
