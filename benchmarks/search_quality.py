"""How well search answers: nDCG@10 of words, meaning and both on questions with graded answers.

    python benchmarks/search_quality.py ../shared/evaluation/search_queries.jsonl ../shared/statements/statements.jsonl

Questions are rows of ``query`` and ``relevant`` (statement id → grade; gain 2^grade − 1, discount log2(rank + 1)).
Statements are rows of the import format; each stands as it would in a release. Word queries are made from
the table itself, so their answers are determined: the rows that say the words, or whose speaker is named. They show
that meaning never pushes exact words down.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, embed, load_encoder
from analysis.queries.ranking import Mode, best_first
from analysis.queries.search import search
from analysis.queries.word_index import word_index
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


def word_queries(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, int]]]:
    """Queries whose answers follow from the table, by sort: query → answers, every answer of grade 1.

    A word is said by a row that has one of its inflections. Each sort is thinned out evenly to 40.
    """
    said = {row["id"]: [stem(form) for form in forms(row["text"])] for row in rows}
    by_speaker: defaultdict[str, set[str]] = defaultdict(set)
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    by_run: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        by_speaker[row["speaker"]].add(row["id"])
        for start, root in enumerate(said[row["id"]]):
            by_word[root].add(row["id"])
            for length in (3, 5):
                by_run[tuple(said[row["id"]][start : start + length])].add(row["id"])
    runs, rare, named = {}, {}, {}
    for row in rows:
        printed = forms(row["text"])
        for start, form in enumerate(printed):
            three, five = (tuple(printed[start : start + length]) for length in (3, 5))
            holders = by_word[stem(form)]
            if len(three) == 3 and min(map(len, three)) >= 5:  # no stop words: each names something
                runs[" ".join(three)] = by_run[tuple(map(stem, three))]
            if len(form) >= 6 and form.isalpha() and 2 <= len(holders) <= 6:
                rare[form] = holders
            own = holders & by_speaker[row["speaker"]]
            if (
                len(form) >= 6
                and 1 <= len(own) <= 5
                and len(holders) >= 2 * len(own)
                and len(by_speaker[row["speaker"]]) > 4
            ):
                named[f"{row['speaker']} {form}"] = own
            if len(five) == 5 and start % 7 == 0:
                runs[" ".join(five)] = by_run[tuple(map(stem, five))]
    names = {name: holders for name, holders in by_speaker.items() if len(holders) >= 3}
    sorts = {"runs of 3 and 5 words": runs, "rare words": rare, "speaker and word": named, "speakers": names}
    return {sort: _thinned(queries) for sort, queries in sorts.items()}


def _thinned(queries: Mapping[str, set[str]], most: int = 40) -> dict[str, dict[str, int]]:
    chosen = sorted(queries)
    step = max(1, len(chosen) / most)
    kept = [chosen[int(step * number)] for number in range(min(most, len(chosen)))]
    return {query: dict.fromkeys(sorted(queries[query]), 1) for query in kept}


def plain_bm25(release: TableRelease, query: str) -> list[str]:
    """What BM25 alone finds, as the peer to beat: ties by id, statements without any word left out."""
    scores = word_index(release.statements).scores(forms(query)).bm25
    ids = release.statements["statement_id"]
    return [str(ids.iat[place]) for place in best_first(scores, ids, DEPTH) if scores[place] > 0]


def measure(release: TableRelease, queries: Mapping[str, Mapping[str, int]]) -> str:
    """Mean nDCG@10 of plain BM25 and of every mode."""
    finders: dict[str, Callable[[str], list[str]]] = {"BM25": lambda query: plain_bm25(release, query)}
    for mode in MODES:
        finders[mode] = lambda query, mode=mode: [  # type: ignore[misc]
            hit.statement_id for hit in search(release, query, encoder=release.encoder, mode=mode, limit=DEPTH)
        ]
    figures = []
    for name, find in finders.items():
        gains = [ndcg(find(query), relevant) for query, relevant in queries.items()]
        figures.append(f"{name} {np.mean(gains):.3f}")
    return " · ".join(figures)


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
    print(f"nDCG@{DEPTH} over {len(rows)} statements, encoder {arguments.encoder}")
    for in_context_too in (False, True):
        release = TableRelease(rows, encoder, in_context_too)
        print("embedded: " + ("words, and words in context, averaged" if in_context_too else "words alone"))
        for sort, queries in {"questions in other words": questions, **word_queries(rows)}.items():
            print(f"  {sort:25} n = {len(queries):3}   {measure(release, queries)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
