"""``clean``: give room back."""

from __future__ import annotations

import argparse

from analysis.commands import Commands, add_archive, counted, positive
from analysis.settings import Settings
from analysis.terminal import out, plain


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "clean",
        help="remove what stopped builds left behind and, if asked, old releases",
        description="Remove files that no release names, which builds leave that were stopped. Releases are kept, all "
        "of them, unless --keep says how many; a removed one cannot be opened again, and links to it show the newest.",
    )
    add_archive(parser)
    parser.add_argument("--keep", type=positive, metavar="N", help="keep only the last N releases (default: all)")
    parser.add_argument(
        "--also",
        type=positive,
        action="append",
        default=[],
        metavar="RELEASE",
        help="keep this older release too, for instance because a publication links to it; may be given again",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Clean and print what went."""
    from analysis.archive.retention import clean

    folder = arguments.archive or settings.archive
    gone = clean(folder, keep=arguments.keep, also=arguments.also, dry_run=arguments.dry_run)
    verb = "Would remove" if arguments.dry_run else "Removed"
    listed = f" ({', '.join(map(str, gone.releases))})" if gone.releases else ""
    what = f"{counted(len(gone.releases), 'releases')}{listed} and {counted(gone.files, 'files')}"
    out().print(plain(f"{verb} {what}, {gone.size / 1e6:,.1f} MB, in {folder}."))
    return 0
