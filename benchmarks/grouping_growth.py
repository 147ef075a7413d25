"""How grouping's time grows with how often the same statements are printed.

    python benchmarks/grouping_growth.py [--documents 450] [--times 1 4 16]

The made articles of ``cluster_build.py`` are read once; their quotations are then printed again in other documents, so
many times over, and grouped without vectors. Prints quotations, statements, seconds, and seconds a quotation beside
those of the first.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.grouping import group
from analysis.parsing import load_parser
from analysis.pipeline import read
from analysis.progress import Progress
from analysis.schema import Document, Quote
from analysis.settings import Settings
from benchmarks.cluster_build import write_texts


def main() -> None:
    """Print a line for each number of times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=450)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 4, 16])
    given = parser.parse_args()
    settings = Settings()
    gazetteer = Gazetteer.load(settings.data / "gazetteer")
    with TemporaryDirectory() as folder:
        documents, _ = read([write_texts(Path(folder) / "made.jsonl", given.documents)], settings, Progress())
    parse = load_parser("en_core_web_sm")
    quotes = [quote for each in documents for quote in extract(each, parse(each.text), gazetteer)]
    first = None
    for times in given.times:
        printed, by_id = again(documents, quotes, times)
        began = time.perf_counter()
        _, statements = group(printed, by_id, None, gazetteer)
        seconds = time.perf_counter() - began
        each = seconds / len(printed)
        first = first or each
        print(f"printed {times} times: {len(printed):,} quotations, {len(statements):,} statements, {seconds:.1f} s;"
              f" a quotation takes {each / first:.2f} times as long as in the first line", flush=True)  # fmt: skip


def again(documents: list[Document], quotes: list[Quote], times: int) -> tuple[list[Quote], dict[str, Document]]:
    """The quotations in so many documents each, and these by identifier."""
    printed: list[Quote] = []
    by_id: dict[str, Document] = {}
    for copy in range(times):
        by_id |= {
            f"{each.document_id}-{copy}": replace(each, document_id=f"{each.document_id}-{copy}") for each in documents
        }
        printed += [
            replace(each, quote_id=f"{each.quote_id}-{copy}", document_id=f"{each.document_id}-{copy}")
            for each in quotes
        ]
    return printed, by_id


if __name__ == "__main__":
    main()
