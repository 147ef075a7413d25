"""Whole releases of a bucket's archive on this machine: what is mapped has to lie on a disk of its own.

The copy is a folder archive like any other. A file is fetched aside, held against the hash that the release names and
moved to its place; the manifest comes last, so a release is here whole or not at all, and what a killed process
had fetched is not fetched again. Processes share the copy; one fetches and the others wait.
Releases that nobody has open go, least recently opened first, when the copy outgrows its size; the newest stays.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import shutil
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from analysis.archive.errors import ArchiveError
from analysis.archive.files import TABLES, FileState, hash_files
from analysis.archive.manifest import Manifest, ManifestStore, read_manifest
from analysis.archive.served.folder import SEAL, part_of
from analysis.archive.storage.bucket import BucketStorage
from analysis.archive.storage.connection import StoreDownError
from analysis.archive.storage.folder import FolderStorage

Told = Callable[[int, int], None]  # called with (bytes here, bytes in all)
_AT_ONCE = 4
_STRAY = 3600.0  # seconds
_PARTS = (TABLES, "encoders", "served")
_sure: set[tuple[Path, int]] = set()  # releases that this process has compared with the store
_log = logging.getLogger(__name__)


class Hold:
    """Keeps a release from being removed from the copy as long as this object lives."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._handle, fcntl.LOCK_SH)
        os.utime(self._handle)  # when it was opened last

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self._handle)


