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
        description="Extract the quotes of annotated files' documents and score them against their own, with "
        "sample sizes and a table of what confidence is worth.",
    )
    parser.add_argument("what", choices=["quotes"], help="quotes: spans, kinds, speakers, days, sides, confidence")
    parser.add_argument("gold", type=Path, nargs="+", metavar="GOLD", help="JSONL in the shape that extract prints")
    parser.add_argument("--speech-only", action="store_true", help="ask only for quotes whose cue is an act of speech")
    parser.add_argument("--keep-types", action="store_true", help="trust the files' own kinds, not the quotation marks")
    parser.add_argument("--attr-canon", action="store_true", help="an attribution is right when the full name is")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Score and print."""
    for path in arguments.gold:
        if not path.is_file():
            say(f"{path} is not a file. Give an annotated JSONL file.")
            return 2
    from analysis.evaluation.quotes import evaluate_quotes
    from analysis.evaluation.tables import lines
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
