"""Sign-ins that were ended: a cookie that somebody kept or copied is worth nothing after signing out."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import time
from pathlib import Path

_log = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9a-f]{64}")
_OLDEST = 24 * 3600 * 31  # seconds; no sign-in counts for longer


class SignIns:
    """What was ended, noted as empty files in a folder that servers of one archive share.

    Where the folder cannot be written, this process alone remembers, and the log says so.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here: set[str] = set()
        self._lock = threading.Lock()

    def end(self, sign_in: str) -> None:
        """From now on this sign-in counts for nothing."""
        if not _NAME.fullmatch(sign_in):
            raise ValueError(f"{sign_in!r} names no sign-in")
        with self._lock:
            self._here.add(sign_in)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / sign_in).touch()
            self._forget_old()
        except OSError as error:
            _log.warning("Only this process knows of a sign-out: %s cannot be written: %s", self._folder, error)

    def has_ended(self, sign_in: str) -> bool:
        """True for a sign-in that was ended."""
        return sign_in in self._here or (self._folder / sign_in).exists()

    def _forget_old(self) -> None:
        before = time.time() - _OLDEST
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):
                if _NAME.fullmatch(path.name) and path.stat().st_mtime < before:
                    path.unlink()
