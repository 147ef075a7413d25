"""The releases that are open, one copy of each in memory, for pages and routes alike."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from analysis.archive import open_release, releases
from analysis.archive.following import follow
from analysis.archive_place import Bucket, place
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
    """The releases that can be opened, oldest first; looked up anew every few seconds, a bucket's in the background.

    Raises ArchiveError when there is an archive that cannot be read.
    """
    where = place(archive)
    if isinstance(where, Bucket):
        return list(follow(where, lambda number: opened(archive, number).lay_out()).numbers())
    with _lock:
        at, known = _numbers.get(archive, (-LOOKED_UP_EVERY, []))
        if time.monotonic() - at < LOOKED_UP_EVERY:
            return list(known)
    found = sorted(manifest.number for manifest in releases(where))
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


def newest_number() -> int | None:
    """The newest release's number, once that is open and laid out; None where there is none."""
    found = newest()
    if found is None:
        return None
    found.lay_out()
    return found.release.number


def forget() -> None:
    """Look the releases up anew: one was published or removed a moment ago."""
    with _lock:
        _numbers.clear()


def newest_open(archive: str) -> Opened | None:
    """The newest release in memory, without a look at the archive; None where none is."""
    with _lock:
        there = [number for held, number in _open if held == archive]
        return _open[archive, max(there)] if there else None
