"""``evaluate``: scores against annotated files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands import Commands
from analysis.settings import Settings
from analysis.terminal import err, say


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate",
        help="score extraction against an annotated file",
        description="Extract the quotes of an annotated file's documents and score them against its own, with "
        "sample sizes.",
    )
    parser.add_argument("what", choices=["quotes"], help="quotes: spans, kinds, speakers and dates")
    parser.add_argument("gold", type=Path, metavar="GOLD", help="JSONL in the shape that extract prints")
    parser.add_argument("--speech-only", action="store_true", help="ask only for quotes whose cue is an act of speech")
    parser.add_argument("--keep-types", action="store_true", help="trust the file's own kinds, not the quotation marks")
    parser.add_argument("--attr-canon", action="store_true", help="an attribution is right when the full name is")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Score and print."""
    if not arguments.gold.is_file():
        say(f"{arguments.gold} is not a file. Give an annotated JSONL file.")
        return 2
    from analysis.evaluation.quotes import evaluate_quotes
    from analysis.evaluation.scores import lines
    from analysis.progress import Progress

    try:
        scores = evaluate_quotes(
            arguments.gold,
            settings,
            speech_only=arguments.speech_only,
            keep_kinds=arguments.keep_types,
            canonical=arguments.attr_canon,
            progress=Progress(err() if sys.stderr.isatty() else None),
        )
    except ValueError as error:
        say(str(error))
        return 1
    for line in lines(scores):
        print(line)
    return 0
