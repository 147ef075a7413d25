"""One published release, opened for reading: what it holds never changes, whatever is published later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import Manifest, ManifestStore, numbers_there, read_manifest
from analysis.archive.rows import EMBEDDING, table_schemas, to_frame, to_record, vectors_of
from analysis.archive.served import LARGE, Served, open_served
from analysis.archive.served.attached import attach
from analysis.archive.served.vectors import cosines
from analysis.archive.serving import serve
from analysis.archive.storage import storage
from analysis.archive.store import is_one_of, open_table, read_table
from analysis.archive_place import Bucket, Place, place
from analysis.schema import Document
from analysis.settings import Settings

if TYPE_CHECKING:
    from lancedb.table import Table as LanceTable

Kept = TypeVar("Kept")
_log = logging.getLogger(__name__)


class Release:
    """A release of an archive. Tables are read when they are first asked for and then kept.

    Frames are shared by all callers: copy before changing one. Days are datetime64 with NaT for unknown,
    lists are tuples, other unknown values are None.
    """

    def __init__(self, folder: Path, manifest: Manifest, held: object = None) -> None:
        self.folder = folder  # on this machine: the archive's own, or the copy of a bucket's
        self.manifest = manifest
        self._held = held  # keeps the copy's files from being removed
        self._kept: dict[str, Any] = {}
        self._lock = threading.RLock()

    @property
    def number(self) -> int:
        """The release's number, as links and citations name it."""
        return self.manifest.number

    @property
    def documents(self) -> pd.DataFrame:
        """Every document with its metadata, without its text: ``document`` has that."""
        return self._frame("documents", leave_out="text")

    @property
    def quotes(self) -> pd.DataFrame:
        """Every quote, without embeddings; ``citation`` is a Citation or None."""
        return self._frame("quotes")

    @property
    def statements(self) -> pd.DataFrame:
        """Every statement, without embeddings. A large release's texts stay on disk until one is looked at."""

        def read() -> pd.DataFrame:
            served = self.served
            if served is None:
                return self._frame("statements")
            statements = served.columns.frame([name for name in self._columns("statements") if name != EMBEDDING])
            attach(statements, served)
            return statements

        return self._keep("statements", read)

    @property
    def served(self) -> Served | None:
        """What a large release is served from: made here where it is missed; None for a small one.

        None too, and a line in the log, where it is missed and cannot be written: the release is then read whole.
        """
        state = self.manifest.tables["statements"]
        if state.rows < LARGE:
            return None

        def opened() -> Served | None:
            found = open_served(self.folder, state.digest)
            if found is None:
                try:
                    serve(storage(self.folder), self.manifest.tables["statements"], self.manifest.dimensions)
                except OSError as error:
                    _log.warning("what release %s is served from cannot be written: %s", self.number, error)
                    return None
                found = open_served(self.folder, state.digest)
            return found

        return self._keep("served", opened)

    @property
    def entities(self) -> pd.DataFrame:
        """Everyone and everything that the gazetteer knows or a document names; ``offices`` holds Office records."""
        return self._frame("entities")

    @property
    def skipped(self) -> pd.DataFrame:
        """What was given to the build but could not be used: source, reason, detail."""
        return self._frame("skipped")

    def document(self, document_id: str) -> Document:
        """The document with its text. Raises KeyError when this release has no such document."""
        rows = self._rows_of("documents", document_id)
        if not len(rows):
            raise KeyError(f"release {self.number} has no document {document_id!r}")
        return to_record(Document, rows.to_pylist()[0])

    def mentions(self, document_id: str) -> pd.DataFrame:
        """The names that a document's text holds, in its order; empty where there are none."""
        return to_frame(self._rows_of("mentions", document_id)).sort_values(["start", "end"], ignore_index=True)

    def quotes_in(self, document_id: str) -> pd.DataFrame:
        """A document's quotes in the order of its text, without reading others; empty where there are none."""
        return to_frame(self._rows_of("quotes", document_id)).sort_values(["start", "end"], ignore_index=True)

    def quotes_of(self, statement_id: str) -> pd.DataFrame:
        """The quotes that print a statement, by document, in the order of its text; empty where there are none."""
        rows = to_frame(self._rows_of("quotes", statement_id, "statement_id"))
        return rows.sort_values(["document_id", "start", "end"], ignore_index=True)

    def columns(self, name: str, columns: Sequence[str]) -> pa.Table:
        """Some columns of the table ``name`` as they are stored; not kept."""
        return read_table(self.table(name), columns)

    def vectors(self) -> tuple[list[str], np.ndarray]:
        """Statement ids and their embeddings, (n, d) float32 unit rows in the order of ``statements``.

        ([], a (0, 0) array) when the release was built without an encoder.
        """
        if not self.manifest.dimensions:
            return [], np.zeros((0, 0), dtype=np.float32)

        def read() -> tuple[list[str], np.ndarray]:
            rows = read_table(self.table("statements"), ["statement_id", EMBEDDING])
            return rows.column("statement_id").to_pylist(), vectors_of(rows)

        def unpack() -> tuple[list[str], np.ndarray]:
            served = self.served
            if served is None or served.vectors is None:
                return read()
            ids = served.columns.texts("statement_id").to_pylist()
            return ids, served.vectors.rows(np.arange(len(ids)))

        return self._keep("vectors", unpack)

    @property
    def dimensions(self) -> int:
        """Length of the vectors; 0 when the release was built without an encoder."""
        return self.manifest.dimensions

    def closeness(self, query: np.ndarray, rows: np.ndarray | None = None, line: float | None = None) -> np.ndarray:
        """Cosine of ``query``, (d,) float32, with each statement at ``rows``, ascending places; with all when None.

        Of a large release, cosines below those of the closest thousand are right to about 0.005 only, but on the
        right side of ``line``.
        """
        served = self.served
        if served is not None and served.vectors is not None:
            return served.vectors.closeness(query, rows, line)
        vectors = self.vectors()[1]
        return cosines(vectors if rows is None else vectors[rows], query)

    def vectors_at(self, rows: np.ndarray) -> np.ndarray:
        """The vectors of the statements at these places in ``statements``: (m, d) float32."""
        served = self.served
        if served is not None and served.vectors is not None:
            return served.vectors.rows(rows)
        return np.asarray(self.vectors()[1][rows])

    def table(self, name: str) -> LanceTable:
        """The LanceDB table ``name`` at this release's version, read-only.

        Raises ArchiveError when its files are lost.
        """
        if name not in self.manifest.tables:
            raise ArchiveError(f"release {self.number} has no table “{name}”; it has {', '.join(self.manifest.tables)}")
        version = self.manifest.tables[name].version
        return self._keep(f"table {name}", lambda: open_table(self.folder / "tables", name, version))

    def _frame(self, name: str, leave_out: str = EMBEDDING) -> pd.DataFrame:
        columns = [column for column in self._columns(name) if column not in (leave_out, EMBEDDING)]
        return self._keep(f"frame {name}", lambda: to_frame(read_table(self.table(name), columns)))

    def _rows_of(self, name: str, identifier: str, column: str = "document_id") -> pa.Table:
        columns = [each for each in self._columns(name) if each != EMBEDDING]
        return read_table(self.table(name), columns, where=is_one_of(column, [identifier]))

    def _columns(self, name: str) -> list[str]:
        return list(table_schemas(self.manifest.dimensions)[name].names)

    def _keep(self, key: str, make: Callable[[], Kept]) -> Kept:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            kept: Kept = self._kept[key]
            return kept


