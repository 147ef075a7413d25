"""What grouping joins in an archive only because tokens are compared, to be read by eye, and what the comparing takes.

    python benchmarks/grouping_joins.py ARCHIVE [--encoder base]

Groups the quotes of the archive's release anew, once by vectors and words alone and once by tokens too, and prints each
statement of the latter whose prints are several statements of the former; and the other way round. The archive stays
as it is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release
from analysis.archive.rows import table_schemas, to_record
from analysis.archive.store import read_table
from analysis.embedding import VectorCache, embed, load_encoder
from analysis.grouping import Aligner, aligner_for, group
from analysis.schema import Document, Quote
from benchmarks.labelled_prints import NoOffices


def main() -> int:
    """Group twice and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--encoder", default="base")
    arguments = parser.parse_args()
    release = open_release(arguments.archive)
    schemas = table_schemas(0)
    read = {name: read_table(release.table(name), list(schemas[name].names)) for name in ("quotes", "documents")}
    quotes = [replace(to_record(Quote, row), statement_id=None) for row in read["quotes"].to_pylist()]
    documents = {row["document_id"]: to_record(Document, row) for row in read["documents"].to_pylist()}
    encoder = load_encoder(arguments.encoder)
    with tempfile.TemporaryDirectory() as folder:
        cache = VectorCache(Path(folder))
        started = time.perf_counter()
        vectors = embed([quote.text for quote in quotes], encoder, cache)
        print(f"{len(quotes):,} quotes: encoded in {time.perf_counter() - started:.1f} s")
        aligner = aligner_for(encoder, cache)
        before = _grouped("by vectors and words", quotes, documents, vectors, arguments.encoder, None)
        after = _grouped("by tokens too", quotes, documents, vectors, arguments.encoder, aligner)
        _grouped("again, tokens kept", quotes, documents, vectors, arguments.encoder, aligner)
    _differences("joined", before, after)
    _differences("parted", after, before)
    return 0


def _grouped(
    how: str,
    quotes: Sequence[Quote],
    documents: Mapping[str, Document],
    vectors: np.ndarray,
    encoder: str,
    aligner: Aligner | None,
) -> list[Quote]:
    started = time.perf_counter()
    grouped, statements = group(quotes, documents, vectors, NoOffices(), encoder, aligner)
    joined = len(quotes) - len(statements)
    print(
        f"{how}: {len(statements):,} statements, {joined} joined, in {time.perf_counter() - started:.1f} s", flush=True
    )
    return grouped


def _differences(what: str, apart: Sequence[Quote], together: Sequence[Quote]) -> None:
    """Print the statements of ``together`` whose prints are several of ``apart``."""
    parts: defaultdict[str | None, defaultdict[str | None, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for one, other in zip(apart, together, strict=True):
        parts[other.statement_id][one.statement_id].append(other)
    several = [prints for prints in parts.values() if len(prints) > 1]
    print(f"{len(several)} statements {what} that were {sum(map(len, several))}")
    for prints in several:
        print()
        for part in prints.values():
            for quote in part:
                name = quote.speaker_name or quote.side
                print(f"  {name} | {quote.said_on} {quote.said_on_basis} | {quote.document_id} | {quote.text}")
            print("  --")


if __name__ == "__main__":
    sys.exit(main())
