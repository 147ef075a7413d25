"""How much of the parser's speed is left once quotations, speakers and days are found, and whether length matters.

    python benchmarks/extraction_speed.py ../shared/evaluation/polnear_dev.jsonl [--documents 60] [--rounds 5]
        [--parser en_core_web_sm en_core_web_md]

Reads rows of ``text``, parses each document bare, with ``find_quotes`` after it and with all of ``extract`` after it,
turn by turn in the same run with the same components, and prints the medians of words per processor second and their
share of the bare parser's (the target is 0.70 and more). Then the same for documents joined to ones twice, four times
and eight times as long: microseconds of extraction a word, which stay level where time is linear. One thread.
Exit code 0; 1 where ``extract`` leaves less than 0.70.
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

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.reading.assemble import assemble
from analysis.reading.fields import Fields
from analysis.schema import Document
from analysis.settings import Settings

TARGET = 0.70
GAZETTEER = Path(__file__).resolve().parent.parent / "data" / "gazetteer"


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that ``work`` takes; other programs on the machine count little."""
    start = time.process_time()
    work()
    return time.process_time() - start


def document(text: str) -> Document:
    """``text`` as a document without metadata."""
    return assemble(text, source="bench", doc_id="bench", name="bench", fields=Fields())


def share_left(name: str, texts: list[str], rounds: int, gazetteer: Gazetteer) -> float:
    """Print words per second for one parser; what ``extract`` leaves of the bare parser's."""
    nlp = load_parser(name)
    documents = [document(text) for text in texts]
    words = sum(len(text.split()) for text in texts)

    def bare() -> list[Doc]:
        return list(nlp.pipe(texts, batch_size=8))

    def finding() -> list[object]:
        return [find_quotes(parsed) for parsed in nlp.pipe(texts, batch_size=8)]

    def extracting() -> list[object]:
        parses = nlp.pipe(texts, batch_size=8)
        return [extract(each, parsed, gazetteer) for each, parsed in zip(documents, parses, strict=True)]

    bare()
    times = [(seconds(bare), seconds(finding), seconds(extracting)) for _ in range(rounds)]
    alone, found, whole = (float(median(one[way] for one in times)) for way in range(3))
    print(f"{name}: {len(texts)} documents, {words} words, medians of {rounds} rounds, processor time")
    print(f"  bare parser       {words / alone:8.0f} words/s")
    print(f"  with find_quotes  {words / found:8.0f} words/s   {alone / found:.2f} of the bare parser's")
    print(f"  with extract      {words / whole:8.0f} words/s   {alone / whole:.2f} of the bare parser's")
    print(f"  {'times as long':>14s} {'words':>8s} {'µs a word: parse':>18s} {'extract':>9s}")
    for factor in (1, 2, 4, 8):
        parts = [texts[place : place + 8] for place in range(0, len(texts) - 7, 8)]
        joined = ["\n\n".join(part[at : at + factor]) for part in parts for at in range(0, 8, factor)]
        parses: list[Doc] = []
        parse = seconds(lambda: parses.extend(nlp.pipe(joined, batch_size=8)))  # noqa: B023
        pairs = [(document(text), parsed) for text, parsed in zip(joined, parses, strict=True)]
        spent = min(seconds(lambda: [extract(*pair, gazetteer) for pair in pairs]) for _ in range(2))  # noqa: B023
        total = sum(len(text.split()) for text in joined)
        print(f"  {factor:14d} {total // len(joined):8d} {parse / total * 1e6:18.1f} {spent / total * 1e6:9.1f}")
    return alone / whole


def main() -> int:
    """Print the figures for the file named on the command line."""
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("file", type=Path, help="JSONL with a text in each row")
    options.add_argument("--documents", type=int, default=60, help="rows to read from the start")
    options.add_argument("--rounds", type=int, default=5, help="times each way is measured, turn by turn")
    options.add_argument("--parser", nargs="+", default=[Settings.from_environment().parser], help="spaCy pipelines")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    with chosen.file.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row, _ in zip(rows, range(chosen.documents), strict=False)]
    gazetteer = Gazetteer.load(GAZETTEER)
    shares = [share_left(name, texts, chosen.rounds, gazetteer) for name in chosen.parser]
    return 0 if min(shares) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
