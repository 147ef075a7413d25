"""Releases as small immutable JSON files: ``releases/000001.json`` names the version and the files of every table.

A manifest is written last and only if its number is free, so a reader sees a whole release or none
and two writers never publish over each other.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from analysis.archive.errors import ArchiveError
from analysis.archive.files import FileState

SCHEMA_VERSION = 4  # raise it whenever a table's columns in analysis/schema.py or a manifest's fields change
_NAME = re.compile(r"(\d{6,})\.json")
_REMOVED = re.compile(r"(\d{6,})\.removed")


@dataclass(frozen=True, slots=True)
class TableState:
    """One table of one release."""

    version: int  # of the Lance dataset
    rows: int
    digest: str  # of the rows' contents, see analysis.archive.rows.digest


@dataclass(frozen=True, slots=True)
class Manifest:
    """One published release."""

    number: int
    published_at: str  # UTC, ISO 8601 to the second: the only clock in an archive
    inputs: str  # fingerprint of sources, gazetteer, code and models: same fingerprint, same tables
    gazetteer: str  # fingerprint of the gazetteer's files
    parser: str  # the spaCy pipeline with its version
    encoder: str | None  # None: built without an encoder, search by words only
    weights: str | None  # fingerprint of the encoder's weights: vectors of another compare with none of these
    dimensions: int  # of the embeddings; 0 without an encoder
    tables: Mapping[str, TableState]
    files: Mapping[str, FileState]  # every file that the tables need, by its path inside the archive
    schema_version: int = SCHEMA_VERSION

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: state.rows for name, state in self.tables.items()}

    def to_json(self) -> bytes:
        """The manifest as its file holds it, sealed with a hash of its own content."""
        content = asdict(self)
        return (json.dumps({**content, "seal": _seal(content)}, indent=2, sort_keys=True) + "\n").encode()

    @classmethod
    def from_json(cls, written: bytes, name: str) -> Manifest:
        """The manifest in the file ``name``.

        Raises ArchiveError when it was damaged, or written by another version of this program.
        """
        try:
            content: dict[str, Any] = json.loads(written)
            seal = content.pop("seal")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise ArchiveError(f"{name} is damaged: it is no manifest. Restore it from a backup.") from error
        if seal != _seal(content):
            raise ArchiveError(f"{name} is damaged: its content does not fit its seal. Restore it from a backup.")
        if content.get("schema_version") != SCHEMA_VERSION or set(content) != {field.name for field in fields(cls)}:
            raise ArchiveError(
                f"{name} was built with schema {content.get('schema_version')}, this program reads schema "
                f"{SCHEMA_VERSION}. Build the archive again, or open it with the program that built it."
            )
        tables = {table: TableState(**state) for table, state in content.pop("tables").items()}
        files = {file: FileState(**state) for file, state in content.pop("files").items()}
        manifest = cls(tables=tables, files=files, **content)
        if manifest.to_json() != written:
            raise ArchiveError(f"{name} is damaged: it is not written as it was. Restore it from a backup.")
        return manifest


class ManifestStore:
    """Where manifests are kept. An object store needs these methods and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "releases"

    def numbers(self) -> list[int]:
        """Published releases that can be opened, oldest first; empty where nothing was ever published."""
        return sorted(set(self._named(_NAME)) - set(self.removed()))

    def removed(self) -> list[int]:
        """Releases that were published once and removed on purpose, oldest first; their numbers stay taken."""
        return sorted(self._named(_REMOVED))

    def _named(self, pattern: re.Pattern[str]) -> list[int]:
        try:
            names = [path.name for path in self.folder.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ArchiveError(f"{self.folder} cannot be read: {error.strerror}") from error
        return [int(found.group(1)) for name in names if (found := pattern.fullmatch(name))]

    def next_number(self) -> int:
        """The first number that no release ever had."""
        return max([*self._named(_NAME), *self.removed()], default=0) + 1

    def remove(self, number: int) -> None:
        """Take release ``number`` away, leaving a mark that it was there. What is stopped half-way is finished next."""
        self.path(number).with_suffix(".removed").touch()
        _bring_to_disk(self.folder)
        self.path(number).unlink(missing_ok=True)

    def read(self, number: int) -> bytes:
        """The manifest of release ``number`` as it was written. Raises ArchiveError when it cannot be read."""
        path = self.path(number)
        try:
            return path.read_bytes()
        except OSError as error:
            raise ArchiveError(f"{path} cannot be read: {error.strerror}") from error

    def put(self, number: int, written: bytes) -> bool:
        """True when ``written`` became release ``number``; False, changing nothing, when the number is taken.

        The file appears whole or not at all: it is written aside, brought to the disk, then linked to its name.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=self.folder, prefix=f".{number:06d}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).chmod(0o644)
            os.link(aside, self.path(number))
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
                raise ArchiveError(
                    f"{self.folder} is on a file system without hard links, which publishing needs; "
                    "put the archive on another disk"
                ) from error
            raise
        finally:
            Path(aside).unlink()
        _bring_to_disk(self.folder)
        return True

    def path(self, number: int) -> Path:
        """The file of release ``number``."""
        return self.folder / f"{number:06d}.json"


def releases(folder: Path) -> list[Manifest]:
    """Every published release of the archive in ``folder``, oldest first; empty where there is none.

    Raises ArchiveError, naming the file, when a manifest is damaged.
    """
    store = ManifestStore(folder)
    return [read_manifest(store, number) for number in store.numbers()]


def numbers_there(numbers: Sequence[int]) -> str:
    """The releases of these numbers in words: "there are 1 to 4", "there is only 1"."""
    if len(numbers) == 1:
        return f"there is only {numbers[0]}"
    whole = numbers[-1] - numbers[0] + 1 == len(numbers)
    return f"there are {numbers[0]} to {numbers[-1]}" if whole else f"there are {', '.join(map(str, numbers))}"


def read_manifest(store: ManifestStore, number: int) -> Manifest:
    """The manifest of release ``number``. Raises ArchiveError when it is damaged or not this release's."""
    manifest = Manifest.from_json(store.read(number), str(store.path(number)))
    if manifest.number != number:
        raise ArchiveError(f"{store.path(number)} is release {manifest.number} under another's name; rename it back")
    return manifest


def _seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _bring_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
