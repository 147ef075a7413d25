"""An archive in a bucket of an object store that speaks S3.

What is written appears whole, by itself. Publishing needs the store to honour ``If-None-Match`` and ``If-Match``
(AWS, MinIO, SeaweedFS, Ceph and R2 do); ``prepare`` tries both, so that no writer finds out by losing a release.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.archive.errors import ArchiveError
from analysis.archive.files import NO_PART, FileState, Stored
from analysis.archive.storage.connection import connect, lance_options, options, told
from analysis.archive.storage.lease import Lease
from analysis.archive.store import Remote
from analysis.archive_place import Bucket
from analysis.local_cache import copy_of

_PART = 16 << 20  # bytes asked for at once: what is lost with a connection
_AT_ONCE = 8  # requests
_YOUNG = 3600.0  # seconds after which a file that nobody names is nobody's


class BucketStorage:
    """See :class:`analysis.archive.storage.Storage`."""

    advice = "Check that the bucket is there, what the credentials may do, and its room; then build again."

    def __init__(self, bucket: Bucket) -> None:
        self.place = bucket
        self.local = copy_of(str(bucket), options().get("aws_endpoint", ""))
        self._store = connect(bucket)
        self._ready = False

    @property
    def tables(self) -> Remote:
        """Where LanceDB finds the tables."""
        return Remote(f"{self.place}/tables", lance_options())

    def names(self, part: str) -> Mapping[str, Stored]:
        """One request for a thousand names."""
        import obstore

        found = {}
        with told(self.place):
            for piece in obstore.list(self._store, part):
                for each in piece:
                    if each["path"].rpartition("/")[2] not in NO_PART:
                        found[each["path"]] = Stored(each["size"], each["last_modified"].timestamp())
        return found

    def read(self, name: str) -> bytes:
        """A file's content."""
        found = self.tagged(name)
        if found is None:
            raise FileNotFoundError(2, "No such file", f"{self.place}/{name}")
        return found[0]

    def tagged(self, name: str) -> tuple[bytes, str] | None:
        """A file's content and its ETag."""
        import obstore

        with told(self.place):
            try:
                found = obstore.get(self._store, name)
                return bytes(found.bytes()), str(found.meta["e_tag"])
            except FileNotFoundError:
                return None

    def put_new(self, name: str, content: bytes) -> bool:
        """With ``If-None-Match: *``."""
        return self.put_over(name, content, None) is not None

    def put_over(self, name: str, content: bytes, tag: str | None) -> str | None:
        """Conditional on the ETag. A refusal whose cause is our own lost first try counts as success."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        mode: Any = "create" if tag is None else {"e_tag": tag}
        with told(self.place):
            try:
                return str(obstore.put(self._store, name, content, mode=mode, use_multipart=False)["e_tag"])
            except (AlreadyExistsError, PreconditionError, FileNotFoundError):
                there = self.tagged(name)
                return there[1] if there is not None and there[0] == content else None

    def put(self, name: str, content: bytes) -> None:
        """In place of what was there."""
        import obstore

        with told(self.place):
            obstore.put(self._store, name, content)

    def remove(self, names: Collection[str]) -> None:
        """A thousand in one request."""
        import obstore

        with told(self.place):
            if names:
                obstore.delete(self._store, sorted(names))

    def states(self, names: Iterable[str], *, to_disk: bool = False) -> dict[str, FileState]:
        """Every byte is fetched. to_disk: what a store has confirmed lasts."""
        with ThreadPoolExecutor(_AT_ONCE) as several:
            wanted = sorted(names)
            return dict(zip(wanted, several.map(self._state, wanted), strict=True))

    def _state(self, name: str) -> FileState:
        digest, size = hashlib.sha256(), 0
        for piece in self.pieces(name):
            digest.update(piece)
            size += len(piece)
        return FileState(size, digest.hexdigest())

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes, in order; what a lost connection takes is asked for again. Raises FileNotFoundError."""
        import obstore

        with told(self.place):
            size, at = int(obstore.head(self._store, name)["size"]), 0
            while at < size:
                piece = bytes(obstore.get_range(self._store, name, start=at, length=min(_PART, size - at)))
                at += len(piece)
                yield piece

    def send(self, part: str, last: str | None = None) -> None:
        """Upload what the bucket lacks below ``part``; everything where ``last``, which says so, is lacking."""
        import obstore

        there = self.names(part)
        if f"{part}/{last}" in there:
            return
        here = [path for path in (self.local / part).rglob("*") if path.is_file() and path.suffix != ".part"]
        missing = [path for path in here if last or path.relative_to(self.local).as_posix() not in there]

        def upload(path: Path) -> None:
            with told(self.place):
                obstore.put(self._store, path.relative_to(self.local).as_posix(), path)

        with ThreadPoolExecutor(_AT_ONCE // 2) as several:
            list(several.map(upload, [path for path in missing if path.name != last]))
        for path in missing:
            if path.name == last:
                upload(path)

    def bring(self, part: str) -> Collection[str]:
        """Each file is fetched aside and moved to its name."""
        names = self.names(part)
        for name in names:
            path = self.local / name
            if path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f"{uuid.uuid4().hex}.part")
            try:
                with aside.open("wb") as file:
                    file.writelines(self.pieces(name))
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
        return names.keys()

    @contextmanager
    def copied(self, part: str) -> Iterator[Path]:
        """Fetched anew, so that it is the bucket's content that is looked at."""
        with tempfile.TemporaryDirectory() as aside:
            for name in self.names(part):
                path = Path(aside) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    file.writelines(self.pieces(name))
            yield Path(aside) / part

    @contextmanager
    def writing(self) -> Iterator[Callable[[], None]]:
        """Hold the lease."""
        lease = Lease(self)
        lease.take()
        try:
            yield lease.check
        finally:
            lease.give_back()

    def prepare(self) -> None:
        """Try what publishing rests on, once a process."""
        if self._ready:
            return
        name, first, second = f"releases/.{uuid.uuid4().hex}-probe", b"first", b"second"
        try:
            tag = self.put_over(name, first, None)
            honoured = tag is not None and self.put_over(name, second, None) is None
            honoured = honoured and self.put_over(name, second, tag) is not None
            honoured = honoured and self.put_over(name, b"third", tag) is None
        finally:
            self.remove([name])
        if not honoured:
            raise ArchiveError(
                "the object store does not honour If-None-Match and If-Match, without which two writers could publish "
                "over each other; use one that does"
            )
        self._ready = True

    def young(self, stored: Stored) -> bool:
        """Younger than any writer that lost its lease without knowing could still name it."""
        return time.time() - stored.changed_at < _YOUNG


@lru_cache(maxsize=8)
def _kept(bucket: Bucket, _: tuple[tuple[str, str], ...]) -> BucketStorage:
    return BucketStorage(bucket)


def bucket_storage(bucket: Bucket) -> BucketStorage:
    """The bucket's storage, one a process: it keeps its connections."""
    return _kept(bucket, tuple(sorted(options().items())))
