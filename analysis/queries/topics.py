"""The field's topics: how people ask about each and how it is spoken of, so that a question finds what answers it.

A question seldom uses the words that diplomats use. ``data/topics.csv`` holds, for each topic of the field, a few
plain ways of asking and a few sentences in the manner of its statements. A question's vector is moved towards
the sentences of the topics it resembles, more the more it resembles them, and hardly where it resembles none;
and a little away from what the sentences of all topics share, which every statement has. Where each figure here comes
from: docs/decisions/0005-encoder.md.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis.models import MODELS
from analysis.projection import FOLDER, read_pinned
from analysis.settings import ROOT

COLUMNS = ("topic_id", "name", "writer", "asked", "said")
WRITERS = ("first", "blind")

_SHARPNESS = 0.02  # of the choice between topics: how much cosine makes a topic e times as likely
_NO_TOPIC = 0.5  # cosine at which a topic is as likely as none
_PULL = 1.0  # weight of the topics' sentences beside the question itself
_SHARED = 0.3  # weight of the mean of all topics' sentences, taken off
_KNOWN = 0.45  # the least likeness of a question to a topic, below which topics would mislead it
_FEEDBACK = 0.7  # weight of the statements found first beside the question


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the field."""

    topic_id: str
    name: str
    writer: str  # "first" had seen the 20 questions that search is measured by, "blind" had not
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
    vectors_sha256="d5e4e5cc1de452dfe285f2a15a7b150380b442c4f6214816d981c5cdbb454f86",
    table_sha256="aa152b22acd82f9461408bd38ea4bee846a6c35721cedfdf3ce0e5b4f342fdda",
)


@dataclass(frozen=True, slots=True)
class Guide:
    """Moves questions towards what is said about the topics they resemble."""

    keys: np.ndarray  # (topics, d) float32 unit rows: what is asked about each, and a little of what is said
    said: np.ndarray  # (topics, d) float32 unit rows: what is said about each
    shared: np.ndarray = field(init=False, repr=False)  # (d,) float32, the mean of what is said

    def __post_init__(self) -> None:
        object.__setattr__(self, "shared", self.said.mean(axis=0))

    def of(self, topics: np.ndarray) -> Guide:
        """The guide with some of its topics, given by their places or by a mask."""
        return Guide(self.keys[topics], self.said[topics])

    def knows(self, question: np.ndarray) -> bool:
        """Whether any topic is asked about like this; a few words out of a sentence resemble none."""
        return float((self.keys @ question).max()) >= _KNOWN

    def in_context(self, question: np.ndarray, told: np.ndarray) -> np.ndarray:
        """The unit vector of words that no topic knows, between their own and those told in the field's context."""
        between = question + told
        moved = between / np.linalg.norm(between) - _SHARED * self.shared
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)

    def __call__(self, question: np.ndarray) -> np.ndarray:
        """The question's unit vector, (d,) float32, moved; still of unit length."""
        likeness = self.keys @ question
        most = max(float(likeness.max()), _NO_TOPIC)
        weights = np.exp((likeness - most) / _SHARPNESS)
        weights /= weights.sum() + np.exp((_NO_TOPIC - most) / _SHARPNESS)
        moved = question + _PULL * (weights @ self.said) - _SHARED * self.shared
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
            if row["writer"] not in WRITERS:
                raise ValueError(f"{path}, line {reader.line_num}: the writer is one of {', '.join(WRITERS)}")
            topics.append(Topic(row["topic_id"], row["name"], row["writer"], asked, said))
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
