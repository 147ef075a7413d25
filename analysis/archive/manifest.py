"""Releases as small immutable JSON files: ``releases/000001.json`` names the version and the files of every table.

A manifest is written last and only if its number is free, so a reader sees a whole release or none
and two writers never publish over each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from analysis.archive.errors import ArchiveError
from analysis.archive.files import FileState
from analysis.archive.storage import storage
from analysis.archive_place import Place

SCHEMA_VERSION = 4  # raise it whenever a table's columns in analysis/schema.py or a manifest's fields change
_FOLDER = "releases"
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
    files: Mapping[str, FileState]  # every file of tables and encoder, by its path inside the archive
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
    """The manifests of the archive at ``where``."""

    def __init__(self, where: str | Place) -> None:
        self._storage = storage(where)

    def numbers(self) -> list[int]:
        """Published releases that can be opened, oldest first; empty where nothing was ever published."""
        published, removed = self._named()
        return sorted(published - removed)

    def removed(self) -> list[int]:
        """Releases that were published once and removed on purpose, oldest first; their numbers stay taken."""
        return sorted(self._named()[1])

    def _named(self) -> tuple[set[int], set[int]]:
        """The numbers that were published, and those of them that were removed."""
        try:
            names = [name.removeprefix(f"{_FOLDER}/") for name in self._storage.names(_FOLDER)]
        except OSError as error:
            raise ArchiveError(f"{self._storage.place}/{_FOLDER} cannot be read: {error.strerror}") from error
        published, removed = (
            {int(found.group(1)) for name in names if (found := pattern.fullmatch(name))}
            for pattern in (_NAME, _REMOVED)
        )
        return published, removed

    def next_number(self) -> int:
        """The first number that no release ever had."""
        return max(set().union(*self._named()), default=0) + 1

    def remove(self, number: int) -> None:
        """Take release ``number`` away, leaving a mark that it was there. What is stopped half-way is finished next."""
        self._storage.put_new(self._name(number).replace(".json", ".removed"), b"")
        self._storage.remove([self._name(number)])

    def read(self, number: int) -> bytes:
        """The manifest of release ``number`` as it was written. Raises ArchiveError when it cannot be read."""
        try:
            return self._storage.read(self._name(number))
        except OSError as error:
            raise ArchiveError(f"{self.path(number)} cannot be read: {error.strerror}") from error

    def put(self, number: int, written: bytes) -> bool:
        """True when ``written`` became release ``number``; False, changing nothing, when the number is taken.

        The file appears whole or not at all.
        """
        return self._storage.put_new(self._name(number), written)

    def path(self, number: int) -> str:
        """Where the manifest of release ``number`` is, for messages."""
        return f"{self._storage.place}/{self._name(number)}"

    def _name(self, number: int) -> str:
        return f"{_FOLDER}/{number:06d}.json"


def releases(where: str | Place) -> list[Manifest]:
    """Every published release of the archive at ``where``, oldest first; empty where there is none.

    Raises ArchiveError, naming the file, when a manifest is damaged.
    """
    store = ManifestStore(where)
    return [read_manifest(store, number) for number in store.numbers()]


def numbers_there(numbers: Sequence[int]) -> str:
    """The releases of these numbers in words: "there are 1 to 4", "there is only 1"."""
    if len(numbers) == 1:
        return f"there is only {numbers[0]}"
    whole = numbers[-1] - numbers[0] + 1 == len(numbers)
    return f"there are {numbers[0]} to {numbers[-1]}" if whole else f"there are {', '.join(map(str, numbers))}"


def read_manifest(store: ManifestStore, number: int) -> Manifest:
    """The manifest of release ``number``. Raises ArchiveError when it is damaged or not this release's."""
    manifest = Manifest.from_json(store.read(number), store.path(number))
    if manifest.number != number:
        raise ArchiveError(f"{store.path(number)} is release {manifest.number} under another's name; rename it back")
    return manifest


def _seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
