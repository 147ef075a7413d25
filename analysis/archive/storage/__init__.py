"""Where an archive's files lie: one interface to a folder and to a bucket of an object store.

Names are paths inside the archive with "/" between folders, such as ``releases/000001.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from analysis.archive.files import FileState, Stored
from analysis.archive.storage.folder import FolderStorage
from analysis.archive.store import Home
from analysis.archive_place import Bucket, Place, place

__all__ = ["Storage", "Stored", "storage"]


class Storage(Protocol):
    """An archive's files. Whatever cannot be reached or written raises OSError or ArchiveError."""

    @property
    def place(self) -> Place:
        """Where it is, as messages name it."""

    @property
    def local(self) -> Path:
        """The folder on this machine with what is mapped: the archive's own, or this machine's copy of it."""

    @property
    def tables(self) -> Home:
        """Where LanceDB finds the tables."""

    @property
    def advice(self) -> str:
        """What to do when it cannot be written, as a sentence."""

    def names(self, part: str) -> Mapping[str, Stored]:
        """Every file below ``part``; empty where there is none."""

    def read(self, name: str) -> bytes:
        """A file's content. Raises FileNotFoundError where there is none."""

    def put_new(self, name: str, content: bytes) -> bool:
        """True when ``content`` became the file ``name``, whole; False, changing nothing, where there is one."""

    def put(self, name: str, content: bytes) -> None:
        """Write the file ``name``, whole or not at all, in place of what was there."""

    def remove(self, names: Collection[str]) -> None:
        """Take files away; those that are gone already count as removed."""

    def states(self, names: Iterable[str], *, to_disk: bool = False) -> dict[str, FileState]:
        """Size and hash of each file as it can be read now. to_disk: see to it that it outlasts a power cut.

        Raises FileNotFoundError where one is not there.
        """

    def send(self, part: str, last: str | None = None) -> None:
        """Bring what lies below ``part`` on this machine to the archive, where that is elsewhere.

        last: a file name that comes after all others, since it says that they are whole.
        """

    def bring(self, part: str) -> Collection[str]:
        """Bring what the archive has below ``part`` to this machine, where it is elsewhere; the names of that."""

    def copied(self, part: str) -> AbstractContextManager[Path]:
        """A folder on this machine with what the archive has below ``part``."""

    def writing(self) -> AbstractContextManager[Callable[[], None]]:
        """One writer at a time: waits while another process holds this. What it gives raises ArchiveError once lost."""

    def prepare(self) -> None:
        """See that writing is possible: better before hours of work than after."""

    def young(self, stored: Stored) -> bool:
        """True for a file that a writer unknown to us may have written just now and not named yet."""


def storage(where: str | Place) -> Storage:
    """The storage of the archive at ``where``; opens and reaches nothing yet."""
    where = place(where)
    if isinstance(where, Bucket):
        from analysis.archive.storage.bucket import bucket_storage  # needs a package that folders do without

        return bucket_storage(where)
    return FolderStorage(where)