class Copy:
    """This machine's copy of the archive in a bucket. limit: bytes that it may take."""

    def __init__(self, store: BucketStorage, limit: int) -> None:
        self.folder, self._store, self._limit = store.local, store, limit
        self._here = FolderStorage(self.folder)
        self._manifests = ManifestStore(self.folder)

    def numbers(self) -> list[int]:
        """The releases that are here whole, oldest first."""
        return self._manifests.numbers()

    def bring(self, number: int, told: Told | None = None) -> tuple[Manifest, Hold]:
        """Release ``number``, whole and verified in ``folder``, fetched where it is not here yet.

        The store is asked whether it still is what is here: another archive may have been built in its place.
        Raises ArchiveError when it cannot be had: StoreDownError where that may change by itself.
        """
        try:
            with self._alone():
                try:
                    written = ManifestStore(self._store.place).read(number)
                except StoreDownError:
                    if number not in self.numbers():
                        raise
                    written = self._manifests.read(number)
                manifest = Manifest.from_json(written, f"{self._store.place}, release {number}")
                if number not in self.numbers() or self._manifests.read(number) != written:
                    self._fetch(manifest, written, told)
                hold = Hold(self._held(number))
                self._make_room()
                _sure.add((self.folder, number))
                return manifest, hold
        except OSError as error:
            raise ArchiveError(
                f"Release {number} cannot be put into {self.folder}: {error.strerror or error}. ON_RECORD_CACHE names "
                "another folder, ON_RECORD_CACHE_SIZE how much it may hold."
            ) from error

    def brought(self, number: int) -> tuple[Manifest, Hold] | None:
        """Release ``number`` if this process has brought it before and it is still here; the store is not asked."""
        if (self.folder, number) not in _sure:
            return None
        with self._alone():
            if number not in self.numbers():
                return None
            return read_manifest(self._manifests, number), Hold(self._held(number))

    def _fetch(self, manifest: Manifest, written: bytes, told: Told | None) -> None:
        (self.folder / TABLES).mkdir(parents=True, exist_ok=True)
        self._remove(manifest.number)  # another archive's under the same name
        known = {name: state for each in self._here_already() for name, state in each.files.items()}
        missing = {
            name: state
            for name, state in manifest.files.items()
            if not (known.get(name) == state and (self.folder / name).exists()) and not self._holds(name, state)
        }
        part = part_of(manifest.tables["statements"].digest)
        served, seal = self._served(part)
        self._make_room(sum(state.size for state in (*missing.values(), *served.values())), manifest)
        self._fetch_all(missing, lambda name: self.folder / name, _Count(missing | served, told))
        if served:
            aside = self.folder / f"{part}.{uuid.uuid4().hex[:8]}.part"
            aside.mkdir(parents=True)
            try:
                self._fetch_all(served, lambda name: aside / name.rpartition("/")[2], _Count(served, None))
                (aside / SEAL).write_bytes(seal)
                shutil.rmtree(self.folder / part, ignore_errors=True)
                aside.rename(self.folder / part)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        self._here.put(f"releases/{manifest.number:06d}.json", written)

    def _served(self, part: str) -> tuple[dict[str, FileState], bytes]:
        """The served files to fetch, and the seal that names them; none where they are here, or were never made."""
        if (self.folder / part / SEAL).exists():
            return {}, b""
        try:
            seal = self._store.read(f"{part}/{SEAL}")
            return {f"{part}/{name}": FileState(*state) for name, state in json.loads(seal).items()}, seal
        except FileNotFoundError:
            return {}, b""  # made anew when the release is opened
        except (ValueError, TypeError, AttributeError):
            _log.warning("%s/%s is damaged; what it names is made anew", part, SEAL)
            return {}, b""

    def _fetch_all(self, files: Mapping[str, FileState], path_of: Callable[[str], Path], count: _Count) -> None:
        def fetch(name: str) -> None:
            path = path_of(name)
            aside = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with aside.open("wb") as file:
                    for piece in self._store.pieces(name):
                        file.write(piece)
                        count.add(len(piece))
                    file.flush()
                    os.fsync(file.fileno())
                if hash_files(path.parent, [aside.name])[aside.name] != files[name]:
                    raise ArchiveError(f"{name} in {self._store.place} does not hold the bytes that were published")
                aside.replace(path)
            except FileNotFoundError as error:
                raise ArchiveError(f"{name} is lost in {self._store.place}") from error
            finally:
                aside.unlink(missing_ok=True)

        with ThreadPoolExecutor(_AT_ONCE) as several:
            list(several.map(fetch, sorted(files)))

    def _holds(self, name: str, state: FileState) -> bool:
        """True for a file that an earlier, stopped fetch brought."""
        path = self.folder / name
        return path.exists() and path.stat().st_size == state.size and hash_files(self.folder, [name])[name] == state

    def _here_already(self) -> list[Manifest]:
        found = []
        for number in self.numbers():
            try:
                found.append(read_manifest(self._manifests, number))
            except ArchiveError as error:  # of another version of this program, or damaged here
                _log.warning("%s; it is fetched again when it is asked for", error)
                self._remove(number)
        return found

    def _make_room(self, coming: int = 0, fetched: Manifest | None = None) -> None:
        """Remove what nobody has open until the copy, with ``coming`` bytes more, keeps to its size.

        What no release names is left alone for an hour: a writer on this machine may be making it.
        """
        here = {each.number: each for each in self._here_already()}
        by_use = sorted(here, key=lambda number: (number == max(here), self._last_opened(number)))
        gone: list[Manifest] = []
        while True:
            there = {name: each for part in _PARTS for name, each in self._here.names(part).items()}
            kept = _named(there, [*here.values(), *([fetched] if fetched else [])])
            old = {name for name, each in there.items() if time.time() - each.changed_at > _STRAY}
            self._here.remove((_named(there, gone) | old) - kept)
            if sum(there[name].size for name in kept) + coming <= self._limit:
                return
            going = next((each for each in by_use[:-1] if each in here and not self._in_use(each)), None)
            if going is None:
                return  # one release alone may be larger than the limit, and has to be served all the same
            self._remove(going)
            gone.append(here.pop(going))

    def _remove(self, number: int) -> None:
        (self.folder / f"releases/{number:06d}.json").unlink(missing_ok=True)

    def _held(self, number: int) -> Path:
        return self.folder / "opened" / f"{number:06d}"

    def _last_opened(self, number: int) -> float:
        try:
            return self._held(number).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def _in_use(self, number: int) -> bool:
        try:
            handle = os.open(self._held(number), os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process fetches or removes at a time; the lock goes with the process that holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / ".fetching", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _named(there: Collection[str], manifests: Sequence[Manifest]) -> set[str]:
    """Those of the files ``there`` that one of these releases needs or is served from."""
    tables = {name for each in manifests for name in each.files}
    served = tuple(f"{part_of(each.tables['statements'].digest)}/" for each in manifests)
    return {name for name in there if name in tables or name.startswith(served)}


class _Count:
    """How much of what is fetched is here."""

    def __init__(self, files: Mapping[str, FileState], told: Told | None) -> None:
        self._all, self._done, self._told = sum(state.size for state in files.values()), 0, told

    def add(self, size: int) -> None:
        self._done += size  # threads may lose a piece of it: it is only shown
        if self._told:
            self._told(self._done, self._all)
