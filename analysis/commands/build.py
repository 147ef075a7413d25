"""``build``: sources into a new release."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from analysis.archive_place import Place
from analysis.commands import Commands, add_archive, add_workers, counted
from analysis.settings import Settings
from analysis.terminal import err, list_skipped, out, plain, say

if TYPE_CHECKING:
    from analysis.pipeline import BuildReport

_BASIS = {
    "stated": "stated in the text",
    "resolved": "worked out from the text",
    "dateline": "from a dateline",
    "published": "only by publication date",
    "unknown": "undated",
}


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "build",
        help="read sources and publish them as a new release",
        description="Read documents, find who said what and when, and publish a new release of the archive. "
        "When nothing changed since the last release, that one stands.",
    )
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a file or folder (text, Markdown, JSONL); default: the shipped data",
    )
    add_archive(parser)
    add_workers(parser)
    parser.add_argument(
        "--ray",
        metavar="ADDRESS",
        help='read and encode on the Ray cluster at host:port, or "auto" on one of its machines: docs/scaling.md',
    )
    parser.set_defaults(run=run, gives_way=True)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Build and print what came of it."""
    from analysis.pipeline import build
    from analysis.progress import Progress

    settings = replace(settings, archive=arguments.archive or settings.archive)
    sources = arguments.sources or [settings.data / "briefs"]
    report = build(sources, settings, progress=Progress(err()), workers=arguments.workers, ray=arguments.ray)
    if report.release is None:
        say("Nothing given could be used, so nothing was published.")
        list_skipped(err(), report.skipped)
        return 1
    console = out()
    if not report.changed:
        holds = " and ".join(counted(report.counts[name], name) for name in ("documents", "statements"))
        where = f"in {settings.archive} ({report.seconds:.1f} s)"
        console.print(plain(f"Nothing changed: release {report.release} stands, with {holds}, {where}."))
        return 0
    _summary(console, report, settings.archive)
    return 0


def _summary(console: Console, report: BuildReport, archive: Place) -> None:
    counts = report.counts
    by_kind = _listed(report.quotes_by_kind, {kind: kind for kind in ("direct", "mixed", "indirect")})
    lines = [
        f"Release {report.release} is published in {archive} ({report.seconds:.1f} s).",
        f"· {counted(counts['documents'], 'documents')}",
        f"· {counted(counts['quotes'], 'quotes')}{by_kind}",
        f"· {counted(counts['statements'], 'statements')}{_listed(report.statements_by_basis, _BASIS)}",
        f"· {counted(report.speakers, 'speakers')} named; "
        f"{report.unnamed:,} of {counts['statements']:,} statements name nobody",
    ]
    if report.note:
        lines.append(report.note)
    for line in lines:
        console.print(plain(line))
    list_skipped(console, report.skipped)
    for line in _next(archive):
        console.print(plain(line))


def _next(archive: Place) -> tuple[str, str]:
    """What can be done with the archive now: look at it, ask it."""
    if archive == Settings.from_environment().archive:
        return "Next: make serve opens the dashboard,", 'or ask: python -m analysis search "no limits"'
    where = shlex.quote(str(archive))
    return (
        f"Next: ON_RECORD_ARCHIVE={where} make serve opens the dashboard,",
        f'or ask: python -m analysis search "no limits" --archive {where}',
    )


def _listed(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Counts in the order of ``words``: ": 12 direct, 3 mixed"; nothing when all are 0."""
    parts = [f"{counts[key]:,} {word}" for key, word in words.items() if counts.get(key)]
    return f": {', '.join(parts)}" if parts else ""
