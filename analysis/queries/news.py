"""What is new in a release: since which of the kept releases the archive has each statement."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.archive import ArchiveError, open_release

LOOKS_BACK = 8  # releases; what is older than the oldest of them counts as of that one


@lru_cache(maxsize=6)
def first_seen(archive: str, number: int, older: tuple[int, ...]) -> np.ndarray:
    """The release since which each statement of release ``number`` has been there: (n,) int32, in the table's order.

    older: the releases before it, oldest first; the last ``LOOKS_BACK`` are read, of each one column. A statement that
    was left out of one of them is new again.
    """
    ids = _hashes(archive, number)
    since = np.full(len(ids), number, dtype=np.int32)
    there = np.ones(len(ids), dtype=bool)
    for before in reversed(older[-LOOKS_BACK:]):
        try:
            there &= np.isin(ids, _hashes(archive, before))
        except ArchiveError:  # removed or damaged since: what is older cannot be known
            break
        since[there] = before
    since.flags.writeable = False
    return since


@lru_cache(maxsize=32)
def published_at(archive: str, number: int) -> str:
    """When a release was published: UTC, ISO 8601 to the second."""
    return open_release(archive, number).manifest.published_at


def _hashes(archive: str, number: int) -> np.ndarray:
    """A number for each statement of a release, the same in every release: (n,) uint64."""
    ids = open_release(archive, number).columns("statements", ("statement_id",)).column(0)
    return np.asarray(pd.util.hash_array(ids.to_numpy(zero_copy_only=False).astype(object), categorize=False))
