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
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, Progress, VectorCache, embed, load_encoder
from analysis.evaluation.search import DEPTH, TableRelease, evaluate_search, ndcg, read_gold
from analysis.queries import question, topics
from analysis.wording import forms, stem


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


class Known:
    """An encoder that has encoded the queries already."""

    def __init__(self, encoder: Encoder, vectors: Mapping[str, np.ndarray]) -> None:
        self.name, self.fingerprint, self.dimensions = encoder.name, encoder.fingerprint, encoder.dimensions
        self._encoder, self._vectors = encoder, vectors

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """(n, d) float32 unit rows."""
        if all(text in self._vectors for text in texts):
            return np.stack([self._vectors[text] for text in texts])
        return self._encoder.encode(texts, progress)


def figures(release: TableRelease, queries: Mapping[str, Mapping[str, int]]) -> str:
    """Mean nDCG@10 of plain BM25 and of every mode."""
    scores = evaluate_search(release, queries, release.encoder)
    return " · ".join(f"{way} {scores.mean(way):.3f}" for way in scores.by_way)


def without_their_topics(release: TableRelease, queries: Mapping[str, Mapping[str, int]], most: int) -> list[str]:
    """Mean nDCG@10 where each question loses the topics it resembles most, from 0 to ``most`` of them.

    A lower bound: as if nobody had thought of the subject of any question.
    """
    whole = topics.guide_for(release.encoder.fingerprint)
    if whole is None:
        return []
    lines = []
    for lost in range(most + 1):
        gains = []
        for query, relevant in queries.items():
            order = np.argsort(-(whole.keys @ question.encode_query(release.encoder, query)))
            rest = topics.Guide(whole.keys[order[lost:]], whole.said[order[lost:]])
            asked = rest(question.encode_query(release.encoder, query))
            ids, vectors = release.vectors()
            nearest = np.argsort(-(vectors @ asked), kind="stable")[:5]
            scores = vectors @ topics.fed_back(asked, vectors[nearest])
            gains.append(ndcg([ids[row] for row in np.argsort(-scores, kind="stable")[:DEPTH]], relevant))
        lines.append(f"meaning, {lost} likeliest topics left out: {np.mean(gains):.3f}")
    return lines


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> int:
    """Print the figures with their sample sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--encoder", default="base")
    parser.add_argument("--vectors", type=Path, help="keep vectors in this folder, and take them from it")
    arguments = parser.parse_args()
    rows, encoder = _read(arguments.statements), load_encoder(arguments.encoder)
    cache = VectorCache(arguments.vectors) if arguments.vectors else None
    questions = read_gold(arguments.queries)
    by_sort = {"questions in other words": questions, **word_queries(rows)}
    every = [query for queries in by_sort.values() for query in queries]
    known = Known(encoder, dict(zip(every, embed(every, encoder, cache), strict=True)))
    print(f"nDCG@{DEPTH} over {len(rows)} statements, encoder {arguments.encoder}")
    for in_context_too in (False, True):
        release = TableRelease(rows, known, in_context_too, cache)
        print("embedded: " + ("words, and words in context, averaged" if in_context_too else "words alone"))
        for sort, queries in by_sort.items():
            print(f"  {sort:25} n = {len(queries):3}   {figures(release, queries)}")
    for line in without_their_topics(release, questions, most=3):
        print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
