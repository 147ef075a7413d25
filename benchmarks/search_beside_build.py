"""What search takes while another process builds, beside what it takes while that process is held.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k
    python benchmarks/search_beside_build.py made-100k

Two writers, each at work for half of ``--seconds``, into archives of their own: ``python -m analysis build`` over the
shipped data (parse, extract, encode, publish), then the publication of 100,000 made statements with what they are
served from. Each runs as it does by itself, with the niceness it gives itself. The writer is stopped and let go in
turns of a few seconds, so that quiet and busy answers come from the same minutes; at the end it is ended. Questions go
over the whole archive, their vectors known already. --other-session starts the writer as from another terminal.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import Release, open_release
from analysis.queries.search import search
from benchmarks.archive_scale import Known, questions

_TURN = 3.0  # seconds
_ROOT = Path(__file__).resolve().parent.parent
_PUBLISH = """
import sys
from pathlib import Path
from analysis.priority import give_way
from analysis.settings import Settings
from benchmarks.made_archive import make
from benchmarks.made_world import make_world
give_way(Settings.from_environment().nice)
folder = Path(sys.argv[1])
world = make_world("small", Path(sys.argv[2]), 1)
while True:
    make(folder, 100_000, world)
"""


class Writer:
    """A process that builds, started anew when it has finished, held and let go as asked."""

    def __init__(self, command: list[str], archive: Path, *, other_session: bool) -> None:
        self._command, self._archive, self._other_session = command, archive, other_session
        self._process: subprocess.Popen[bytes] | None = None
        self.finished = 0

    def go(self) -> None:
        """Run, or go on."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGCONT)
            return
        if self._process is not None:
            if self._process.returncode:
                sys.exit(f"the writer failed with {self._process.returncode}")
            self.finished += 1
            shutil.rmtree(self._archive, ignore_errors=True)
        self._process = subprocess.Popen(
            self._command,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=self._other_session,
            process_group=None if self._other_session else 0,
        )

    def hold(self) -> None:
        """Stand still."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGSTOP)

    def end(self) -> None:
        """Stop for good."""
        if self._process is not None:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--seconds", type=float, default=90, help="in all (default: 90)")
    parser.add_argument("--other-session", action="store_true")
    arguments = parser.parse_args()
    release = open_release(arguments.archive)
    asked = questions(arguments.archive, 100)
    encoder = Known(asked, str(release.manifest.weights))
    turn = cycle(asked)
    _answers(release, encoder, turn, 2 * _TURN)
    print(f"{len(release.statements):,} statements, {len(asked)} different questions, in turns of {_TURN:.0f} s")
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "built"
        vectors = arguments.archive.parent / "made-vectors"
        writers = {
            "a build": [sys.executable, "-m", "analysis", "build", "--archive", str(built)],
            "publishing 100,000": [sys.executable, "-c", _PUBLISH, str(built), str(vectors)],
        }
        for name, command in writers.items():
            writer = Writer(command, built, other_session=arguments.other_session)
            quiet: list[float] = []
            beside: list[float] = []
            until = time.monotonic() + arguments.seconds / len(writers)
            try:
                while time.monotonic() < until:
                    writer.hold()
                    quiet += _answers(release, encoder, turn, _TURN)
                    writer.go()
                    beside += _answers(release, encoder, turn, _TURN)
            finally:
                writer.end()
            shutil.rmtree(built, ignore_errors=True)
            _tell(name, quiet, beside, writer.finished)


def _answers(release: Release, encoder: Known, asked: cycle[str], seconds: float) -> list[float]:
    """How long each answer took, asked one after another for some seconds."""
    spent: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.perf_counter()
        search(release, next(asked), encoder=encoder)
        spent.append(time.perf_counter() - started)
    return spent


def _tell(name: str, quiet: list[float], beside: list[float], finished: int) -> None:
    first, second = (np.quantile(spent, [0.5, 0.95]) * 1000 for spent in (quiet, beside))
    print(
        f"beside {name} (finished {finished} times): median · p95 quiet {first[0]:.1f} · {first[1]:.1f} ms "
        f"(n = {len(quiet)}), beside {second[0]:.1f} · {second[1]:.1f} ms (n = {len(beside)}), "
        f"p95 {second[1] / first[1]:.2f} times",
        flush=True,
    )


if __name__ == "__main__":
    main()
