"""What adding one document to a large archive takes.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k
    python benchmarks/adding_speed.py made-100k

The archive is changed: each run adds documents to it. Models are loaded before the clock starts; how long that takes is
printed too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import adding, embedding
from analysis.archive import open_release
from analysis.embedding import Encoder, load_encoder
from analysis.grouping.alignment import TokenEncoder, Tokens
from analysis.parsing import load_parser
from analysis.settings import Settings

_TEXT = """MOSCOW, March {day}, 2023 (Gazette) -- “Gas will flow east for {day} decades,” Sergey Lavrov told reporters.

“The port will be dredged {day} times,” Lavrov said on March {day}.

Foreign Minister Qin Gang said that the border treaty had been kept for {day} years.
"""


class Cut:
    """An encoder of which the first dimensions are kept: as long to encode, and as wide as the made archive."""

    name = "small"

    def __init__(self, encoder: Encoder, dimensions: int, fingerprint: str) -> None:
        self._encoder, self.dimensions, self.fingerprint = encoder, dimensions, fingerprint

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """(n, d) float32, unit rows."""
        rows = self._encoder.encode(texts, progress)[:, : self.dimensions]
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Those of the whole encoder."""
        assert isinstance(self._encoder, TokenEncoder)
        return self._encoder.tokens(texts)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--documents", type=int, default=5)
    arguments = parser.parse_args()
    settings = replace(Settings.from_environment(), archive=arguments.archive)
    manifest = open_release(arguments.archive).manifest
    started = time.perf_counter()
    cut = Cut(load_encoder("small"), manifest.dimensions, str(manifest.weights))
    load_parser(settings.parser)
    print(f"models loaded in {time.perf_counter() - started:.1f} s")
    embedding.load_encoder = lambda name: cut  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        spent = []
        for number in range(arguments.documents):
            source = Path(folder) / f"added-{os.getpid()}-{number}.txt"
            source.write_text(_TEXT.format(day=number % 28 + 1), encoding="utf-8")
            worked = time.process_time()
            report = adding.add([source], settings)
            worked = time.process_time() - worked
            spent.append(report.seconds)
            held = f"release {report.release}: {report.counts['statements']:,} statements"
            print(f"{held}, {report.seconds:.2f} s, of it {worked:.2f} s of processor time", flush=True)
        again = adding.add([source], settings)
        print(f"median {np.median(spent):.2f} s; the last again: changed {again.changed}, {again.seconds:.2f} s")


if __name__ == "__main__":
    main()
