"""Kill a writer at random moments, as ``kill -9`` does, and look whether the archive is still whole.

    python benchmarks/robustness.py --times 100

After each kill the archive must check out and the last release answer; at the end a writer must finish its work.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import check, open_release
from analysis.archive.manifest import ManifestStore
from analysis.archive.publishing import Origin
from benchmarks.made_archive import make
from benchmarks.made_world import World

ROOT = Path(__file__).resolve().parent.parent
_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from benchmarks.robustness import small_world
from benchmarks.made_archive import make
while True:
    make(Path(sys.argv[2]), 300, small_world())
"""


def small_world() -> World:
    """A few sentences with any vectors: nothing is encoded."""
    sentences = [f"sentence {number} on the subject" for number in range(180)]
    vectors = np.random.default_rng(1).standard_normal((180, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    speakers = [(f"speaker-{number:04d}", f"Speaker {number}", "CN") for number in range(3_000)]
    return World(sentences, np.zeros(180), vectors, speakers, Origin("in", "gz", "p", "made", "made", 16))


def main() -> None:
    """Kill, look, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    moments = random.Random(3)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make(folder, 300, small_world())
        store, wrong = ManifestStore(folder), 0
        for _ in range(times):
            before = store.numbers()[-1]
            writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(ROOT), str(folder)])
            until = time.monotonic() + 60
            while store.numbers()[-1] == before and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(moments.uniform(0, 0.6))  # one publication takes some 0.3 s
            writer.kill()
            writer.wait()
            last = store.numbers()[-1]
            whole = not check(folder, last) and not check(folder, before)
            wrong += not whole or len(open_release(folder).statements) != 300
        published = make(folder, 300, small_world())
        problems = check(folder, published)
        print(f"{times} kills: {wrong} left the archive damaged; the next writer published release {published}")
        sys.exit(1 if wrong or problems else 0)


if __name__ == "__main__":
    main()
