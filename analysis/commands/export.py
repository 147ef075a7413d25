"""``export``: what filters select, as a table or as citations."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from analysis.commands import Commands, add_archive, positive
from analysis.commands.filters import LANGUAGE, add_filters, read_names, read_selection
from analysis.settings import Settings
from analysis.terminal import say

_FORMATS = ("csv", "jsonl", "parquet", "bibtex", "ris", "csl")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "export",
        help="write statements as a table or as citations",
        description="Write the statements that the filters keep, oldest first and undated ones last.",
        epilog=LANGUAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="filters and words, as for search: below")
    parser.add_argument("--format", choices=_FORMATS, default="csv", help="default: csv")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here (default: standard output)")
    add_filters(parser)
    parser.add_argument("--release", type=positive, metavar="N", help="of this release (default: the latest)")
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Export. Exit code 1 where the filters keep nothing."""
    if arguments.format == "parquet" and arguments.output is None and sys.stdout.isatty():
        say("Parquet is no text: name a file with --output.")
        return 2
    from analysis.archive import open_release
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
    kept = kept.sort_values(["said_on", "statement_id"], na_position="last", kind="stable")
    if kept.empty:
        say("No statement passes the filters, so nothing was written.")
        return 1
    written = _written(kept, arguments.format)
    if arguments.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        arguments.output.write_bytes(written)
    say(f"{len(kept):,} of {len(statements):,} statements of release {release.number}")
    return 0


def _written(kept: object, form: str) -> bytes:
    from analysis.exporting import citations, tables

    if form == "parquet":
        packed = io.BytesIO()
        tables.write_parquet(kept, packed)  # type: ignore[arg-type]
        return packed.getvalue()
    text = io.StringIO(newline="")
    writers = {
        "csv": tables.write_csv,
        "jsonl": tables.write_jsonl,
        "bibtex": citations.write_bibtex,
        "ris": citations.write_ris,
        "csl": citations.write_csl,
    }
    writers[form](kept, text)  # type: ignore[arg-type]
    return text.getvalue().encode("utf-8", "replace")
