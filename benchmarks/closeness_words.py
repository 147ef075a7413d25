"""From which cosine a statement is called close to a question: how many rows on point reach it, and how many of all.

    python benchmarks/closeness_words.py ../shared/evaluation/search_queries.jsonl ../shared/statements/statements.jsonl

Questions and statements as for ``search_quality.py``; a row on point has grade 2. "moved" is the cosine with the
question moved towards the statements found first, as releases of 500 to 200,000 statements are searched.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import load_encoder
from analysis.evaluation.search import read_gold, read_table
from analysis.queries import meaning, question

STEPS = np.arange(0.25, 0.86, 0.05)


def main() -> None:
    """Print a line a cosine for both ways to compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--encoder", default="base")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    release = read_table(arguments.statements, encoder)
    gold = read_gold(arguments.questions)
    ids = list(release.statements["statement_id"])
    every: dict[str, list[np.ndarray]] = {"plain": [], "moved": []}
    on_point: list[np.ndarray] = []
    for query, answers in gold.items():
        every["plain"].append(meaning.closeness(release, question.question_vector(encoder, query)))
        every["moved"].append(question.closeness(release, encoder, query))
        on_point.append(np.array([answers.get(name, 0) >= 2 for name in ids]))
    right = np.concatenate(on_point)
    print(f"{arguments.encoder}: {len(gold)} questions, {len(ids)} statements, {int(right.sum())} pairs on point")
    for way, scores in every.items():
        cosines = np.concatenate(scores)
        for least in STEPS:
            reached = cosines >= least
            print(
                f"{way}  from {least:.2f}: {reached[right].mean():6.1%} of rows on point, {reached.mean():6.1%} of all"
            )


if __name__ == "__main__":
    main()
