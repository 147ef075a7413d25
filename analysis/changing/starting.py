"""Whether this server can change its archive, and starting the process that does."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path

from analysis.archive.manifest import ManifestStore
from analysis.changing.orders import Orders
from analysis.messages import Message, message
from analysis.settings import ROOT, Settings

MOST_AT_ONCE = 8  # orders that wait or are worked on
_BUILDS_WITH = ("spacy", "sentence_transformers")


class BusyError(Exception):
    """There are too many orders; a message in words."""


def why_not(settings: Settings) -> Message | None:
    """Why nothing can be changed from here, and what to do instead; None where it can."""
    if not ManifestStore(settings.archive).numbers():
        return message("There is no archive here yet. Build one first: python -m analysis build")
    if any(importlib.util.find_spec(name) is None for name in _BUILDS_WITH):
        return message(
            "This server only shows the archive: what reads and groups documents is not installed on it. "
            "Add them where it is, with python -m analysis add."
        )
    if isinstance(settings.archive, Path) and not os.access(settings.archive, os.W_OK):
        return message(
            "This server may not write to the archive. Add documents where it may be written, with "
            "python -m analysis add."
        )
    return None


def start(orders: Orders, order_id: str) -> None:
    """Start working on an order and return at once. Raises BusyError, or OSError where no process can be started."""
    if len(orders.unfinished()) >= MOST_AT_ONCE:
        raise BusyError(
            message("{count} changes are waiting already. Try again when some are done.", count=MOST_AT_ONCE)
        )
    handle = orders.take_up(order_id)
    try:
        started = subprocess.Popen(
            [sys.executable, "-m", "analysis.changing.work", str(orders.place(order_id)), str(handle)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            pass_fds=(handle,),
            start_new_session=True,  # goes on when the server is stopped; the archive is never left half-way anyway
        )
    finally:
        os.close(handle)  # the process has its own
    threading.Thread(target=started.wait, name="change", daemon=True).start()  # else a zombie stays


def orders_of(settings: Settings) -> Orders:
    """The orders of the archive."""
    return Orders(settings.work_folder)


def uploads_of(settings: Settings) -> Path:
    """Where the files stay that were added, for a later build."""
    return (settings.archive if isinstance(settings.archive, Path) else settings.work_folder) / "uploads"
