"""The releases that are open, one copy of each in memory, for pages and routes alike."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from pathlib import Path

from analysis.archive import ArchiveError, open_release, releases
from analysis.queries.opened import Opened
from analysis.settings import Settings

MOST = 3  # releases kept open: the newest, and older ones that links name
LOOKED_UP_EVERY = 3.0  # seconds: so soon a new release is seen, without a restart

_lock = threading.Lock()
_opening: dict[tuple[str, int], threading.Lock] = {}
_open: OrderedDict[tuple[str, int], Opened] = OrderedDict()
_numbers: dict[str, tuple[float, list[int]]] = {}


def folder() -> str:
    """Where the archive lies."""
    return str(Settings.from_environment().archive)


def numbers(archive: str) -> list[int]:
    """The releases that can be opened, oldest first; looked up anew every few seconds.

    Raises ArchiveError when there is an archive that cannot be read.
    """
    with _lock:
        at, known = _numbers.get(archive, (-LOOKED_UP_EVERY, []))
        if time.monotonic() - at < LOOKED_UP_EVERY:
            return list(known)
    found = sorted(manifest.number for manifest in releases(Path(archive)))
    with _lock:
        _numbers[archive] = time.monotonic(), found
    return list(found)


def opened(archive: str, number: int) -> Opened:
    """Release ``number``, opened once however many ask. Raises ArchiveError when it cannot be read."""
    key = archive, number
    with _lock:
        if key in _open:
            _open.move_to_end(key)
            return _open[key]
        own = _opening.setdefault(key, threading.Lock())
    with own:
        with _lock:
            if key in _open:
                return _open[key]
        found = Opened.of(open_release(archive, number), Settings.from_environment().data)
        with _lock:
            _open[key] = found
            _opening.pop(key, None)
            while len(_open) > MOST:
                _open.popitem(last=False)
    return found


def newest() -> Opened | None:
    """The newest release; None where there is none. Raises ArchiveError when it cannot be read."""
    archive = folder()
    there = numbers(archive)
    return opened(archive, there[-1]) if there else None


def open_newest() -> None:
    """Open the newest release and lay out what every page counts by; nothing where there is none."""
    if found := newest():
        found.lay_out()


def newest_named() -> tuple[int, str] | None:
    """The newest release's number, and all that names it, without opening it; None where there is none to be had."""
    archive = folder()
    try:
        manifest = max(releases(Path(archive)), key=lambda manifest: manifest.number, default=None)
    except ArchiveError:
        return None
    return (manifest.number, f"{archive} {manifest.number} {manifest.published_at}") if manifest else None


def newest_laid_out() -> tuple[int, str] | None:
    """The same of the newest release, once it is open and laid out."""
    open_newest()
    return newest_named()


def is_open(archive: str, number: int) -> bool:
    """True where the release is in memory already."""
    with _lock:
        return (archive, number) in _open


def forget() -> None:
    """Look the releases up anew: one was published or removed a moment ago."""
    with _lock:
        _numbers.clear()
