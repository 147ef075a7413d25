"""``import``: a table of quotations, each row a statement."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from analysis.commands import Commands, add_archive, add_workers, counted
from analysis.settings import Settings
from analysis.terminal import err, list_skipped, out, plain, say


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "import",
        help="lay a table of quotations over the last release",
        description="Read a table of quotations and publish a new release in which each row is a statement with its "
        "citation that keeps its id. A row whose id is held replaces what is held. When all is held, nothing is "
        "published. Columns: docs/archive.md.",
    )
    parser.add_argument("table", type=Path, metavar="FILE", help="CSV, JSON lines or an Excel workbook (.xlsx)")
    add_archive(parser)
    add_workers(parser)
    parser.set_defaults(run=run, gives_way=True)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import and print what came of it."""
    from analysis.importing.laying import import_table
    from analysis.progress import Progress

    if not arguments.table.is_file():
        say(f"{arguments.table} is not a file. Give a table of quotations: CSV, JSON lines or Excel (.xlsx).")
        return 2
    settings = replace(settings, archive=arguments.archive or settings.archive)
    report, usable = import_table(arguments.table, settings, progress=Progress(err()), workers=arguments.workers)
    if report.release is None:
        say(f"No row of {arguments.table} could be used, so nothing was published.")
        list_skipped(err(), report.skipped)
        return 1
    console = out()
    rows = f"{counted(usable, 'rows')} of {arguments.table.name}"
    if report.changed:
        holds = ", ".join(counted(report.counts[name], name) for name in ("documents", "quotes", "statements"))
        console.print(plain(f"Release {report.release} is published in {settings.archive} ({report.seconds:.1f} s)."))
        console.print(plain(f"· {rows} read; in all: {holds}"))
        if report.note:
            console.print(plain(report.note))
    else:
        stands = f"release {report.release} stands ({report.seconds:.1f} s)"
        console.print(plain(f"All of the {rows} are held already: {stands}."))
    list_skipped(console, report.skipped)
    return 0
