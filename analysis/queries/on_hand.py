"""The releases that are open, one copy of each in memory, for pages and routes alike."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from pathlib import Path

from analysis.archive import ArchiveError, Release, open_release, releases
from analysis.archive.following import follow
from analysis.archive.standing import Standing, look
from analysis.archive_place import Bucket, place
from analysis.queries.opened import Opened
from analysis.settings import Settings

MOST = 3  # releases kept open: the newest, and older ones that links name
LOOKED_UP_EVERY = 3.0  # seconds: so soon a new release is seen, without a restart
TRIED_AGAIN_AFTER = 10.0  # seconds: so soon a release is opened again that could not be read

_lock = threading.Lock()
_opening: dict[tuple[str, int], threading.Lock] = {}
_open: OrderedDict[tuple[str, int], Opened] = OrderedDict()
_looks: dict[str, tuple[float, Standing]] = {}  # when each archive was last looked at, and what was found
_unread: dict[tuple[str, int], float] = {}  # releases that could not be read, until when they are not tried again
_log = logging.getLogger(__name__)


def folder() -> str:
    """Where the archive lies."""
    return str(Settings.from_environment().archive)


def numbers(archive: str) -> list[int]:
    """The releases that can be opened, oldest first; looked up anew every few seconds, a bucket's in the background.

    What was found last goes on standing while the archive cannot be reached. Raises ArchiveError when there is an
    archive that cannot be read and never could.
    """
    where = place(archive)
    now = time.monotonic()
    with _lock:
        late = {number for (held, number), until in _unread.items() if held == archive and now < until}
    if isinstance(where, Bucket):
        found = tuple(follow(where, lambda number: opened(archive, number).lay_out()).numbers())
    else:
        found = _look(archive, where).numbers
    return [number for number in found if number not in late] or list(found)


def away(archive: str) -> bool:
    """True while the archive's folder cannot be reached and what was read before is shown; a bucket's copy is whole."""
    where = place(archive)
    return not isinstance(where, Bucket) and _look(archive, where).away is not None


def _look(archive: str, where: Path) -> Standing:
    with _lock:
        at, known = _looks.get(archive, (-LOOKED_UP_EVERY, None))
        if known is not None and time.monotonic() - at < LOOKED_UP_EVERY:
            return known
    found = look(where, known)
    with _lock:
        _looks[archive] = time.monotonic(), found
    return found


def ready(archive: str, number: int) -> Opened:
    """Release ``number`` with all that every page counts by. Raises ArchiveError when it cannot be read.

    One that could not is not among ``numbers`` for a while, and then it is tried again.
    """
    try:
        found = opened(archive, number)
        found.lay_out()
    except ArchiveError as error:
        with _lock:
            news = (archive, number) not in _unread
            _unread[archive, number] = time.monotonic() + TRIED_AGAIN_AFTER
            _open.pop((archive, number), None)
        _log.log(logging.ERROR if news else logging.INFO, "release %s cannot be read: %s", number, error)
        raise
    with _lock:
        if _unread.pop((archive, number), None) is not None:
            _log.info("release %s can be read again", number)
    return found


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
    """The newest release that can be read, all laid out; None where there is none.

    Raises ArchiveError when none can be read.
    """
    archive, why = folder(), None
    for number in reversed(numbers(archive)):
        try:
            return ready(archive, number)
        except ArchiveError as error:
            why = error
    if why is not None:
        raise why
    return None


def open_newest() -> Release | None:
    """The newest release that can be read, open; None where there is none."""
    found = newest()
    return found.release if found else None


def newest_named() -> tuple[int, str] | None:
    """The newest release's number, and all that names it, without opening it; None where that takes asking a bucket."""
    archive = folder()
    where = place(archive)
    try:
        manifests = [] if isinstance(where, Bucket) else releases(where)
    except ArchiveError:
        return None
    newest = max(manifests, key=lambda manifest: manifest.number, default=None)
    return (newest.number, f"{archive} {newest.number} {newest.published_at}") if newest else None


def newest_laid_out() -> tuple[int, str] | None:
    """The same of the newest release that can be read, once it is open and laid out; None where there is none."""
    found = newest()
    manifest = found.release.manifest if found else None
    return (manifest.number, f"{folder()} {manifest.number} {manifest.published_at}") if manifest else None


def forget() -> None:
    """Look the releases up anew: one was published or removed a moment ago."""
    with _lock:
        _looks.clear()
        _unread.clear()


def newest_open(archive: str) -> Opened | None:
    """The newest release in memory, without a look at the archive; None where none is."""
    with _lock:
        there = [number for held, number in _open if held == archive]
        return _open[archive, max(there)] if there else None
