"""Publishing a release: tables first, each as a new version, then the manifest that makes them one state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from analysis.archive.encoders import keep_encoder
from analysis.archive.errors import ArchiveError
from analysis.archive.files import TABLES, FileState
from analysis.archive.manifest import Manifest, ManifestStore, TableState
from analysis.archive.rows import Digest, Tables
from analysis.archive.serving import serve
from analysis.archive.storage import Storage, storage
from analysis.archive.store import InterleavedError, change_table, write_table
from analysis.archive_place import Place

_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """What the tables of a release were made from; each field is the manifest's of the same name."""

    inputs: str
    gazetteer: str
    parser: str
    encoder: str | None
    weights: str | None
    dimensions: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one table of a release has otherwise than the release before."""

    column: str  # names rows
    without: pa.Table  # the rows that are gone or replaced, whole: the digest needs their content
    added: pa.Table


class SupersededError(Exception):
    """Another writer published after the release that a change was made for."""


@dataclass(slots=True)
class _Written:
    tables: dict[str, TableState] = field(default_factory=dict)
    files: dict[str, FileState] = field(default_factory=dict)


def publish(
    where: str | Place,
    tables: Tables,
    *,
    inputs: str,
    gazetteer: str,
    parser: str,
    encoder: str | None,
    weights: str | None = None,
    carried: Path | None = None,
) -> int:
    """The number of the new release of the archive at ``where``, which is made where it is missing.

    carried: the folder of the exported encoder, which the release is to carry.
    Whatever stops this before the manifest is written leaves the last release whole and served; the rows
    already written lie unused. Another writer is waited for, keeps its number, and this one takes the next.
    Raises ArchiveError when the archive cannot be written.
    """
    origin = Origin(inputs, gazetteer, parser, encoder, weights, tables.dimensions)
    return publish_rows(where, tables.to_arrow(), origin, carried)


def publish_rows(
    where: str | Place,
    rows: Mapping[str, pa.Table | pa.RecordBatchReader],
    origin: Origin,
    carried: Path | None = None,
) -> int:
    """``publish`` for tables that are Arrow rows already, or come in pieces because they don't fit into memory."""
    prepare(where)
    store = storage(where)
    with _told(store), store.writing() as still_alone:
        written = _Written()
        for name, given in rows.items():
            counted = Digest()
            with _files(store, name, written):
                version = write_table(store.tables, name, counted.reading(given))
            written.tables[name] = TableState(version, counted.rows, counted.hexdigest())
        if carried is not None:
            written.files |= keep_encoder(store, carried)
        serve(store, written.tables["statements"], origin.dimensions)
        for _ in range(_ATTEMPTS):
            still_alone()
            number = ManifestStore(store.place).next_number()
            if _name(store, number, written, origin):
                return number
    raise ArchiveError(f"{_ATTEMPTS} other writers published first; try again when they have finished")


def publish_changes(
    where: str | Place, base: Manifest, changes: Mapping[str, Change], origin: Origin, carried: Path | None = None
) -> int:
    """The number of the new release that holds ``base``'s tables with ``changes``; what is the same is not written.

    Raises SupersededError when ``base`` is no longer the last release, ArchiveError when the archive cannot be written.
    """
    prepare(where)
    store = storage(where)
    superseded = SupersededError(f"release {base.number} of {store.place} is not the last any more")
    with _told(store), store.writing() as still_alone:
        if ManifestStore(store.place).numbers()[-1:] != [base.number]:
            raise superseded
        number = ManifestStore(store.place).next_number()
        written = _Written(dict(base.tables), dict(base.files))
        for name, change in changes.items():
            state, gone = base.tables[name], change.without.column(change.column).to_pylist()
            try:
                with _files(store, name, written):
                    version = change_table(store.tables, name, state.version, change.column, gone, change.added)
            except InterleavedError as error:
                raise superseded from error
            added, without = Digest.of(change.added), Digest.of(change.without)
            rows = state.rows + added.rows - without.rows
            written.tables[name] = TableState(version, rows, added.after(state.digest, without))
        if carried is not None:
            written.files |= keep_encoder(store, carried)
        if "statements" in changes:
            changed = changes["statements"]
            gone = changed.without.column("statement_id").to_pylist()
            state, old = written.tables["statements"], base.tables["statements"]
            serve(store, state, origin.dimensions, old, (gone, changed.added))
        still_alone()
        if not _name(store, number, written, origin):  # no other number will do: it would follow another's release
            raise superseded
        return number


def prepare(where: str | Place) -> None:
    """Make the archive's folders where they are missing.

    Raises ArchiveError when nothing can be written there: better before hours of work than after.
    """
    store = storage(where)
    with _told(store):
        store.prepare()


@contextmanager
def _files(store: Storage, name: str, written: _Written) -> Iterator[None]:
    """Note which files the table ``name`` has gained, with their hashes."""
    part = f"{TABLES}/{name}.lance"
    before = store.names(part)
    yield
    written.files |= store.states(store.names(part).keys() - before.keys(), to_disk=True)


def _name(store: Storage, number: int, written: _Written, origin: Origin) -> bool:
    """True when what was written became release ``number``; False when that number was taken."""
    manifest = Manifest(
        number=number,
        published_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        inputs=origin.inputs,
        gazetteer=origin.gazetteer,
        parser=origin.parser,
        encoder=origin.encoder,
        weights=origin.weights,
        dimensions=origin.dimensions,
        tables=written.tables,
        files=written.files,
    )
    return ManifestStore(store.place).put(number, manifest.to_json())


@contextmanager
def _told(store: Storage) -> Iterator[None]:
    """Turn what stops writing into words that a person can act on."""
    try:
        yield
    except ArchiveError as error:
        raise _unwritable(store, str(error)) from error
    except OSError as error:
        raise _unwritable(store, error.strerror or str(error)) from error


def _unwritable(store: Storage, reason: str) -> ArchiveError:
    return ArchiveError(
        f"The archive in {store.place} cannot be written: {reason.rstrip('.')}. What it has published stands. "
        f"{store.advice}"
    )
