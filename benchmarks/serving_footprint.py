"""What one server takes: time from its start until it is ready, and its memory after some questions.

    python benchmarks/serving_footprint.py made-100k --encoder small

Starts ``python -m analysis serve`` anew several times, waits for /health/ready, asks the HTTP routes of pages, and
reads /proc. Compared with a Python that has imported Streamlit and done nothing, and with the limit of
hosting/compose.yaml.
--python: another interpreter, such as that of an environment with requirements-serve.lock alone.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ASKED = ("/api/overview", "/api/search?q=gas+pipelines", "/api/timeline", "/api/speakers", "/api/search?q=no+limits")
_PATIENCE = 120.0  # seconds


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("archive", type=Path)
    options.add_argument("--encoder", default="base")
    options.add_argument("--starts", type=int, default=3)
    options.add_argument("--python", default=sys.executable)
    arguments = options.parse_args()
    seconds, worked, resident, own = [], [], [], []
    for _ in range(arguments.starts):
        took, spent, memory = _start(arguments.python, arguments.archive.resolve(), arguments.encoder)
        seconds.append(took)
        worked.append(spent)
        resident.append(memory["Rss"])
        own.append(memory["Private_Dirty"] + memory["Private_Clean"])
    bare = _bare(arguments.python)
    most = re.search(r"mem_limit: (\d+)g", (ROOT / "hosting/compose.yaml").read_text())
    limit = int(most.group(1)) * 1024 if most else 0
    print(f"{arguments.archive}, encoder {arguments.encoder}, {arguments.starts} starts, {len(_ASKED)} questions each")
    print(f"ready after       {statistics.median(seconds):6.1f} s   ({min(seconds):.1f} to {max(seconds):.1f})")
    print(f"processor time    {statistics.median(worked):6.1f} s   ({min(worked):.1f} to {max(worked):.1f}) until then")
    print(f"memory, resident  {statistics.median(resident):6.0f} MB  of {limit:,} MB that compose.yaml allows")
    print(f"memory, its own   {statistics.median(own):6.0f} MB")
    print(f"Streamlit imported, nothing served: {bare:.0f} MB")
    return 0


def _start(python: str, archive: Path, encoder: str) -> tuple[float, float, dict[str, float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    began = time.monotonic()
    settings = {"ON_RECORD_ARCHIVE": str(archive), "ON_RECORD_ENCODER": encoder, "ON_RECORD_LOGS": "json"}
    server = subprocess.Popen(
        [python, "-m", "analysis", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/health/ready"):
            if server.poll() is not None or time.monotonic() - began > _PATIENCE:
                raise SystemExit("the server did not become ready; start it by hand to see why")
            time.sleep(0.2)
        took, spent = time.monotonic() - began, _processor_time(server.pid)
        for path in _ASKED:
            if not _answers(f"http://127.0.0.1:{port}{path}"):
                raise SystemExit(f"no answer to {path}")
        return took, spent, _memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status) == 200
    except (OSError, urllib.error.HTTPError):
        return False


def _processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> dict[str, float]:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return {name: int(size) / 1024 for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.MULTILINE)}


def _bare(python: str) -> float:
    code = (
        "import streamlit, streamlit.runtime; print(*[line for line in open('/proc/self/status') if 'VmRSS' in line])"
    )
    printed = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return int(printed.stdout.split()[-2]) / 1024


if __name__ == "__main__":
    sys.exit(main())
