"""How well search answers: nDCG@10 on questions with graded answers, beside BM25 and meaning alone."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.embedding import Encoder, VectorCache, embed
from analysis.queries.meaning import Searchable
from analysis.queries.ranking import Mode, best_first
from analysis.queries.search import search
from analysis.queries.word_index import word_index
from analysis.views import averaged, in_context
from analysis.wording import forms

DEPTH = 10
MODES: tuple[Mode, ...] = ("hybrid", "semantic", "words")

_FIELDS = ("id", "text", "kind", "speaker", "side", "role", "said_on", "publisher", "source_title")

Answers = Mapping[str, int]  # statement id → grade: 2 on point, 1 related


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean nDCG@10 of each way to search, over the same questions."""

    questions: int
    statements: int
    absent: int  # graded statements that the release does not have; they count as not found
    by_way: Mapping[str, tuple[float, ...]]  # "BM25" and the modes → nDCG@10 of each question

    def mean(self, way: str) -> float:
        """Mean of ``way`` over the questions."""
        return float(np.mean(self.by_way[way]))


def read_gold(path: Path) -> dict[str, dict[str, int]]:
    """Questions and their graded answers: JSONL rows of ``query`` and ``relevant`` (statement id → grade).

    Raises ValueError, naming file and line, for a row that is none, and for a file without any.
    """
    gold: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            query, relevant = row["query"], {str(name): int(grade) for name, grade in row["relevant"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            query, relevant = None, {}
        if not isinstance(query, str) or not any(0 < grade <= 10 for grade in relevant.values()):
            raise ValueError(f"{path}, line {number}: needs `query` and `relevant`, graded statement ids, not all 0")
        gold[query] = relevant
    if not gold:
        raise ValueError(f"{path} has no question in it.")
    return gold


def evaluate_search(release: Searchable, gold: Mapping[str, Answers], encoder: Encoder | None) -> Scores:
    """Every way to search ``release`` on the questions of ``gold``; without an encoder, by words alone."""
    ids = set(release.statements["statement_id"])
    ways: dict[str, Callable[[str], list[str]]] = {"BM25": lambda query: plain_bm25(release, query)}
    for mode in MODES if encoder is not None else ("words",):
        ways[mode] = lambda query, mode=mode: [  # type: ignore[misc]
            hit.statement_id for hit in search(release, query, encoder=encoder, mode=mode, limit=DEPTH)
        ]
    return Scores(
        questions=len(gold),
        statements=len(ids),
        absent=len({name for answers in gold.values() for name in answers} - ids),
        by_way={
            way: tuple(ndcg(find(query), answers) for query, answers in gold.items()) for way, find in ways.items()
        },
    )


def ndcg(found: Sequence[str], relevant: Answers, depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): gain 2^grade − 1."""
    gained = sum((2 ** relevant.get(name, 0) - 1) / math.log2(rank + 1) for rank, name in enumerate(found[:depth], 1))
    ideal = sorted(relevant.values(), reverse=True)[:depth]
    best = sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(ideal, 1))
    return float(gained / best)


def plain_bm25(release: Searchable, query: str) -> list[str]:
    """What BM25 alone finds, as the peer to beat: ties by id, statements without any word left out."""
    scores = word_index(release.statements).scores(forms(query)).bm25
    ids = release.statements["statement_id"]
    return [str(ids.iat[place]) for place in best_first(scores, ids, DEPTH) if scores[place] > 0]


@dataclass(eq=False)
class TableRelease:
    """Rows of the import format (``text``, ``speaker``, ``role``, ``source_title`` …), standing in for a release."""

    rows: Sequence[Mapping[str, Any]]
    encoder: Encoder
    in_context: bool = True
    cache: VectorCache | None = None

    @cached_property
    def statements(self) -> pd.DataFrame:
        """The columns of a release's statements that search reads."""
        return pd.DataFrame(
            {
                "statement_id": [row["id"] for row in self.rows],
                "text": [row["text"] for row in self.rows],
                "kind": [row["kind"] for row in self.rows],
                "speaker_id": [row["speaker"] for row in self.rows],
                "speaker_name": [row["speaker"] for row in self.rows],
                "speaker_members": [(row["speaker"],) for row in self.rows],
                "sides": [tuple(row["side"].split("-")) for row in self.rows],
                "office": [row["role"] for row in self.rows],
                "via": None,
                "said_on": pd.to_datetime([row["said_on"] for row in self.rows]),
                "publishers": [(row["publisher"],) for row in self.rows],
                "source_publisher": [row["publisher"] for row in self.rows],
                "source_title": [row["source_title"] for row in self.rows],
            }
        )

    @cached_property
    def _matrix(self) -> np.ndarray:
        said = embed([row["text"] for row in self.rows], self.encoder, self.cache)
        if not self.in_context:
            return said
        told = [in_context(row["text"], row["speaker"], row["role"], row["source_title"]) for row in self.rows]
        return averaged(said, embed(told, self.encoder, self.cache))

    def vectors(self) -> tuple[list[str], np.ndarray]:
        """Ids and unit vectors of all rows."""
        return list(self.statements["statement_id"]), self._matrix


def read_table(path: Path, encoder: Encoder) -> TableRelease:
    """The rows of the import format in a JSONL file, standing in for a release.

    Raises ValueError, naming file and line, for a row that lacks a field.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({name: row[name] for name in _FIELDS})
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{path}, line {number}: needs the fields {', '.join(_FIELDS)}") from None
    return TableRelease(rows, encoder)
