"""``evaluate``: scores against annotated files."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands import Commands
from analysis.settings import Settings
from analysis.terminal import say


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
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Score and print."""
    if not arguments.gold.is_file():
        say(f"{arguments.gold} is not a file. Give an annotated JSONL file.")
        return 2
    from analysis.evaluation import evaluate_quotes

    code: int = evaluate_quotes(arguments.gold, settings)
    return code
