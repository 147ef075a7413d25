"""How long each format of ``export`` takes, and how large it is.

    python benchmarks/export_speed.py made-100k

Of a release's first N statements (default: all; a format that takes fewer gets as many as it takes). Prints the median
of three runs, processor seconds of this process, and the size.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release
from analysis.exporting.exported import Exported
from analysis.exporting.formats import FORMATS
from analysis.exporting.notes import Notes

_RUNS = 3


def main() -> None:
    """Write each format and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("count", type=int, nargs="?", help="statements (default: all)")
    arguments = parser.parse_args()
    release = open_release(arguments.archive)
    statements = release.statements if arguments.count is None else release.statements.head(arguments.count)
    notes = Notes.of(release, site="https://example.org")
    print(f"release {release.number} of {arguments.archive.name}: {len(statements):,} statements, {_RUNS} runs each")
    print(f"{'format':10}{'statements':>12}{'seconds':>10}{'processor':>11}{'MB':>8}")
    for form in FORMATS.values():
        taken = Exported(statements.head(form.most) if form.most else statements, notes)
        waited, worked, size = [], [], 0
        for _ in range(_RUNS):
            started, busy = time.perf_counter(), time.process_time()
            size = len(form.write(taken))
            waited.append(time.perf_counter() - started)
            worked.append(time.process_time() - busy)
        print(
            f"{form.name:10}{len(taken):>12,}{statistics.median(waited):>10.2f}{statistics.median(worked):>11.2f}"
            f"{size / 1e6:>8.1f}"
        )


if __name__ == "__main__":
    main()
