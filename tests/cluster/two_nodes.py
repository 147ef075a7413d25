"""A Ray cluster of two nodes on this machine, whose workers and nodes can be killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from s3_server import free_ports

_ENVIRONMENT = {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONWARNINGS": "ignore"}
_STORE = 100_000_000  # bytes of shared memory a node


class TwoNodes:
    """Started with a processor each; ``address`` is the head's."""

    def __init__(self) -> None:
        self._folder = folder = Path(tempfile.mkdtemp(prefix="ray-"))  # short: sockets' names may have 107 letters
        self._port = free_ports(1)[0]
        self.address = f"127.0.0.1:{self._port}"
        self._log = (folder / "log.txt").open("ab")
        self._head = self._start("--head", f"--port={self._port}", f"--temp-dir={folder}")
        self._wait_for(1)
        self._second = self._start(f"--address={self.address}")
        self._wait_for(2)

    def _start(self, *flags: str) -> subprocess.Popen[bytes]:
        program = str(Path(sys.executable).parent / "ray")
        common = ("--node-ip-address=127.0.0.1", "--num-cpus=1", f"--object-store-memory={_STORE}", "--block")
        return subprocess.Popen(
            [program, "start", *flags, "--include-dashboard=false", *common]
            if "--head" in flags
            else [program, "start", *flags, *common],
            env=os.environ | _ENVIRONMENT,
            stdout=self._log,
            stderr=self._log,
        )

    def workers(self) -> list[int]:
        """The processes that hold models, on both nodes."""
        return [pid for raylet in self._raylets() for pid in _children(raylet) if b"MapWorker" in _words(pid)]

    def kill_second(self) -> None:
        """The whole second machine, as when its power goes."""
        (head,) = [pid for pid in self._raylets() if b"--head" in _words(pid)]
        raylet = next(pid for pid in self._raylets() if pid != head)
        for pid in (raylet, *_children(raylet)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._second.wait(timeout=60)

    def start_second(self) -> None:
        """A machine in its place."""
        self._second = self._start(f"--address={self.address}")
        self._wait_for(2)

    def stop(self) -> None:
        for process in (self._second, self._head):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
        for pid in self._raylets():
            for each in (*_children(pid), pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_for(self, nodes: int) -> None:
        until = time.monotonic() + 120
        while len(self._raylets()) != nodes:
            if time.monotonic() > until:
                raise RuntimeError(f"Ray did not start: {(self._folder / 'log.txt').read_text()[-2000:]}")
            time.sleep(0.2)
        time.sleep(1)

    def _raylets(self) -> list[int]:
        mark = str(self._folder).encode()
        pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
        return [pid for pid in pids if b"/raylet/raylet" in _words(pid).split(b"\0")[0] and mark in _words(pid)]


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            with contextlib.suppress(OSError, IndexError, ValueError):
                if int((path / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(path.name))
    return found


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
