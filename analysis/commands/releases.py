"""``releases``: what an archive has published."""

from __future__ import annotations

import argparse

from rich.table import Table

from analysis.commands import Commands, add_archive
from analysis.settings import Settings
from analysis.terminal import out, plain, say

_COUNTS = ("documents", "quotes", "statements", "entities", "skipped")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "releases",
        help="list the published releases",
        description="List every published release with its counts and models, oldest first.",
    )
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one row a release."""
    from analysis.archive import releases

    folder = arguments.archive or settings.archive
    published = releases(folder)
    if not published:
        say(f"{folder} holds no published release. Make one: python -m analysis build --archive {folder}")
        return 1
    table = Table("release", "published", *_COUNTS, "parser", "encoder", box=None, pad_edge=False)
    for manifest in published:
        encoder = f"{manifest.encoder}, {manifest.dimensions} d" if manifest.encoder else "none"
        counts = [f"{manifest.counts.get(name, 0):,}" for name in _COUNTS]
        row = [str(manifest.number), manifest.published_at, *counts, manifest.parser, encoder]
        table.add_row(*(plain(cell) for cell in row))
    out().print(table)
    return 0
