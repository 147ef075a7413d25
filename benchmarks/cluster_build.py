"""How fast a Ray cluster of two nodes on this machine builds, beside this machine's own processes, from the same texts.

python benchmarks/cluster_build.py --documents 6000 [--ways one two ray] [--encoder small] [--parser en_core_web_sm]

The documents are short and made by this script. Nodes have one processor each, so two processes are the peer.
Prints seconds by step; what a way's tables hash to must be the same for all. Results are added to --results after
each way, and a way that stands there is not run again, so that a stopped run is taken up: encoded texts are kept too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release
from analysis.pipeline import build
from analysis.progress import Advance, Progress
from analysis.settings import ROOT, Settings

_WAYS = {"one": "1 process", "two": "2 processes", "ray": "Ray, 2 nodes of 1 processor"}
_SPEAKERS = ("Foreign Minister Wang Yi", "Russian Foreign Minister Sergey Lavrov", "Foreign Minister Qin Gang",
             "Kremlin spokesman Dmitry Peskov", "Foreign Ministry spokeswoman Mao Ning")  # fmt: skip
_SUBJECTS = ("trade in grain", "the northern sea route", "gas supplies", "joint drills", "visa-free travel",
             "space research", "accounts in yuan", "the crossing at Heihe", "nuclear fuel", "students")  # fmt: skip
_ACTS = ("agreed on further steps for", "will hold talks on", "see no obstacle to", "have looked into",
         "will keep each other informed of", "attach weight to", "spoke at length of")  # fmt: skip


class Timed(Progress):
    """Notes how long each step took."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """One step."""
        began = time.perf_counter()
        yield lambda done: None
        self.seconds[title] = self.seconds.get(title, 0.0) + time.perf_counter() - began


def main() -> None:
    """Build by each way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=6000)
    parser.add_argument("--ways", nargs="+", choices=list(_WAYS), default=list(_WAYS))
    parser.add_argument("--encoder", default="small")
    parser.add_argument("--parser", default="en_core_web_sm")
    parser.add_argument("--work", type=Path, default=Path("cluster-build"), help="a folder for texts and archives")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    texts = write_texts(given.work / f"{given.documents}.jsonl", given.documents)
    results = given.work / f"{given.documents}-{given.encoder}-{given.parser}.json"
    known: dict[str, Any] = json.loads(results.read_text()) if results.exists() else {}
    for way in given.ways:
        if way not in known:
            known[way] = run(way, texts, given)
            results.write_text(json.dumps(known, indent=1))
    show(known, given.documents)


def run(way: str, texts: Path, given: argparse.Namespace) -> dict[str, Any]:
    """One build into an archive of its own."""
    archive = given.work / f"archive-{given.documents}-{way}"
    shutil.rmtree(archive / "releases", ignore_errors=True)
    settings = replace(Settings(), archive=archive, encoder=given.encoder, parser=given.parser)
    timed = Timed()
    began = time.perf_counter()
    if way == "ray":
        sys.path.append(str(ROOT / "tests/cluster"))
        nodes = import_module("two_nodes").TwoNodes()
        began = time.perf_counter()  # a cluster runs already when it is built on
        try:
            report = build([texts], settings, progress=timed, ray=nodes.address)
        finally:
            nodes.stop()
    else:
        report = build([texts], settings, progress=timed, workers=1 if way == "one" else 2)
    seconds = time.perf_counter() - began
    manifest = open_release(archive).manifest
    return {
        "seconds": seconds,
        "steps": timed.seconds,
        "counts": dict(report.counts),
        "tables": {name: state.digest[:16] for name, state in manifest.tables.items()},
    }


def write_texts(file: Path, count: int) -> Path:
    """So many documents, a line each, as ``build`` reads them."""
    if not file.exists():
        with file.open("w", encoding="utf-8") as lines:
            for at in range(count):
                lines.write(json.dumps({"doc_id": f"made-{at:06d}", "text": text(at), "title": "Talks"}) + "\n")
    return file


def text(at: int) -> str:
    """A short article; some two thousand different statements in all, as wires print them again and again."""
    who, other = _SPEAKERS[at % 5], _SPEAKERS[(at // 5) % 5]
    what, act, more = _SUBJECTS[at % 10], _ACTS[(at // 10) % 7], _SUBJECTS[(at // 70) % 10]
    day, month = at % 28 + 1, ("March", "April", "June", "July")[(at // 28) % 4]
    return (
        f"BEIJING, {month} {day}, 2023 (Wire) -- “Both sides {act} {what},” {who} said on Tuesday.\n\n"
        f"He added that {more} would be taken up within {at % 9 + 2} weeks. Observers noted the tone of the meeting, "
        f"which came after a month of talks.\n\n“We value {more} and {what},” {other} told reporters."
    )


def show(known: dict[str, Any], documents: int) -> None:
    """The ways beside each other."""
    steps = ("Reading", "Extracting", "Encoding", "Grouping", "Encoding statements", "Publishing")
    print(f"{documents:,} documents, {next(iter(known.values()))['counts']['statements']:,} statements; seconds")
    print(f"{'':28}{'all':>8}{'docs/s':>8}" + "".join(f"{step:>21}" for step in steps))
    for way, found in known.items():
        times = "".join(f"{found['steps'].get(step, 0):>21.1f}" for step in steps)
        print(f"{_WAYS[way]:28}{found['seconds']:>8.1f}{documents / found['seconds']:>8.1f}{times}")
    same = len({json.dumps(found["tables"], sort_keys=True) for found in known.values()}) == 1
    print("the same rows in all tables" if same else "THE TABLES DIFFER")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()
