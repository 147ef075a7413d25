"""One writer at a time: who publishes or cleans holds a lock on the archive's folder; readers never need it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two writers at once are told apart by the manifests' numbers alone
    fcntl = None  # type: ignore[assignment]

_NAME = ".writing"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the archive's writing lock; waits while another process, or another thread, holds it.

    The system lets go of it when the process ends, however it ends. Raises OSError where the folder cannot be written.
    """
    handle = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
