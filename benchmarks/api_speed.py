"""How long each route of the HTTP interface takes, beside the query it wraps.

    python benchmarks/api_speed.py made-100k

Asks each route for different things, first time and again, in this process through Starlette's test client: all but the
network. "query" is the same list of statements without HTTP, checks and JSON: what a route costs besides. Prints
sample sizes, medians and 95th percentiles, and what asking again costs where nothing has changed (304).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ASKED = (
    "gas",
    "no limits",
    "mediation",
    '"no limits"',
    "peace talks -gas",
    "partnership after:2022",
    "friendship",
    "trade",
)


def main() -> None:
    """Print a line a route."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--times", type=int, default=40, help="requests of each route")
    given = parser.parse_args()
    os.environ |= {"ON_RECORD_ARCHIVE": str(given.archive), "ON_RECORD_API_RATE": "0", "ON_RECORD_API_SECONDS": "120"}

    from analysis import warming
    from analysis.queries import on_hand
    from analysis.queries.selection import Selection
    from benchmarks.search_counts import StandIn
    from routes.assembling import Interface

    began = time.perf_counter()
    on_hand.open_newest()
    newest = on_hand.newest()
    assert newest is not None
    warming._state.update({"thread": None, "encoder": StandIn(newest.release)})
    print(
        f"{len(newest.places):,} statements, {len(newest.shelf):,} documents; "
        f"opened in {time.perf_counter() - began:.1f} s"
    )
    client = TestClient(Interface().alone(), base_url="http://record.example")
    speakers = [each.value for each in newest.facet_table.count(Selection())["speaker"][:50]]
    ids = newest.places[:: max(1, len(newest.places) // 200)].tolist()
    documents = [newest.shelf.document_id(at) for at in range(0, len(newest.shelf), max(1, len(newest.shelf) // 200))]
    routes: dict[str, Callable[[int], str]] = {
        "/api/overview": lambda at: f"/api/overview?speaker={speakers[at % 50]}",
        "/api/statements": lambda at: f"/api/statements?speaker={speakers[at % 50]}",
        "/api/statements, all": lambda at: f"/api/statements?page={at + 1}",
        "/api/statements/{id}": lambda at: f"/api/statements/{ids[at % len(ids)]}",
        "/api/search": lambda at: f"/api/search?q={ASKED[at % 8]} {speakers[at % 50].replace('-', ' ')}",
        "/api/search, words": lambda at: f"/api/search?mode=words&q={ASKED[at % 8]}&speaker={speakers[at % 50]}",
        "/api/timeline": lambda at: f"/api/timeline?speaker={speakers[at % 50]}",
        "/api/speakers": lambda at: f"/api/speakers?page={at % 3 + 1}&from={1990 + at % 30}-01-01",
        "/api/speakers/{id}": lambda at: f"/api/speakers/{speakers[at % 50]}",
        "/api/entities": lambda at: f"/api/entities?from={1990 + at % 30}-01-01",
        "/api/entities/{id}": lambda at: f"/api/entities/{speakers[at % 50]}",
        "/api/compare": lambda at: (
            f"/api/compare?who=side:CN&who=side:RU&q={ASKED[at % 8]}&from={1990 + at % 30}-01-01"
        ),
        "/api/documents": lambda at: f"/api/documents?speaker={speakers[at % 50]}",
        "/api/documents/{id}": lambda at: f"/api/documents/{documents[at % len(documents)]}",
        "/feed.atom": lambda at: f"/feed.atom?speaker={speakers[at % 50]}",
        "/export.csv": lambda at: f"/export.csv?speaker={speakers[at % 50]}",
        "/health": lambda at: "/health",
    }
    for name, address in routes.items():
        took, sizes, failed = [], [], 0
        for at in range(given.times):
            start = time.perf_counter()
            answer = client.get(address(at))
            took.append(time.perf_counter() - start)
            sizes.append(len(answer.content))
            failed += answer.status_code >= 500
        again = _again(client, address(0))
        _print(name, took, f"{np.median(sizes) / 1024:7.1f} KB, {failed} failed; again with its ETag {again}")
    took = []
    for at in range(given.times):
        start = time.perf_counter()
        order = newest.timetable.calendar.newest_first(None)[at * 10 : at * 10 + 10]
        newest.release.statements.iloc[order].to_dict("records")
        took.append(time.perf_counter() - start)
    _print("query of /api/statements, all", took, "without HTTP")


def _again(client: TestClient, address: str) -> str:
    """How long the same takes where nothing has changed."""
    etag = client.get(address).headers.get("etag")
    if etag is None:
        return "–"
    start = time.perf_counter()
    status = client.get(address, headers={"if-none-match": etag}).status_code
    return f"{(time.perf_counter() - start) * 1000:.1f} ms ({status})"


def _print(name: str, took: Sequence[float], told: str) -> None:
    each = np.array(took) * 1000
    p50, p95 = np.percentile(each, (50, 95))
    print(
        f"{name:30} n = {len(each)}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  most {each.max():7.1f} ms  {told}",
        flush=True,
    )


if __name__ == "__main__":
    main()
