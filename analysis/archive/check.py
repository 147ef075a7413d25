"""Verifying an archive: that it still holds what was published, and that what it holds fits together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from analysis.archive.check_rows import rows_that_do_not_fit
from analysis.archive.encoders import PART as ENCODERS
from analysis.archive.errors import ArchiveError
from analysis.archive.files import damaged
from analysis.archive.manifest import Manifest, ManifestStore, TableState, numbers_there, read_manifest
from analysis.archive.rows import EMBEDDING, Digest, table_schemas
from analysis.archive.served.folder import damage as served_damage
from analysis.archive.storage import Storage, storage
from analysis.archive.store import open_table, read_pieces
from analysis.archive_place import Place
from analysis.vector_cache import damage as vector_damage

_LISTED = 3  # damaged files of one table; the rest is counted


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a release, and where."""

    release: int | None  # None: of the archive, beside its releases
    table: str  # or "manifest", or "encoder" that it carries; "served", "vectors" for what can be made again
    what: str

    def __str__(self) -> str:
        where = f"release {self.release}, " if self.release is not None else ""
        return f"{where}{self.table}: {self.what}"


def check(where: str | Place, number: int | None = None) -> list[Problem]:
    """Everything wrong with release ``number``, or with every release when none is given; empty when all is well.

    Raises ArchiveError when there is no archive, or not that release. Reads every byte of every file and every row of
    every table: about 20,000 rows/s.
    """
    files = storage(where)
    folder = files.place
    store = ManifestStore(folder)
    numbers = store.numbers()
    if not numbers:
        raise ArchiveError(
            f"{folder} holds no release. Build one with: python -m analysis build SOURCE --archive {folder}"
        )
    if number is not None and number not in numbers:
        raise ArchiveError(f"Release {number} does not exist in {folder}: {numbers_there(numbers)}.")
    known = set(numbers) | set(store.removed())
    lost = sorted(set(range(min(known), max(known))) - known) if number is None else []
    problems = [Problem(gap, "manifest", "lost: older and newer releases are there") for gap in lost]
    seen = _Seen({}, {})
    for each in numbers if number is None else [number]:
        try:
            manifest = read_manifest(store, each)
        except ArchiveError as error:
            problems.append(Problem(each, "manifest", str(error)))
            continue
        problems += [Problem(each, table, what) for table, what in _problems(files, manifest, seen)]
    if number is None:
        problems += [Problem(None, "served", what) for what in served_damage(files)]
        with files.copied("vectors") as vectors:
            problems += [Problem(None, "vectors", what) for what in vector_damage(vectors)]
    return problems


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found already about files and tables that several releases share."""

    files: dict[str, str | None]
    tables: dict[tuple[str, TableState], list[str]]


def _problems(files: Storage, manifest: Manifest, seen: _Seen) -> Iterator[tuple[str, str]]:
    hurt = list(_files(files, manifest, seen))
    yield from hurt
    unread = {table for table, _ in hurt}
    rows: dict[str, pa.Table] = {}
    for name in table_schemas(manifest.dimensions):
        state = manifest.tables.get(name)
        if state is None:
            yield name, "not in the manifest"
        elif name not in unread:
            try:
                rows[name], found = _read(files, name, state, seen)
            except ArchiveError as error:
                yield name, str(error)
                continue
            yield from ((name, what) for what in found)
    yield from rows_that_do_not_fit(rows)


def _files(files: Storage, manifest: Manifest, seen: _Seen) -> Iterator[tuple[str, str]]:
    """Lost and changed files, told once a table."""
    wrong = sorted((_table_of(name), name, what) for name, what in damaged(files.states, manifest.files, seen.files))
    for table, found in groupby(wrong, key=lambda each: each[0]):
        listed = [f"{name} {what}" for _, name, what in found]
        more = f", and so are {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
        yield table, f"{', '.join(listed[:_LISTED])}{more}; restore from a backup, or remove the folder and build again"


def _table_of(name: str) -> str:
    """The table that a file belongs to: "quotes" for "tables/quotes.lance/data/x.lance"; else "encoder"."""
    part, inside = name.split("/")[:2]
    return "encoder" if part == ENCODERS else inside.removesuffix(".lance")


def _read(files: Storage, name: str, state: TableState, seen: _Seen) -> tuple[pa.Table, list[str]]:
    """The rows of a table without embeddings, and how they differ from what the manifest says."""
    table = open_table(files.tables, name, state.version)
    kept = [column for column in table.schema.names if column != EMBEDDING]
    schema = pa.schema([table.schema.field(column) for column in kept])
    if (name, state) in seen.tables:
        return pa.Table.from_batches(list(read_pieces(table, kept)), schema), seen.tables[name, state]
    counted, batches = Digest(), []
    for batch in read_pieces(table, table.schema.names):
        counted.add(batch)
        batches.append(batch.select(kept))
    found = []
    if counted.rows != state.rows:
        found.append(f"holds {counted.rows} rows, the manifest says {state.rows}")
    if counted.hexdigest() != state.digest:
        found.append("its content does not fit the hash in the manifest")
    seen.tables[name, state] = found
    return pa.Table.from_batches(batches, schema), found