def open_release(where: str | Place, number: int | None = None) -> Release:
    """Release ``number`` of the archive at ``where``; its latest when no number is given.

    A release in a bucket is fetched to this machine first, where it is not yet here. While the store does not answer,
    the latest is the latest that is here.

    Raises ArchiveError, saying what is there instead, when there is no archive, no release or not that one,
    when its manifest is damaged or it was built with another schema.
    """
    where = place(where)
    if isinstance(where, Bucket):
        return _fetched(where, number)
    store = ManifestStore(where)
    number = _chosen(store, where, store.numbers(), number)
    return Release(where, read_manifest(store, number))


def _chosen(store: ManifestStore, where: Place, numbers: Sequence[int], number: int | None) -> int:
    if not numbers:
        there = "is not there" if isinstance(where, Path) and not where.is_dir() else "holds no published release"
        raise ArchiveError(f"The archive {where} {there}. Make one: python -m analysis build --archive {where}")
    if number is not None and number not in numbers:
        gone = "was removed from" if number in store.removed() else "does not exist in"
        raise ArchiveError(f"Release {number} {gone} {where}: {numbers_there(numbers)}.")
    return numbers[-1] if number is None else number


def _fetched(bucket: Bucket, number: int | None) -> Release:
    from analysis.archive.storage.bucket import bucket_storage
    from analysis.archive.storage.connection import StoreDownError
    from analysis.archive.storage.copying import Copy

    copy = Copy(bucket_storage(bucket), Settings.from_environment().cache_size * 1_000_000_000)
    store = ManifestStore(bucket)
    if number is not None and (here := copy.brought(number)) is not None:
        return Release(copy.folder, *here)
    try:
        numbers = store.numbers()
    except StoreDownError as error:
        numbers = copy.numbers()
        if not numbers or (number is not None and number not in numbers):
            raise
        _log.warning("%s; this machine's copy is used, which ends with release %s", error, numbers[-1])
    manifest, held = copy.bring(_chosen(store, bucket, numbers, number))
    return Release(copy.folder, manifest, held)
