"""On Record's quotations beside other systems', on the same texts, with the same parse, in the same run.

    python benchmarks/quotation_peers.py ../shared/evaluation/polnear_dev.jsonl [--documents 509] [--parser …]

Prints F1 for exact spans, spans with 80 % of their words shared (all, direct, mixed, indirect) and spans with
their speaker (attributed), for acts of speech, as ``evaluate quotes --speech-only`` counts them; and words per
second with the parse, one process. Peers: textacy's ``direct_quotations`` (where it is installed; see
``benchmarks/requirements-peers.txt``) and the plain finder of ``plain_quotes.py``. Exit code 0; 1 when a peer is ahead.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.evaluation.scores import Scores, score
from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.settings import Settings
from benchmarks.plain_quotes import Row, plain_quotes


def on_record(parsed: Doc) -> list[Row]:
    """What this project finds, with the words that name the speaker."""
    return [
        {
            "start": quote.span.start,
            "end": quote.span.end,
            "type": str(quote.kind),
            "speaker_start": quote.speaker.start if quote.speaker else None,
            "speaker_end": quote.speaker.end if quote.speaker else None,
            "cue_start": quote.cue.start if quote.cue else None,
            "cue_end": quote.cue.end if quote.cue else None,
        }
        for quote in find_quotes(parsed)
    ]


def textacy_quotes(parsed: Doc) -> list[Row]:
    """textacy's direct quotations; none where an odd number of marks makes it refuse the text."""
    from textacy.extract import direct_quotations

    try:
        found = list(direct_quotations(parsed))
    except ValueError:
        return []
    return [
        {
            "start": one.content.start_char,
            "end": one.content.end_char,
            "type": "direct",
            "speaker_start": one.speaker[0].idx,
            "speaker_end": one.speaker[-1].idx + len(one.speaker[-1]),
            "cue_start": one.cue[0].idx,
            "cue_end": one.cue[-1].idx + len(one.cue[-1]),
        }
        for one in found
    ]


def figures(scores: Scores) -> list[float]:
    """Exact, ov80, direct, mixed, indirect, attributed: F1 in percent."""
    tallies = [scores.exact["all"], *(scores.overlap[kind] for kind in ("all", "direct", "mixed", "indirect"))]
    return [100 * tally.f1 for tally in (*tallies, scores.attributed["all"])]


def main() -> int:
    """Print the table for the file named on the command line."""
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("gold", type=Path, help="annotated JSONL")
    options.add_argument("--documents", type=int, default=None, help="how many to read from the start; all by default")
    options.add_argument("--parser", default=Settings.from_environment().parser, help="spaCy pipeline")
    asked = options.parse_args()
    with asked.gold.open(encoding="utf-8") as rows:
        gold = {row["doc_id"]: row for row in map(json.loads, islice(rows, asked.documents))}
    systems: dict[str, Callable[[Doc], list[Row]]] = {"On Record": on_record, "plain finder": plain_quotes}
    if importlib.util.find_spec("textacy") is not None:
        systems["textacy direct_quotations"] = textacy_quotes
    else:
        print("textacy is not installed; see benchmarks/requirements-peers.txt", file=sys.stderr)
    nlp = load_parser(asked.parser)
    words = sum(len(row["text"].split()) for row in gold.values())
    started = time.perf_counter()
    parsed = dict(zip(gold, nlp.pipe((row["text"] for row in gold.values()), batch_size=8), strict=True))
    parsing = time.perf_counter() - started
    print(f"{len(gold)} documents, {words} words, {asked.parser}; F1 in percent, acts of speech only")
    print(f"{'system':28}{'exact':>8}{'ov80':>8}{'direct':>8}{'mixed':>8}{'indir.':>8}{'attr.':>8}{'words/s':>9}")
    reached: dict[str, list[float]] = {}
    for name, find in systems.items():
        started = time.perf_counter()
        found = {doc_id: {"quotes": find(one)} for doc_id, one in parsed.items()}
        seconds = parsing + time.perf_counter() - started
        reached[name] = figures(score(gold, found, speech_only=True))
        print(f"{name:28}" + "".join(f"{figure:8.1f}" for figure in reached[name]) + f"{words / seconds:9.0f}")
    print(f"{'(the bare parser)':28}{'':48}{words / parsing:9.0f}")
    ours = reached.pop("On Record")
    return int(any(peer[1] > ours[1] or peer[-1] > ours[-1] for peer in reached.values()))


if __name__ == "__main__":
    sys.exit(main())
