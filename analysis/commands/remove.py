"""``remove``: documents taken out of the last release."""

from __future__ import annotations

import argparse
from dataclasses import replace

from analysis.commands import Commands, add_archive, counted
from analysis.settings import Settings
from analysis.terminal import err, out, plain


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "remove",
        help="take documents out of the last release",
        description="Publish the last release without these documents, and without the statements that only they "
        "print. Older releases keep them; a later build of sources that hold them brings them back.",
    )
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="a document's identifier, as its link has it")
    add_archive(parser)
    parser.set_defaults(run=run, gives_way=True)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove and print what came of it."""
    from analysis.progress import Progress
    from analysis.removing import remove

    settings = replace(settings, archive=arguments.archive or settings.archive)
    report = remove(arguments.documents, settings, progress=Progress(err()))
    holds = ", ".join(counted(report.counts[name], name) for name in ("documents", "quotes", "statements"))
    out().print(
        plain(f"Release {report.release} is published in {settings.archive}: {holds} ({report.seconds:.1f} s).")
    )
    return 0
