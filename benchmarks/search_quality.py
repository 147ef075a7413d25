"""How well search answers: nDCG@10 of words, meaning and both on questions with graded answers.

    python benchmarks/search_quality.py ../shared/evaluation/search_queries.jsonl ../shared/statements/statements.jsonl

Questions are rows of ``query`` and ``relevant`` (statement id → grade; gain 2^grade − 1, discount log2(rank + 1)).
Statements are rows of the import format; each stands as it would in a release. Word queries are made from
the table itself, so their answers are determined: the rows that say the words. They show that meaning never
pushes exact words down.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, embed, load_encoder
from analysis.queries.search import Mode, search
from analysis.views import averaged, in_context
from analysis.wording import forms, stem

MODES: tuple[Mode, ...] = ("words", "semantic", "hybrid")
DEPTH = 10


@dataclass
class TableRelease:
    """Rows of the import format, standing in for a release."""

    rows: Sequence[Mapping[str, Any]]
    encoder: Encoder
    in_context: bool = True

    @cached_property
    def statements(self) -> pd.DataFrame:
        """The columns of a release's statements that search reads."""
        return pd.DataFrame(
            {
                "statement_id": [row["id"] for row in self.rows],
                "text": [row["text"] for row in self.rows],
                "kind": [row["kind"] for row in self.rows],
                "speaker_name": [row["speaker"] for row in self.rows],
                "speaker_members": [[row["speaker"]] for row in self.rows],
                "sides": [row["side"].split("-") for row in self.rows],
                "office": [row["role"] for row in self.rows],
                "said_on": pd.to_datetime([row["said_on"] for row in self.rows]),
                "publishers": [[row["publisher"]] for row in self.rows],
                "source_publisher": [row["publisher"] for row in self.rows],
                "source_title": [row["source_title"] for row in self.rows],
            }
        )

    @cached_property
    def _matrix(self) -> np.ndarray:
        said = embed([row["text"] for row in self.rows], self.encoder)
        told = [in_context(row["text"], row["speaker"], row["role"], row["source_title"]) for row in self.rows]
        return averaged(said, embed(told, self.encoder)) if self.in_context else said

    def vectors(self) -> tuple[list[str], np.ndarray]:
        """Ids and unit vectors of all rows."""
        return list(self.statements["statement_id"]), self._matrix


def ndcg(found: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain 2^grade − 1."""
    gained = sum((2 ** relevant.get(name, 0) - 1) / math.log2(rank + 1) for rank, name in enumerate(found[:depth], 1))
    ideal = sorted(relevant.values(), reverse=True)[:depth]
    best = sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(ideal, 1))
    return float(gained / best)


def word_queries(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Queries whose answers follow from the table: every run of three words that 2 to 8 rows say, thinned out.

    The rows that say the run, inflection aside, are the answers.
    """
    said: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        run = [stem(form) for form in forms(row["text"])]
        for start in range(len(run) - 2):
            said.setdefault(tuple(run[start : start + 3]), set()).add(row["id"])
    printed: dict[tuple[str, ...], str] = {}
    for row in rows:
        run = forms(row["text"])
        for start in range(len(run) - 2):
            three = tuple(run[start : start + 3])
            if min(map(len, three)) >= 5:  # no stop words: each word names something
                printed.setdefault(tuple(stem(form) for form in three), " ".join(three))
    chosen = sorted(roots for roots in printed if 2 <= len(said[roots]) <= 8)
    return {printed[roots]: dict.fromkeys(sorted(said[roots]), 1) for roots in chosen}


def measure(release: TableRelease, queries: Mapping[str, Mapping[str, int]]) -> dict[Mode, tuple[float, float]]:
    """Mean nDCG@10 and median milliseconds a query, by mode."""
    figures: dict[Mode, tuple[float, float]] = {}
    for mode in MODES:
        gains, times = [], []
        for query, relevant in queries.items():
            start = time.perf_counter()
            hits = search(release, query, encoder=release.encoder, mode=mode, limit=DEPTH)
            times.append(time.perf_counter() - start)
            gains.append(ndcg([hit.statement_id for hit in hits], relevant))
        figures[mode] = (float(np.mean(gains)), 1000 * float(np.median(times)))
    return figures


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> int:
    """Print the figures with their sample sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--encoder", default="small")
    arguments = parser.parse_args()
    rows, encoder = _read(arguments.statements), load_encoder(arguments.encoder)
    questions = {row["query"]: row["relevant"] for row in _read(arguments.queries)}
    for in_context_too in (False, True):
        release = TableRelease(rows, encoder, in_context_too)
        views = "words and words in context, averaged" if in_context_too else "words alone"
        for title, queries in (("questions in other words", questions), ("runs of words", word_queries(rows))):
            print(f"{title}: n = {len(queries)} over {len(rows)} statements, {arguments.encoder}, {views}")
            for mode, (gain, milliseconds) in measure(release, queries).items():
                print(f"  {mode:9} nDCG@{DEPTH} {gain:.3f}   {milliseconds:.1f} ms a query, median")
    return 0


if __name__ == "__main__":
    sys.exit(main())
