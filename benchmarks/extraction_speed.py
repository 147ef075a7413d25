"""How much of the parser's speed is left once quotations are found.

    python benchmarks/extraction_speed.py ../shared/evaluation/polnear_dev.jsonl [--documents 60] [--rounds 5]

Reads rows of ``text``, parses each document bare and with ``find_quotes`` after it, turn by turn in the same run,
and prints the medians of words per second, their ratio (the target is 0.70 and more) and, for linearity, the
ratio of the time a doubled text takes to twice the time of the single one. One thread. Exit code 0; 1 below 0.70.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.settings import Settings

TARGET = 0.70


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Print the figures for the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("file", type=Path, help="JSONL with a text in each row")
    parser.add_argument("--documents", type=int, default=60, help="rows to read from the start")
    parser.add_argument("--rounds", type=int, default=5, help="times each way is measured, turn by turn")
    parser.add_argument("--parser", default=Settings.from_environment().parser, help="spaCy pipeline")
    options = parser.parse_args()
    torch.set_num_threads(1)
    nlp = load_parser(options.parser)
    with options.file.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row, _ in zip(rows, range(options.documents), strict=False)]
    words = sum(len(text.split()) for text in texts)

    def bare() -> list[Doc]:
        return list(nlp.pipe(texts, batch_size=8))

    def extracting() -> list[object]:
        return [find_quotes(document) for document in nlp.pipe(texts, batch_size=8)]

    bare()
    times = [(seconds(bare), seconds(extracting)) for _ in range(options.rounds)]
    alone, both = median(pair[0] for pair in times), median(pair[1] for pair in times)
    longest = max(texts, key=len)
    once, twice = nlp(longest), nlp(longest + "\n\n" + longest)
    single = median(seconds(lambda: find_quotes(once)) for _ in range(options.rounds))
    double = median(seconds(lambda: find_quotes(twice)) for _ in range(options.rounds))
    print(f"{len(texts)} documents, {words} words, medians of {options.rounds} rounds, {options.parser}")
    print(f"bare parser          {words / alone:8.0f} words/s")
    print(f"with find_quotes     {words / both:8.0f} words/s   {alone / both:.2f} of the bare parser's")
    print(f"a text twice as long {double / (2 * single):8.2f} of twice the time (1.00 is linear)")
    return 0 if alone / both >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
