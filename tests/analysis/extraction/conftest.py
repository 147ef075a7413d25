"""The shipped gazetteer and a real parser, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from analysis.entities.gazetteer import Gazetteer
from analysis.parsing import load_parser
from analysis.settings import Settings


@pytest.fixture(scope="session")
def gazetteer(root: Path) -> Gazetteer:
    return Gazetteer.load(root / "data" / "gazetteer")


@pytest.fixture(scope="session")
def parser() -> Language:
    return load_parser(Settings().parser)
