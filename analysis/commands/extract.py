"""``extract``: quotes as JSON, without an archive."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from analysis.commands import Commands, positive
from analysis.schema import Skipped
from analysis.settings import Settings
from analysis.terminal import err, json_line, list_skipped, say


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "extract",
        help="print the quotes of documents as JSON, without an archive",
        description="Print one JSON object a document: its doc_id, text and quotes with speaker, date and side. "
        "The date is the day that the text supports, null where only the publication date is left.",
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file or folder (text, Markdown, JSONL)")
    parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="one JSON object a line (the only one)")
    parser.add_argument("--workers", type=positive, default=1, metavar="N", help="processes that parse (default: 1)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read, extract and print, document by document."""
    from analysis.pipeline import read
    from analysis.progress import Progress
    from analysis.workers.documents import failed, parse_documents

    progress = Progress(err() if sys.stderr.isatty() else None)
    documents, skipped = read(arguments.sources, settings, progress)
    printed = 0
    if documents:
        from analysis.entities.gazetteer import Gazetteer
        from analysis.extraction import extract
        from analysis.extraction.printed import as_printed
        from analysis.parsing import load_parser

        parser = load_parser(settings.parser)
        gazetteer = Gazetteer.load(settings.data / "gazetteer")
        with progress.step("Extracting", len(documents)) as advance:
            for document, parsed in parse_documents(documents, parser, arguments.workers):
                try:
                    if isinstance(parsed, Exception):
                        raise parsed
                    quotes = extract(document, parsed, gazetteer)
                except Exception as error:  # one document's failure is not the others'
                    skipped.append(failed(document, error))
                else:
                    sys.stdout.write(json_line(as_printed(document, quotes)) + "\n")
                    printed += 1
                advance(printed)
    _report(skipped, printed)
    return 0 if printed else 1


def _report(skipped: Sequence[Skipped], printed: int) -> None:
    if not printed:
        say("Nothing given could be used.")
    list_skipped(err(), skipped)
