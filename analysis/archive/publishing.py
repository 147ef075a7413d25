"""Publishing a release: tables first, each as a new version, then the manifest that makes them one state."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from analysis.archive.errors import ArchiveError
from analysis.archive.files import FileState, files_below, hash_files
from analysis.archive.locking import writing
from analysis.archive.manifest import Manifest, ManifestStore, TableState
from analysis.archive.rows import Digest, Tables
from analysis.archive.serving import serve
from analysis.archive.store import change_table, write_table

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
    folder: Path,
    tables: Tables,
    *,
    inputs: str,
    gazetteer: str,
    parser: str,
    encoder: str | None,
    weights: str | None = None,
) -> int:
    """The number of the new release of the archive in ``folder``, which is made where it is missing.

    Whatever stops this before the manifest is written leaves the last release whole and served; the rows
    already written lie unused. Another writer is waited for, keeps its number, and this one takes the next.
    Raises ArchiveError when the folder cannot be written.
    """
    origin = Origin(inputs, gazetteer, parser, encoder, weights, tables.dimensions)
    return publish_rows(folder, tables.to_arrow(), origin)


def publish_rows(folder: Path, rows: Mapping[str, pa.Table | pa.RecordBatchReader], origin: Origin) -> int:
    """``publish`` for tables that are Arrow rows already, or come in pieces because they don't fit into memory."""
    prepare(folder)
    with _told(folder), writing(folder):
        written = _Written()
        for name, given in rows.items():
            before = files_below(folder)
            counted = Digest()
            version = write_table(folder / "tables", name, counted.reading(given))
            written.tables[name] = TableState(version, counted.rows, counted.hexdigest())
            written.files |= hash_files(folder, files_below(folder) - before, to_disk=True)
        serve(folder, written.tables["statements"], origin.dimensions)
        return _name(folder, written, origin)


def publish_changes(folder: Path, base: Manifest, changes: Mapping[str, Change], origin: Origin) -> int:
    """The number of the new release that holds ``base``'s tables with ``changes``; what is the same is not written.

    Raises SupersededError when ``base`` is no longer the last release, ArchiveError when the folder cannot be written.
    """
    prepare(folder)
    with _told(folder), writing(folder):
        if ManifestStore(folder).numbers()[-1:] != [base.number]:
            raise SupersededError(f"release {base.number} of {folder} is not the last any more")
        written = _Written(dict(base.tables), dict(base.files))
        for name, change in changes.items():
            before, state = files_below(folder), base.tables[name]
            gone = change.without.column(change.column).to_pylist()
            version = change_table(folder / "tables", name, state.version, change.column, gone, change.added)
            added, without = Digest.of(change.added), Digest.of(change.without)
            rows = state.rows + added.rows - without.rows
            written.tables[name] = TableState(version, rows, added.after(state.digest, without))
            written.files |= hash_files(folder, files_below(folder) - before, to_disk=True)
        if "statements" in changes:
            changed = changes["statements"]
            gone = changed.without.column("statement_id").to_pylist()
            state, old = written.tables["statements"], base.tables["statements"]
            serve(folder, state, origin.dimensions, old, (gone, changed.added))
        return _name(folder, written, origin)


def prepare(folder: Path) -> None:
    """Make the archive's folders where they are missing.

    Raises ArchiveError when nothing can be written there: better before hours of work than after.
    """
    with _told(folder):
        for part in ("tables", "releases"):
            (folder / part).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder / part) as file:
                file.write(b"room for this")


def _name(folder: Path, written: _Written, origin: Origin) -> int:
    """Publish what was written under the first free number."""
    store = ManifestStore(folder)
    for _ in range(_ATTEMPTS):
        manifest = Manifest(
            number=store.next_number(),
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
        if store.put(manifest.number, manifest.to_json()):
            return manifest.number
    raise ArchiveError(f"{_ATTEMPTS} other writers published first; try again when they have finished")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what stops writing into words that a person can act on."""
    try:
        yield
    except ArchiveError as error:
        raise _unwritable(folder, str(error)) from error
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _unwritable(folder: Path, reason: str) -> ArchiveError:
    return ArchiveError(
        f"The archive in {folder} cannot be written: {reason}. What it has published stands. "
        "Make room, change the folder's rights or choose another one, then build again."
    )
