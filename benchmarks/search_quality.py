"""How well search answers: nDCG@10 beside BM25, on questions in other words and on word queries.

    python benchmarks/search_quality.py ../shared/evaluation/search_queries.jsonl ../shared/statements/statements.jsonl

Questions are rows of ``query`` and ``relevant`` (statement id → grade; gain 2^grade − 1, discount log2(rank + 1)), the
statements rows of the import format; each stands as it would in a release. ``benchmarks/questions.jsonl`` has 40
questions more over the same statements, by a writer who had seen neither the first questions nor any topic. The general
parameters were chosen on one half of them, so the other half is printed by itself.

The guide of topics has two writers: the first had seen the given questions, the blind one had not, and no topic's
writer had seen the 40. So the given questions are fair to the blind topics, the 40 to both. Intervals are 95 %
of 10,000 draws of the questions with replacement.

Word queries are made from the table itself (``benchmarks/word_queries.py``), so their answers are determined.
"""

from __future__ import annotations

import argparse
import json
import sys
import unittest.mock
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import Encoder, Progress, VectorCache, embed, load_encoder
from analysis.evaluation.search import DEPTH, TableRelease, evaluate_search, ndcg, plain_bm25, read_gold
from analysis.formulas import Formulas
from analysis.queries import question
from analysis.queries.search import search
from analysis.queries.topics import Guide, guide_for, read_topics
from analysis.settings import ROOT
from benchmarks.word_queries import Sort, word_queries

Gold = Mapping[str, Mapping[str, int]]
OWN = ROOT / "benchmarks" / "questions.jsonl"
_DRAWS = 10_000
_LEAST_HOLDERS = 3  # statements that must hold a formula for its wordings to be asked


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


@contextmanager
def guided_by(guide: Guide | None) -> Iterator[None]:
    """Search with this guide, or with none, instead of the shipped one."""
    with unittest.mock.patch.object(question, "guide_for", return_value=guide):
        question.question_vector.cache_clear()
        yield
    question.question_vector.cache_clear()


def interval(scores: Sequence[float]) -> str:
    """Mean and its 95 % bootstrap interval."""
    drawn = np.random.default_rng(0).choice(np.asarray(scores), (_DRAWS, len(scores))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{np.mean(scores):.3f} [{low:.2f}, {high:.2f}]"


def print_questions(release: TableRelease, given: Gold, halves: Mapping[str, Gold]) -> None:
    """Every set of questions, with every part of the guide."""
    own = {query: answers for half in halves.values() for query, answers in half.items()}
    sets = {"given": given, "own": own} | {f"own, {name}": half for name, half in halves.items()}
    for name, questions in sets.items():
        print(f"  {name:14} n = {len(questions):2}")
        for label, guide in guides(release.encoder.fingerprint).items():
            with guided_by(guide):
                scores = evaluate_search(release, questions, release.encoder)
            note = "  (their writer had seen these)" if name == "given" and label in ("first topics", "all") else ""
            ways = "   ".join(f"{way} {interval(scores.by_way[way])}" for way in ("BM25", "semantic", "hybrid"))
            print(f"    {label:18} {ways}{note}")


def guides(fingerprint: str) -> dict[str, Guide | None]:
    """The guide in parts, by whose topics it has; only none where the encoder has no guide."""
    whole = guide_for(fingerprint)
    if whole is None:
        return {"no topics": None}
    writers = np.array([topic.writer for topic in read_topics()])
    parts: dict[str, Guide | None] = {"no topics": None}
    parts |= {f"{writer} topics": whole.of(writers == writer) for writer in ("first", "blind")}
    return parts | {"all": whole}


def print_without_their_topics(release: TableRelease, questions: Gold, most: int) -> None:
    """Meaning where each question loses the topics it resembles most: as if nobody had thought of its subject."""
    whole = guide_for(release.encoder.fingerprint)
    if whole is None:
        return
    ids, vectors = release.vectors()
    for lost in range(most + 1):
        gains = []
        for query, relevant in questions.items():
            asked = question.encode_query(release.encoder, query)
            rest = np.argsort(-(whole.keys @ asked))[lost:]
            scores = vectors @ whole.of(rest)(asked)
            gains.append(ndcg([ids[row] for row in np.argsort(-scores, kind="stable")[:DEPTH]], relevant))
        print(f"  meaning, {lost} likeliest topics left out: {interval(gains)}  n = {len(gains)}")


def print_wordings(release: TableRelease) -> None:
    """Formulas' wordings asked as they stand, without quotation marks: few words out of a sentence, by meaning alone.

    Relevant is every statement that holds the formula's name or one of its wordings letter for letter, so those who
    say it otherwise count as wrong: the figures are low, and only their order says something.
    """
    asked: dict[str, dict[str, int]] = {}
    for formula in Formulas.load(ROOT / "data" / "formulas.csv").formulas.values():
        wordings = [each.casefold() for each in (formula.name, *formula.wordings)]
        holds = {
            str(row["id"]): 1 for row in release.rows if any(each in str(row["text"]).casefold() for each in wordings)
        }
        if len(holds) >= _LEAST_HOLDERS:
            asked |= {each: holds for each in wordings if " " in each}
    whole = guide_for(release.encoder.fingerprint)
    ways = {"topics, and context where none is known": whole}
    if whole is not None:
        ways |= {"topics alone": _AllKnown(whole.keys, whole.said), "neither": None}
    for label, guide in ways.items():
        with guided_by(guide):
            scores = evaluate_search(release, asked, release.encoder)
        print(f"  {label:40} n = {len(asked):2}   semantic {interval(scores.by_way['semantic'])}")


class _AllKnown(Guide):
    """A guide that takes every question for one that it knows."""

    def knows(self, question: np.ndarray) -> bool:
        """True."""
        return True


def print_words(release: TableRelease, sorts: Sequence[Sort]) -> None:
    """Every sort of word query; BM25 is asked in words where the query has a filter."""
    for sort in sorts:
        bm25 = [
            ndcg(plain_bm25(release, sort.in_words.get(query, query)), sort.answers[query]) for query in sort.answers
        ]
        hybrid = []
        for query, answers in sort.answers.items():
            hits = search(release, query, encoder=release.encoder, limit=DEPTH)
            hybrid.append(ndcg([hit.statement_id for hit in hits], answers))
        print(f"  {sort.name:22} n = {len(bm25):2}   BM25 {np.mean(bm25):.3f}   hybrid {np.mean(hybrid):.3f}")


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


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
    given, own = read_gold(arguments.queries), _read(OWN)
    halves = {
        f"{half} half": {row["query"]: row["relevant"] for row in own if row["half"] == half}
        for half in ("kept", "choosing")
    }
    sorts = word_queries(rows, ROOT / "data" / "formulas.csv")
    every = [*given, *(row["query"] for row in own), *(query for sort in sorts for query in sort.answers)]
    known = Known(encoder, dict(zip(every, embed(every, encoder, cache), strict=True)))
    release = TableRelease(rows, known, cache=cache)
    print(f"nDCG@{DEPTH} over {len(rows)} statements, encoder {arguments.encoder}\nquestions in other words")
    print_questions(release, given, halves)
    print_without_their_topics(release, {row["query"]: row["relevant"] for row in own}, most=3)
    print("formulas' wordings as they stand")
    print_wordings(release)
    print("word queries")
    print_words(release, sorts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
