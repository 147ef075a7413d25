"""The field's topics: how people ask about each and how it is spoken of, so that a question finds what answers it.

A question seldom uses the words that diplomats use. ``data/topics.csv`` holds, for each topic of the field, a few
plain ways of asking and a few sentences in the manner of its statements. A question's vector is moved towards
the sentences of the topics it resembles, more the more it resembles them, and hardly where it resembles none.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis.models import MODELS
from analysis.projection import FOLDER, read_pinned
from analysis.settings import ROOT

COLUMNS = ("topic_id", "name", "asked", "said")

_SHARPNESS = 0.03  # of the choice between topics: how much cosine makes a topic e times as likely
_NO_TOPIC = 0.45  # cosine at which a topic is as likely as none: between a question's own topic and the next
_FEEDBACK = 0.7  # weight of the statements found first beside the question
_PULL = 0.6  # weight of the topics' sentences beside the question itself


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the field."""

    topic_id: str
    name: str
    asked: tuple[str, ...]  # plain ways of asking about it
    said: tuple[str, ...]  # sentences in the manner of statements on it


@dataclass(frozen=True, slots=True)
class Shipped:
    """The topics' vectors under one encoder, made by ``benchmarks/fit_encoder.py``."""

    encoder: str  # its fingerprint
    vectors: str  # file in data/encoder
    vectors_sha256: str
    table_sha256: str  # of the topics they were made from


TOPICS = Shipped(
    encoder=MODELS["base"].fingerprint,
    vectors="base-topics.npy",
    vectors_sha256="baf7452ac445e4900e116461205e9c24bb1629819037bc06e51de5b594222a9b",
    table_sha256="a39fb4d0b8f7feaafaa8cb5db1a4cd44b88c9a9405ea34e0c6341902d5bc4d66",
)


@dataclass(frozen=True, slots=True)
class Guide:
    """Moves questions towards what is said about the topics they resemble."""

    keys: np.ndarray  # (topics, d) float32 unit rows: what is asked and said about each
    said: np.ndarray  # (topics, d) float32 unit rows: what is said about each

    def __call__(self, question: np.ndarray) -> np.ndarray:
        """The question's unit vector, (d,) float32, moved; still of unit length."""
        likeness = self.keys @ question
        most = max(float(likeness.max()), _NO_TOPIC)
        weights = np.exp((likeness - most) / _SHARPNESS)
        weights /= weights.sum() + np.exp((_NO_TOPIC - most) / _SHARPNESS)
        moved = question + _PULL * (weights @ self.said)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


@lru_cache(maxsize=1)
def _shipped() -> Guide:
    rows = read_pinned(FOLDER / TOPICS.vectors, TOPICS.vectors_sha256)
    return Guide(rows[0], rows[1])


def guide_for(fingerprint: str) -> Guide | None:
    """The guide for an encoder; None where none was made. Raises EncoderError when the shipped file is damaged."""
    return _shipped() if fingerprint == TOPICS.encoder else None


def read_topics(path: Path = ROOT / "data" / "topics.csv") -> list[Topic]:
    """The topics of a table, in its order. Raises ValueError, naming the line, for a row that is none."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}, line 1: the columns are {reader.fieldnames}; write {', '.join(COLUMNS)}")
        topics = []
        for row in reader:
            asked, said = _parts(row["asked"]), _parts(row["said"])
            if not (row["topic_id"] and row["name"] and asked and said):
                raise ValueError(f"{path}, line {reader.line_num}: a topic needs an id, a name, what is asked and said")
            topics.append(Topic(row["topic_id"], row["name"], asked, said))
    return topics


def _parts(written: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (written or "").split(";") if part.strip())


def fed_back(question: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The question's unit vector moved towards the statements found first, (m, d) float32: (d,) float32, unit length.

    Rocchio's feedback with no judge: Salton and Buckley (1990), "Improving retrieval performance by relevance
    feedback".
    """
    middle = first.mean(axis=0)
    moved = question + _FEEDBACK * middle / max(float(np.linalg.norm(middle)), 1e-9)
    return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)
