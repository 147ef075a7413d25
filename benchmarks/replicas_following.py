"""How long replicas take to fetch a large release from an object store, and to move to the next while they are read.

    python benchmarks/replicas_following.py --statements 100000 --replicas 2 --releases 3

SeaweedFS on loopback holds the archive. Servers start as ``make serve`` starts them, each with a copy of its own and
the default time between two looks; then further releases of as many other statements are published into the bucket by
this process, while a reader asks each replica for a search every half second. Printed for each release: seconds from
the end of its publication until each replica's answers come from it, what was fetched, and the readers' times and
failures. All of it, publishing too, shares this machine's processors.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive_place import Bucket
from benchmarks.made_archive import make
from benchmarks.made_world import World, make_world

ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 60.0  # seconds: issue 7
_PATIENCE = 900.0
_ASKED = "/api/search?q=gas+pipeline&per_page=5"


@dataclass
class Replica:
    """A server with a copy of its own, and what its reader saw: (when, seconds, release), no release: it failed."""

    address: str
    copy: Path
    seen: list[tuple[float, float, int | None]] = field(default_factory=list)

    def ask(self) -> int | None:
        """Ask once; the release that the answer is from."""
        began = time.monotonic()
        try:
            with urllib.request.urlopen(self.address + _ASKED, timeout=30) as answer:
                number: int | None = json.load(answer)["release"]["number"]
        except (OSError, ValueError, KeyError):
            number = None
        self.seen.append((began, time.monotonic() - began, number))
        return number

    def since(self, number: int) -> float | None:
        """When it first answered from this release."""
        return next((when + took for when, took, release in self.seen if release == number), None)

    def megabytes(self) -> float:
        """What its copy takes."""
        return sum(path.stat().st_size for path in self.copy.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--releases", type=int, default=3, help="published one after the other")
    given = parser.parse_args()
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="on-record-replicas-")))
        sys.path += [str(ROOT / "tests/cluster"), str(ROOT / "tests/serving")]
        store = import_module("s3_server").S3Server(work / "store")
        stack.callback(store.stop)
        store.start()
        store.make_bucket("on-record")
        os.environ.update(store.environment())
        os.environ["ON_RECORD_CACHE"] = str(work / "builder")
        place = Bucket("on-record", "archive")
        world = make_world("small", work / "vectors", 1)
        began = time.monotonic()
        make(place, given.statements, world, 1)
        print(f"release 1: {given.statements:,} statements, made and published in {time.monotonic() - began:.0f} s")
        replicas = []
        for at in range(given.replicas):
            began = time.monotonic()
            replicas.append(stack.enter_context(_serving(work / f"copy-{at}", place)))
            _until(lambda: replicas[-1].ask() == 1)
            took = time.monotonic() - began
            print(f"  a replica that had nothing: answers after {took:.1f} s, {replicas[-1].megabytes():,.0f} MB")
        with _read(replicas):
            late = [
                _follow(place, given.statements, number, replicas, world) for number in range(2, given.releases + 1)
            ]
    print(f"{len(late)} releases, slowest replica {max(late):.1f} s (limit {_LIMIT:.0f})")
    if max(late) > _LIMIT:
        sys.exit(1)


def _follow(place: Bucket, statements: int, number: int, replicas: list[Replica], world: World) -> float:
    """Publish the next release; the seconds until the last replica answers from it."""
    began = time.monotonic()
    make(place, statements, world, number)
    published = time.monotonic()
    before = [replica.megabytes() for replica in replicas]
    _until(lambda: all(replica.since(number) for replica in replicas))
    moved = [(replica.since(number) or 0) - published for replica in replicas]
    time.sleep(5)
    fetched = [replica.megabytes() - had for replica, had in zip(replicas, before, strict=True)]
    print(
        f"release {number}: published in {published - began:.0f} s; answers from it after "
        + ", ".join(f"{seconds:.1f} s ({more:,.0f} MB more)" for seconds, more in zip(moved, fetched, strict=True))
    )
    for when, start, end in (
        ("while it is published", began, published),
        ("until 5 s after the last", published, time.monotonic()),
    ):
        seen = [each for replica in replicas for each in replica.seen if start <= each[0] < end]
        took = np.array([seconds for _, seconds, _ in seen]) * 1000
        failed = sum(release is None for _, _, release in seen)
        times = f"{np.median(took):.0f} ms, p95 {np.percentile(took, 95):.0f} ms"
        print(f"  {when}: {len(seen)} questions, {times}, {failed} failed")
    return max(moved)


@contextmanager
def _serving(copy: Path, place: Bucket) -> Iterator[Replica]:
    copy.mkdir()
    settings = {
        "ARCHIVE": str(place),
        "CACHE": str(copy),
        "ENCODER": str(copy / "none"),
        "API_RATE": "0",
        "LOGS": "json",
    }
    with import_module("visiting").serving(copy.parent, settings) as server:
        yield Replica(server.address, copy)


@contextmanager
def _read(replicas: list[Replica]) -> Iterator[None]:
    """Ask each replica every half second meanwhile."""
    over = threading.Event()

    def reader(replica: Replica) -> None:
        while not over.wait(0.5):
            replica.ask()

    threads = [threading.Thread(target=reader, args=(replica,)) for replica in replicas]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.2)
    raise SystemExit(f"nothing within {_PATIENCE:.0f} s")


if __name__ == "__main__":
    main()
