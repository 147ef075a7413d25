"""Working behind others: what builds an archive gives way to what serves it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_THREADS = Path("/proc/self/task")


def give_way(nice: int) -> None:
    """Let this process's threads, and what they start, run when others leave them time; the disk follows suit.

    nice: 1 to 19, the niceness to have; 0 changes nothing. Never raises: a system that knows no niceness, or refuses,
    leaves things as they are. It cannot be taken back, so it is for a program of its own, not for a server.
    """
    if nice <= 0 or not hasattr(os, "setpriority"):
        return
    with contextlib.suppress(OSError, ValueError):
        # Linux counts niceness by thread, and libraries have started theirs when they were imported
        threads = [int(path.name) for path in _THREADS.iterdir()] if _THREADS.is_dir() else [0]
        for thread in threads:
            with contextlib.suppress(OSError):
                if os.getpriority(os.PRIO_PROCESS, thread) < nice:
                    os.setpriority(os.PRIO_PROCESS, thread, nice)
