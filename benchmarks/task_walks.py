"""The ten tasks of docs/tasks.md, walked in a real browser on archives that are there: actions and seconds of each.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k --dimensions 384
    python benchmarks/task_walks.py archive made-100k

Each walk begins in a new browser on the page About and may take four actions; its answer is compared with the archive's
tables, and anything else than the right answer ends the command with 1. The seconds are the machine's part of it: what
an analyst reads and thinks is not in them. The server uses the small encoder. Needs requirements-dev.txt and chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import open_release

ROOT = Path(__file__).resolve().parent.parent
_TESTS = "tests/browser/test_tasks.py"


def main() -> None:
    """Walk and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, nargs="+")
    parser.add_argument("--only", default="test_", help="part of the names of the walks to take, such as test_5")
    arguments = parser.parse_args()
    failed = [archive for archive in arguments.archive if not walked(archive.resolve(), arguments.only)]
    sys.exit(f"walks failed on {', '.join(map(str, failed))}" if failed else 0)


def walked(archive: Path, only: str) -> bool:
    """Walk one archive and print what each walk took; whether all led to the right answer."""
    print(f"{archive.name}: {len(open_release(archive).statements):,} statements", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "walks.jsonl"
        told.touch()
        environment = os.environ | {"ON_RECORD_TEST_WALKED": str(archive), "ON_RECORD_TEST_WALKS": str(told), "CI": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _TESTS, "-k", only]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        walks = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    for walk in walks:
        name = walk["walk"].removeprefix("test_").replace("_", " ")
        print(f"  {walk['actions']} actions, {walk['seconds']:5.1f} s  {name}")
    if done.returncode:
        print(done.stdout[-6000:])
    else:
        most, longest = max(walk["actions"] for walk in walks), max(walk["seconds"] for walk in walks)
        print(f"  {len(walks)} walks, all answered: {most} actions at most, {longest:.1f} s at most")
    return done.returncode == 0


if __name__ == "__main__":
    main()
