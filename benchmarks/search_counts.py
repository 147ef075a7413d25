"""How long the Search page's counting takes on a release: everything that a query finds, and when and by whom.

    python benchmarks/search_counts.py made-100k

Each query is asked in each mode for the first time, then again. A question's vector is that of some statement, so that
no encoder is needed and none is timed. Prints the sample size, medians and 95th percentiles.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import Release, open_release, releases
from analysis.queries.every_match import every_match
from analysis.queries.match_counts import by_period, by_value, by_year
from analysis.queries.ranking import Mode

QUERIES = (
    '"no limits"', "no limits", "mediation", "we are not allies", "side:CN", "gas OR oil", "peace talks -gas",
    "near:2022-02-24", "not aimed at any third country", "nuclear weapons must never be used", "trade in roubles",
    '"third party" -alliance', "kind:direct", "partnership after:2022", "friendship",
)  # fmt: skip
MODES: tuple[Mode, ...] = ("hybrid", "semantic", "words")


class StandIn:
    """An encoder that gives each text the vector of some statement of a release."""

    name = "stand-in"

    def __init__(self, release: Release) -> None:
        self._release = release
        self.fingerprint, self.dimensions = release.manifest.weights or "", release.manifest.dimensions

    def encode(self, texts: Sequence[str], progress: object = None) -> np.ndarray:
        """(n, d) float32, unit rows."""
        rows = np.array([crc32(text.encode()) % len(self._release.statements) for text in texts])
        return np.asarray(self._release.vectors_at(rows), dtype=np.float32)


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    arguments = parser.parse_args()
    release = open_release(arguments.archive, max(each.number for each in releases(arguments.archive)))
    encoder = StandIn(release)
    statements = release.statements
    every = np.arange(len(statements))
    every_match(release, "friendship", every, encoder=encoder)  # opens the index
    took: dict[str, list[float]] = {"found, first time": [], "found, again": [], "counted": []}
    sizes = []
    for query in QUERIES:
        for mode in MODES:
            for step in ("found, first time", "found, again"):
                start = time.perf_counter()
                found = every_match(release, query, every, encoder=encoder, mode=mode)
                took[step].append(time.perf_counter() - start)
            start = time.perf_counter()
            by_period(statements, every, [found.places])
            by_value(statements, "sides", found.places)
            by_value(statements, "speaker_members", found.places)
            by_year(statements, found.places)
            found.ordered(statements, "newest")
            took["counted"].append(time.perf_counter() - start)
            sizes.append(len(found.places))
    print(f"{len(statements):,} statements, n = {len(sizes)}; found {min(sizes):,} to {max(sizes):,}")
    for step, seconds in took.items():
        milliseconds = 1000 * np.array(seconds)
        print(f"{step:18} median {np.median(milliseconds):6.1f} ms  p95 {np.percentile(milliseconds, 95):6.1f} ms")


if __name__ == "__main__":
    main()
