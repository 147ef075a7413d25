"""Which releases of an archive in a bucket can be shown, looked up in the background.

A page never waits for the store: it shows the newest release that is whole on this machine. A newer one is
fetched and laid out beside that, and only then becomes the newest. While the store does not answer, what is here
goes on being shown, and the next look tries again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import ManifestStore
from analysis.archive.storage.bucket import bucket_storage
from analysis.archive.storage.connection import StoreDownError
from analysis.archive.storage.copying import Copy
from analysis.archive_place import Bucket
from analysis.settings import Settings

__all__ = ["FetchingError", "Follower", "StoreDownError", "follow"]

_SOON = 5.0  # seconds until the next try after one that failed
_log = logging.getLogger(__name__)


class FetchingError(ArchiveError):
    """The first release is on its way: nothing can be shown yet."""

    def __init__(self, bucket: Bucket, share: float) -> None:
        super().__init__(f"The newest release of {bucket} is being fetched: {share:.0%} of it is here.")
        self.share = share  # of its bytes, from 0 to 1


class Follower:
    """Follows one archive. prepare: called with a release's number before it becomes the newest."""

    def __init__(self, bucket: Bucket, every: float, prepare: Callable[[int], None]) -> None:
        self.bucket, self._every, self._prepare = bucket, every, prepare
        self._numbers: list[int] | None = None  # None: not known yet
        self._problem: ArchiveError | None = None
        self._share = 0.0  # of the release that is being fetched
        self._looked = threading.Event()
        self._stop = threading.Event()
        threading.Thread(target=self._follow, name="follower", daemon=True).start()

    def numbers(self, patience: float = 3.0) -> list[int]:
        """The releases that can be opened, oldest first; the last one is on this machine.

        patience: seconds to wait for the first look. Raises ArchiveError while nothing can be shown.
        """
        if self._numbers is None:
            self._looked.wait(patience)
        numbers, problem = self._numbers, self._problem
        if numbers is not None:
            return numbers
        if problem is not None:
            raise type(problem)(str(problem))
        raise FetchingError(self.bucket, self._share)

    @property
    def problem(self) -> str | None:
        """Why the last look failed; None when it did not."""
        return str(self._problem) if self._problem else None

    def stop(self) -> None:
        """Follow no longer."""
        self._stop.set()

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
                self._problem = None
            except ArchiveError as error:
                if str(error) != self.problem:
                    _log.warning("%s", error)
                self._problem = error
            except Exception as error:  # a thread that dies would freeze the archive without a word
                _log.exception("%s could not be looked up", self.bucket)
                self._problem = ArchiveError(f"{self.bucket} cannot be read: {error}")
            self._looked.set()
            self._stop.wait(min(self._every, _SOON) if self._problem else self._every)

    def _look(self) -> None:
        copy = Copy(bucket_storage(self.bucket), Settings.from_environment().cache_size * 1_000_000_000)
        if self._numbers is None:
            self._begin(copy)
        numbers = ManifestStore(self.bucket).numbers()
        if numbers and (not self._numbers or numbers[-1] != self._numbers[-1]):
            began = time.monotonic()
            _, held = copy.bring(numbers[-1], self._tell)
            self._prepare(numbers[-1])
            _log.info("release %s is shown after %.1f s", numbers[-1], time.monotonic() - began)
            del held  # whoever shows it holds it by now
        self._numbers = numbers

    def _begin(self, copy: Copy) -> None:
        """Begin with what an earlier process fetched: that is shown at once, whether or not the store answers."""
        here = copy.numbers()
        if here:
            try:
                self._prepare(here[-1])
            except ArchiveError as error:
                _log.warning("what was fetched before cannot be shown: %s", error)
                return
            self._numbers = here
            self._looked.set()

    def _tell(self, done: int, size: int) -> None:
        self._share = done / max(size, 1)


_followers: dict[Bucket, Follower] = {}
_lock = threading.Lock()


def follow(bucket: Bucket, prepare: Callable[[int], None]) -> Follower:
    """The process's follower of this archive, started when it is first asked for."""
    with _lock:
        if bucket not in _followers:
            _followers[bucket] = Follower(bucket, Settings.from_environment().follow_every, prepare)
        return _followers[bucket]
