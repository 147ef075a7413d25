"""``search``: statements that answer a question, best first."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from analysis.commands import Commands, add_archive, positive
from analysis.commands.filters import LANGUAGE, add_filters, read_names, read_selection
from analysis.settings import Settings
from analysis.terminal import json_line, out, plain, say

if TYPE_CHECKING:
    from analysis.archive import Release
    from analysis.embedding import Encoder
    from analysis.queries.search import Hit, Hits
    from analysis.queries.selection import Selection


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "search",
        help="find statements by meaning and by words",
        description="Find statements, best first, and say why each was found. A filter given twice keeps both values.",
        epilog=LANGUAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", nargs="?", metavar="QUERY", help="a question or words, with filters among them: below")
    parser.add_argument("--queries", type=Path, metavar="FILE", help="many at once: JSONL with `query` in each row")
    parser.add_argument("--like", metavar="STATEMENT_ID", help="statements close in meaning to this one")
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help="at most so many (default: 20)")
    parser.add_argument("--mode", choices=["hybrid", "semantic", "words"], default="hybrid", help="default: hybrid")
    add_filters(parser)
    parser.add_argument("--release", type=positive, metavar="N", help="search this release (default: the latest)")
    parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")
    add_archive(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search and print."""
    if sum(each is not None for each in (arguments.query, arguments.queries, arguments.like)) != 1:
        say("Give a query, or a file of queries with --queries, or a statement's id with --like.")
        return 2
    from analysis.archive import open_release
    from analysis.queries.closest import explained
    from analysis.queries.query_filters import chips
    from analysis.queries.search import search

    queries = list(_queries(arguments.queries)) if arguments.queries else [arguments.query]
    release = open_release(arguments.archive or settings.archive, arguments.release)
    names = read_names(release, settings)
    selection = read_selection(arguments, names)
    if arguments.like is not None:
        return _like(arguments, release, selection)
    encoder = release_encoder(release, arguments.mode)
    for query in queries:
        hits = search(
            release, query, selection, encoder=encoder, mode=arguments.mode, limit=arguments.limit, names=names
        )
        if encoder is not None and arguments.queries is None and hits.understood:
            hits = explained(hits, release.statements, encoder, hits.understood.query.asked)
        for told in (*hits.hints, *([hits.note] if hits.note else ())):
            say(told)
        if arguments.format == "jsonl":
            _print_lines(release, hits, query if arguments.queries else None)
        else:
            understood = chips(hits.understood, names) if hits.understood else []
            _print_table(release, hits, f"“{query}”", understood)
    return 0 if queries else 1


def _like(arguments: argparse.Namespace, release: Release, selection: Selection) -> int:
    """Print the statements close in meaning to one; exit code 1 where the release does not have it."""
    from analysis.queries.similar import similar

    if arguments.like not in set(release.statements["statement_id"]):
        say(f"Release {release.number} has no statement “{arguments.like}”.")
        return 1
    hits = similar(release, arguments.like, arguments.limit, selection)
    if hits.note:
        say(hits.note)
    if arguments.format == "jsonl":
        _print_lines(release, hits, None)
    else:
        _print_table(release, hits, f"Close to {arguments.like}", [])
    return 0


def _queries(file: Path) -> Iterator[str]:
    """The queries of a JSONL file; what holds none is said and passed over. Raises OSError for a file not there."""
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                query = json.loads(line)["query"]
            except (ValueError, KeyError, TypeError, RecursionError):
                query = None
            if isinstance(query, str) and query.strip():
                yield query
            else:
                say(f"{file}, line {number}: no `query` in it; passed over")


def release_encoder(release: Release, mode: str) -> Encoder | None:
    """The encoder that the release was built with; None when it has none, or when words are enough.

    Raises EncoderError when it cannot be loaded, or its weights are others than the release's.
    """
    from analysis.models import EncoderError
    from analysis.query_encoder import OtherWeightsError, query_encoder

    manifest = release.manifest
    if mode == "words":
        return None
    if manifest.encoder is None:
        if mode == "semantic":
            raise EncoderError(
                f"Release {release.number} was built without an encoder. Build again, or search by words."
            )
        return None
    try:
        return query_encoder(release)
    except EncoderError as error:
        if mode == "semantic" or isinstance(error, OtherWeightsError):
            raise
        say(str(error))
        return None


def _rows(release: Release, hits: Sequence[Hit]) -> Iterator[tuple[Hit, dict[str, Any]]]:
    """Each hit with its statement."""
    statements = release.statements
    wanted = statements[statements["statement_id"].isin([hit.statement_id for hit in hits])]
    by_id = {str(row["statement_id"]): row for row in wanted.to_dict("records")}
    for hit in hits:
        yield hit, {str(name): value for name, value in by_id[hit.statement_id].items()}


def _print_lines(release: Release, hits: Hits, query: str | None) -> None:
    for hit, row in _rows(release, hits):
        said_on = _said_on(row)
        found = {
            "id": hit.statement_id,
            "text": row["text"],
            "speaker": row["speaker_name"],
            "speaker_id": row["speaker_id"],
            "side": row["side"],
            "said_on": said_on or None,
            "said_on_basis": row["said_on_basis"],
            "kind": row["kind"],
            "publisher": row["source_publisher"],
            "url": row["source_url"],
            "score": hit.score,
            "why": hit.why,
            "matched": hit.matched,
            "closeness": hit.closeness,
            "part": _part(hit, row),
        }
        sys.stdout.write(json_line(found if query is None else {"query": query, **found}) + "\n")


def _print_table(release: Release, hits: Hits, title: str, understood: Sequence[str]) -> None:
    console = out()
    console.print(plain(f"{title} in release {release.number}: {len(hits)} of {len(release.statements):,} statements"))
    if understood:
        console.print(plain(f"Kept: {'; '.join(understood)}"))
    if not hits:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column("said on", no_wrap=True)
    table.add_column("speaker", ratio=2)
    table.add_column("statement", ratio=6)
    table.add_column("why", ratio=2)
    for hit, row in _rows(release, hits):
        printed = " · ".join(str(row[name]) for name in ("source_publisher", "source_title") if row[name])
        table.add_row(
            Text(_said_on(row) or "undated"),
            plain(row["speaker_name"] or "not named"),
            _stacked(row["text"], printed, hit.statement_id),
            _stacked(_why(hit, _part(hit, row)), f"score {hit.score:.3f}"),
        )
    console.print(table)


def _said_on(row: Mapping[str, Any]) -> str:
    """The day in ISO form; empty where it is not known (NaT, which differs even from itself)."""
    day = row["said_on"]
    return f"{day:%Y-%m-%d}" if day == day else ""


def _part(hit: Hit, row: Mapping[str, Any]) -> str | None:
    """The part of the statement that is nearest in meaning, where it was looked for."""
    return str(row["text"])[hit.part.start : hit.part.end] if hit.part else None


def _why(hit: Hit, part: str | None) -> str:
    if hit.why == "filters":
        return "passes the filters"
    words = f"words: {', '.join(hit.matched)}" if hit.matched and hit.why != "meaning" else ""
    near = f": “{part}”" if part else ""
    meaning = f"meaning: {hit.closeness or 'distant'}{near}" if hit.why != "words" else ""
    return "; ".join(part for part in (words, meaning) if part) or hit.why


def _stacked(first: str, *others: str) -> Text:
    """One cell: ``first``, and dimmed below it every other line that is not empty."""
    cell = plain(first)
    for other in others:
        if other:
            cell.append("\n").append_text(plain(other)).stylize("dim", len(cell) - len(plain(other)))
    return cell
