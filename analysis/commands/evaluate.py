"""``evaluate``: scores against annotated files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.commands import Commands, add_archive
from analysis.settings import Settings
from analysis.terminal import err, say

if TYPE_CHECKING:
    from analysis.evaluation.search import Scores


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate",
        help="score extraction or search against annotated files",
        description="quotes: extract the quotes of annotated files' documents and score them against their own, with "
        "a table of what confidence is worth. search: ask the archive the questions of a file and score what it "
        "finds, beside BM25 and meaning alone. Both with sample sizes.",
    )
    parser.add_argument(
        "what",
        choices=["quotes", "search"],
        help="quotes: spans, kinds, speakers, days, sides, confidence; search: nDCG@10",
    )
    parser.add_argument(
        "gold",
        type=Path,
        nargs="+",
        metavar="GOLD",
        help="quotes: JSONL in the shape that extract prints; search: JSONL with `query` and `relevant` "
        "(statement id → grade, 2 on point, 1 related) in each row",
    )
    parser.add_argument("--speech-only", action="store_true", help="ask only for quotes whose cue is an act of speech")
    parser.add_argument("--keep-types", action="store_true", help="trust the files' own kinds, not the quotation marks")
    parser.add_argument("--attr-canon", action="store_true", help="an attribution is right when the full name is")
    parser.add_argument("--statements", type=Path, metavar="TABLE", help="search: the rows of this JSONL, no archive")
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Score and print."""
    for path in arguments.gold:
        if not path.is_file():
            say(f"{path} is not a file. Give an annotated JSONL file.")
            return 2
    try:
        return _search(arguments, settings) if arguments.what == "search" else _quotes(arguments, settings)
    except ValueError as error:
        say(str(error))
        return 1


def _quotes(arguments: argparse.Namespace, settings: Settings) -> int:
    from analysis.evaluation.quotes import evaluate_quotes
    from analysis.evaluation.tables import lines
    from analysis.progress import Progress

    scores = evaluate_quotes(
        arguments.gold,
        settings,
        speech_only=arguments.speech_only,
        keep_kinds=arguments.keep_types,
        canonical=arguments.attr_canon,
        progress=Progress(err() if sys.stderr.isatty() else None),
    )
    for line in lines(scores):
        print(line)
    return 0


def _search(arguments: argparse.Namespace, settings: Settings) -> int:
    from analysis.archive import open_release
    from analysis.commands.search import release_encoder
    from analysis.embedding import load_encoder
    from analysis.evaluation.search import evaluate_search, read_gold, read_table

    golds = {path: read_gold(path) for path in arguments.gold}
    if arguments.statements:
        encoder = load_encoder(settings.encoder)
        scored = read_table(arguments.statements, encoder)
        told = f"{arguments.statements}, encoder {encoder.name}"
        for path, gold in golds.items():
            _print_search(evaluate_search(scored, gold, encoder), f"{path} over {told}")
        return 0
    release = open_release(arguments.archive or settings.archive)
    known = release_encoder(release, "hybrid")
    told = f"release {release.number}, encoder {known.name if known else 'none: words alone'}"
    for path, gold in golds.items():
        _print_search(evaluate_search(release, gold, known), f"{path} over {told}")
    return 0


def _print_search(scores: Scores, title: str) -> None:
    print(title)
    lost = f", {scores.absent} graded statements are not there and count as not found" if scores.absent else ""
    print(f"nDCG@10, mean over {scores.questions} questions; {scores.statements:,} statements{lost}")
    for way in scores.by_way:
        print(f"{way:10}{scores.mean(way):7.3f}")
