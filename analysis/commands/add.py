"""``add``: what is new or changed in sources, laid over the last release."""

from __future__ import annotations

import argparse
from dataclasses import replace

from analysis.commands import Commands, add_archive, add_workers, counted
from analysis.settings import Settings
from analysis.terminal import err, list_skipped, out, plain, say


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "add",
        help="add new or changed documents to the last release",
        description="Read documents, keep those that the last release does not hold as they are, and publish a new "
        "release with them. Whatever else the archive holds is not touched. When all is held, nothing is published.",
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file or folder (text, Markdown, JSONL)")
    add_archive(parser)
    add_workers(parser)
    parser.set_defaults(run=run, gives_way=True)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add and print what came of it."""
    from analysis.adding import add
    from analysis.progress import Progress

    settings = replace(settings, archive=arguments.archive or settings.archive)
    report = add(arguments.sources, settings, progress=Progress(err()), workers=arguments.workers)
    if report.release is None:
        say("Nothing given could be used, so nothing was published.")
        list_skipped(err(), report.skipped)
        return 1
    console = out()
    if not report.changed:
        console.print(plain(f"All of it is held already: release {report.release} stands ({report.seconds:.1f} s)."))
        return 0
    new = counted(sum(report.quotes_by_kind.values()), "quotes")
    touched = counted(sum(report.statements_by_basis.values()), "statements")
    holds = ", ".join(counted(report.counts[name], name) for name in ("documents", "quotes", "statements"))
    for line in (
        f"Release {report.release} is published in {settings.archive} ({report.seconds:.1f} s).",
        f"· new: {new}; {touched} new or with another print",
        f"· in all: {holds}",
    ):
        console.print(plain(line))
    list_skipped(console, report.skipped)
    return 0
