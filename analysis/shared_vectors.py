"""The vectors that an archive keeps, for the time of a build: from where the archive is, and back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.archive import ArchiveError
from analysis.archive.storage import storage
from analysis.archive_place import Place
from analysis.vector_cache import VectorCache

_log = logging.getLogger(__name__)


@contextmanager
def shared_vectors(archive: Place, fingerprint: str) -> Iterator[VectorCache]:
    """The vectors of texts that were encoded before, by any machine that built this archive; new ones join them.

    fingerprint: the encoder's. What cannot be brought back is a loss of time only, and is told in the log.
    """
    store, part = storage(archive), f"vectors/{fingerprint}"
    before = store.bring(part)
    try:
        yield VectorCache(store.local / "vectors")
    finally:
        try:
            store.send(part)
            store.remove([name for name in before if not (store.local / name).exists()])  # merged into others since
        except (OSError, ArchiveError) as error:
            _log.warning("new vectors stay on this machine: %s", error)
