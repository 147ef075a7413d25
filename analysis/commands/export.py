"""``export``: what filters select, as a table, as citations or as a document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from analysis.commands import Commands, add_archive, positive
from analysis.commands.filters import LANGUAGE, add_filters, read_names, read_selection
from analysis.exporting.formats import FORMATS
from analysis.settings import Settings
from analysis.terminal import say

if TYPE_CHECKING:
    from analysis.archive import Release
    from analysis.exporting.notes import Notes
    from analysis.queries.selection import Selection


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "export",
        help="write statements as a table, as citations or as a document",
        description="Write the statements that the filters keep, oldest first and undated ones last.",
        epilog=LANGUAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="filters and words, as for search: below")
    parser.add_argument("--format", choices=list(FORMATS), default="csv", help="default: csv")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here (default: standard output)")
    parser.add_argument("--site", default="", metavar="URL", help="the dashboard's address, for the links in the file")
    add_filters(parser)
    parser.add_argument("--release", type=positive, metavar="N", help="of this release (default: the latest)")
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Export. Exit code 1 where the filters keep nothing, or more than the format takes."""
    form = FORMATS[arguments.format]
    if not form.is_text and arguments.output is None and sys.stdout.isatty():
        say(f"{form.label} is no text: name a file with --output.")
        return 2
    from analysis.archive import open_release
    from analysis.exporting.exported import Exported, in_order
    from analysis.queries.search import search
    from analysis.queries.selection import select

    release = open_release(arguments.archive or settings.archive, arguments.release)
    names = read_names(release, settings)
    selection = read_selection(arguments, names)
    statements = release.statements
    if arguments.query.strip():
        found = search(
            release, arguments.query, selection, encoder=None, mode="words", limit=len(statements), names=names
        )
        for told in (*found.hints, *([found.note] if found.note and not found else ())):
            say(told)
        kept = statements[statements["statement_id"].isin([hit.statement_id for hit in found])]
    else:
        kept = select(statements, selection)
    if kept.empty:
        say("No statement passes the filters, so nothing was written.")
        return 1
    try:
        written = form.write(Exported(in_order(kept), _notes(release, selection, arguments)))
    except ValueError as too_many:
        say(str(too_many))
        return 1
    if arguments.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        arguments.output.write_bytes(written)
    say(f"{len(kept):,} of {len(statements):,} statements of release {release.number}")
    return 0


def _notes(release: Release, selection: Selection, arguments: argparse.Namespace) -> Notes:
    from analysis.exporting.notes import Notes

    query, asked = arguments.query.strip(), selection.to_parameters()
    own = [("q", query), ("mode", "words")] if query else []
    pairs = own + [(name, value) for name, values in asked.items() for value in values]
    view = f"{'search' if query else 'timeline'}?{urlencode([*pairs, ('release', release.number)])}"
    return Notes.of(release, selection=asked, query=query, view=view, site=arguments.site)
