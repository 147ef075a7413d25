"""An archive in a folder."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis.archive.errors import ArchiveError
from analysis.archive.files import NO_PART, FileState, Stored, bring_to_disk, hash_files
from analysis.archive.locking import writing

_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


class FolderStorage:
    """See :class:`analysis.archive.storage.Storage`."""

    advice = "Make room, change the folder's rights or choose another one, then build again."

    def __init__(self, folder: Path) -> None:
        self.place = self.local = folder

    @property
    def tables(self) -> Path:
        """Where LanceDB finds the tables."""
        return self.local / "tables"

    def names(self, part: str) -> Mapping[str, Stored]:
        """Every file below ``part``."""
        found = {}
        for at, _, files in os.walk(self.local / part, onerror=_unless_absent):
            for path in (Path(at) / file for file in files if file not in NO_PART):
                with contextlib.suppress(FileNotFoundError):  # another process's, written aside and moved since
                    stat = path.stat()
                    found[path.relative_to(self.local).as_posix()] = Stored(stat.st_size, stat.st_mtime)
        return found

    def read(self, name: str) -> bytes:
        """A file's content."""
        try:
            return (self.local / name).read_bytes()
        except NotADirectoryError as error:  # a file stands where the archive's folder should
            raise FileNotFoundError(error.errno, error.strerror, error.filename) from error

    def put_new(self, name: str, content: bytes) -> bool:
        """Written aside, brought to the disk, then linked to its name."""
        path = self.local / name
        with self._aside(path, content) as aside:
            try:
                os.link(aside, path)
            except FileExistsError:
                return False
            except OSError as error:
                if error.errno in _NO_HARD_LINKS:
                    raise ArchiveError(
                        f"{path.parent} is on a file system without hard links, which publishing needs; "
                        "put the archive on another disk"
                    ) from error
                raise
        bring_to_disk(path.parent)
        return True

    def put(self, name: str, content: bytes) -> None:
        """Written aside, then moved to its name."""
        path = self.local / name
        with self._aside(path, content) as aside:
            aside.replace(path)
        bring_to_disk(path.parent)

    @contextmanager
    def _aside(self, path: Path, content: bytes) -> Iterator[Path]:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
        aside = Path(written)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.chmod(0o644)
            yield aside
        finally:
            aside.unlink(missing_ok=True)

    def remove(self, names: Collection[str]) -> None:
        """Unlink them, and what folders of ``served/`` and ``encoders/`` are empty then."""
        for name in names:
            (self.local / name).unlink(missing_ok=True)
        for folder in sorted([*(self.local / "served").glob("*"), *(self.local / "encoders").glob("*")]):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def states(self, names: Iterable[str], *, to_disk: bool = False) -> dict[str, FileState]:
        """About 1 GB/s."""
        return hash_files(self.local, names, to_disk=to_disk)

    def send(self, part: str, last: str | None = None) -> None:
        """Nothing to do: it lies there already."""

    def bring(self, part: str) -> Collection[str]:
        """Nothing to do: it lies there already."""
        return ()

    @contextmanager
    def copied(self, part: str) -> Iterator[Path]:
        """The archive's own folder."""
        yield self.local / part

    @contextmanager
    def writing(self) -> Iterator[Callable[[], None]]:
        """A lock that the system lets go of when the process ends, so it is never lost before."""
        with writing(self.local):
            yield lambda: None

    def prepare(self) -> None:
        """Make the folders and write a few bytes into each."""
        for part in ("tables", "releases"):
            (self.local / part).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.local / part) as file:
                file.write(b"room for this")

    def young(self, stored: Stored) -> bool:
        """Never: every writer holds the lock."""
        return False


def _unless_absent(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
