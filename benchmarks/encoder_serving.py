"""A release's encoder of questions, run by onnxruntime, beside sentence-transformers: start, query, memory, agreement.

    python benchmarks/encoder_serving.py

For "small" and "base", each way in a process of its own, in turn. Start is from the command to the first question's
vector; queries are one question a time, as a reader asks; memory is resident, after the queries. Both then encode the
same 1,000 texts (questions and sentences of data/topics.csv, long, empty, Chinese and Russian ones). What is not
exported on this machine yet is exported first, which is not timed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analysis.embedding import Encoder

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WAYS = {"onnx": "onnxruntime", "st": "sentence-transformers"}
_QUERIES = 100


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoders", nargs="*", default=["small", "base"])
    parser.add_argument("--starts", type=int, default=3, help="of each way; the median is told (default: 3)")
    parser.add_argument("--texts", type=int, default=1000, help="whose vectors are compared (default: 1000)")
    parser.add_argument("--one", nargs=3, metavar=("WAY", "ENCODER", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        way, name, folder = arguments.one
        _one(way, name, folder, arguments.texts)
        return
    for encoder in arguments.encoders:
        made = subprocess.run([sys.executable, "-c", _EXPORT, str(ROOT), encoder], check=True, stdout=-1, text=True)
        place = {"onnx": made.stdout.strip(), "st": encoder}
        with tempfile.TemporaryDirectory() as folder:
            for way in WAYS:
                runs = [
                    _run(way, place[way], folder, arguments.texts if at == 0 else 0) for at in range(arguments.starts)
                ]
                start = float(np.median([run["start"] for run in runs]))
                first = runs[0]
                print(
                    f"{encoder}, {WAYS[way]}: first vector {start:.2f} s after the start (n = {arguments.starts}); "
                    f"a query {first['median']:.1f} ms, p95 {first['p95']:.1f} ms, "
                    f"{first['processor']:.1f} ms of processor time (n = {_QUERIES}); "
                    f"{first['memory']:.2f} GB, of it {first['own']:.2f} its own"
                )
            one, other = (np.load(Path(folder, f"{way}.npy")) for way in WAYS)
            cosines = (one * other).sum(axis=1)
            print(f"{encoder}: cosine at least {cosines.min():.7f}, mean {cosines.mean():.7f} (n = {len(cosines)})")


_EXPORT = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from analysis.embedding import load_encoder; from analysis.encoder_export import exported\n"
    "print(exported(load_encoder(sys.argv[2])))"
)


def _run(way: str, encoder: str, folder: str, texts: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--texts", str(texts), "--one", way, encoder, folder]
    began = time.time()
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    first, *others = map(float, written)
    return dict(zip(("start", "median", "p95", "processor", "memory", "own"), (first - began, *others), strict=True))


def _one(way: str, name: str, folder: str, texts: int) -> None:
    """What the parent reads: when the first vector was there, then the figures."""
    encoder = _load(way, name)
    encoder.encode(["no limits"])
    there = time.time()
    from analysis.queries.topics import read_topics

    asked = [topic.asked[0] for topic in read_topics()[:_QUERIES]]
    spent = []
    for question in asked:
        started, used = time.perf_counter(), time.process_time()
        encoder.encode([question])
        spent.append((time.perf_counter() - started, time.process_time() - used))
    (median, own), (most, _) = np.quantile(spent, [0.5, 0.95], axis=0) * 1000
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
    held = {line.split(":")[0]: int(line.split()[1]) / 1e6 for line in lines}
    print(there, median, most, own, held["Rss"], held["Anonymous"])
    if texts:
        from analysis.encoder_export import texts_to_compare

        np.save(Path(folder, f"{way}.npy"), encoder.encode(texts_to_compare(texts)))


def _load(way: str, name: str) -> Encoder:
    if way == "st":
        from analysis.embedding import load_encoder

        return load_encoder(name)
    from analysis.carried_encoder import open_carried

    return open_carried(Path(name))


if __name__ == "__main__":
    main()
