"""``check``: does an archive still hold what was published?"""

from __future__ import annotations

import argparse

from analysis.commands import Commands, add_archive, counted, positive
from analysis.settings import Settings
from analysis.terminal import out, plain


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="verify an archive",
        description="Verify every release: each quote's words stand at their place in their document, every reference "
        "resolves, counts and hashes agree with the manifest. Exit code 1 when anything is wrong.",
    )
    add_archive(parser)
    parser.add_argument("--release", type=positive, metavar="N", help="only this release (default: all)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check and list what is wrong."""
    from analysis.archive import check, releases

    folder = arguments.archive or settings.archive
    problems = check(folder, arguments.release)
    console = out()
    for problem in problems:
        console.print(plain(str(problem)))
    if problems:
        console.print(plain(f"{counted(len(problems), 'problems')} in {folder}."))
        return 1
    for manifest in releases(folder):
        if arguments.release in (None, manifest.number):
            rows = ", ".join(counted(count, name) for name, count in manifest.counts.items() if count)
            console.print(plain(f"Release {manifest.number} is whole: {rows}."))
    return 0
