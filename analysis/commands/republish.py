"""``republish``: an older release made the newest."""

from __future__ import annotations

import argparse

from analysis.commands import Commands, add_archive, positive
from analysis.settings import Settings
from analysis.terminal import out, plain


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "republish",
        help="publish an older release again, as the newest",
        description="Go back: publish a new release that holds what an older one holds. Those in between stay and can "
        "be opened, but visitors see the new one.",
    )
    parser.add_argument("release", type=positive, metavar="RELEASE", help="the older release's number")
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish and print the new number."""
    from analysis.archive.republishing import republish

    folder = arguments.archive or settings.archive
    number = republish(folder, arguments.release)
    out().print(plain(f"Release {number} is published in {folder}: it holds what release {arguments.release} holds."))
    return 0
