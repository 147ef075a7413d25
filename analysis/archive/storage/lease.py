"""One writer at a time in a bucket, where no lock goes away with its process.

A small object says who writes. Its holder writes it anew every few seconds; whoever waits and sees the same object for
the whole length of a lease, by its own clock, takes it over. No two machines' clocks are ever compared. Every step
is a conditional write, so two never take it at once. A holder that was stopped for longer than a lease finds
out before it publishes; nothing depends on it alone: release numbers are given once, and changes to tables that
interleave are refused (``analysis.archive.store``).
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from analysis.archive.errors import ArchiveError

NAME = "writing.json"
SECONDS = 30.0  # how long a killed writer keeps the next one waiting
_log = logging.getLogger(__name__)


class Conditional(Protocol):
    """What a lease needs of a store."""

    def tagged(self, name: str) -> tuple[bytes, str] | None:
        """A file's content and what changes whenever it does; None where there is none."""

    def put_over(self, name: str, content: bytes, tag: str | None) -> str | None:
        """The new tag when the file was still as ``tag`` says (None: not there); None when it was not."""


class Lease:
    """The right to write. ``take`` waits for it; ``check`` raises once it is lost."""

    def __init__(self, store: Conditional, seconds: float | None = None) -> None:
        self._store, self._seconds = store, SECONDS if seconds is None else seconds
        self._me = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        self._turn = 0
        self._tag: str | None = None
        self._renewed = 0.0  # monotonic
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self, wait: Callable[[float], None] = time.sleep) -> None:
        """Wait until nobody writes, then hold it. Raises ArchiveError where the store cannot be reached."""
        seen, since = None, time.monotonic()
        while True:
            there = self._store.tagged(NAME)
            tag = there[1] if there else None
            if tag != seen:
                seen, since = tag, time.monotonic()
            free = there is None or _holder(there[0]) is None
            if free or time.monotonic() - since >= self._seconds:
                asked = time.monotonic()
                self._tag = self._store.put_over(NAME, self._content(self._me), tag)
                if self._tag is not None:
                    self._renewed = asked
                    break
                continue
            wait(min(1.0, self._seconds / 10))
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise ArchiveError when somebody may have taken it over."""
        if self._tag is None or (time.monotonic() - self._renewed > self._seconds * 0.8 and not self._renew()):
            raise ArchiveError("another writer took over, since this one did not answer for too long; run it again")

    def give_back(self) -> None:
        """Let the next one write at once. Where the store does not answer, the lease runs out by itself."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        if self._tag is not None:
            try:
                self._store.put_over(NAME, self._content(None), self._tag)
            except (OSError, ArchiveError) as error:
                _log.warning("the lease could not be given back and runs out: %s", error)

    def _keep(self) -> None:
        while not self._over.wait(self._seconds / 3):
            try:
                if not self._renew():
                    return
            except (OSError, ArchiveError) as error:
                _log.warning("the lease could not be renewed and is tried again: %s", error)

    def _renew(self) -> bool:
        asked = time.monotonic()
        self._tag = self._store.put_over(NAME, self._content(self._me), self._tag) if self._tag else None
        if self._tag is not None:
            self._renewed = asked
        return self._tag is not None

    def _content(self, holder: str | None) -> bytes:
        self._turn += 1  # no two contents are alike, so no two tags are
        return json.dumps({"holder": holder, "by": self._me, "turn": self._turn}).encode()


def _holder(content: bytes) -> str | None:
    try:
        holder = json.loads(content)["holder"]
    except (ValueError, KeyError, TypeError):
        return None  # nobody's: damaged
    return holder if isinstance(holder, str) else None
