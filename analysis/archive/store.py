"""The one module that knows LanceDB: tables written as new versions, read at the version asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from analysis.archive.errors import ArchiveError

if TYPE_CHECKING:
    from lancedb import DBConnection
    from lancedb.table import Table as LanceTable

_WRAPPING = re.compile(r"^(?:lance error: )?(?:LanceError\(\w+\): )?|,? \S+\.rs:\d+.*")
_ROWS = 8192  # of one piece where a table is read or written in pieces
_LISTED = 500  # identifiers in one condition


@dataclass(frozen=True, slots=True)
class Remote:
    """Tables in an object store."""

    uri: str
    options: Mapping[str, str] = field(repr=False)  # how to reach it; holds the credentials

    def __str__(self) -> str:
        return self.uri


Home: TypeAlias = Path | Remote  # where tables lie


class InterleavedError(ArchiveError):
    """Another writer changed a table between two steps of a change: the rows would be mixed."""


def write_table(folder: Home, name: str, rows: pa.Table | pa.RecordBatchReader) -> int:
    """The new version of table ``name`` that holds ``rows`` and nothing else; older versions stay as they are.

    A reader's rows are written as they come, so a table need not fit into memory.
    Raises ArchiveError where the folder cannot be written.
    """
    try:
        return int(_connect(folder).create_table(name, rows, mode="overwrite").version)
    except Exception as error:  # LanceDB raises RuntimeError, OSError, ValueError and a panic of its own
        raise ArchiveError(f"table “{name}”: {_reason(error)}") from error


def change_table(folder: Home, name: str, version: int, column: str, without: Iterable[str], added: pa.Table) -> int:
    """The new version of table ``name`` that holds version ``version``'s rows without some and then ``added``.

    without: values of ``column``, which names the rows to leave out. Costs as much as what changes: the other rows
    are not written again. ``version`` itself is given back where nothing changes. Whatever a stopped writer left
    after ``version`` does not count. Raises ArchiveError where the table is lost or cannot be written, InterleavedError
    where another writer changed the table meanwhile: a folder's lock keeps everybody out, a bucket's lease can be lost.
    """
    gone = sorted(set(without))
    if not gone and not len(added):
        return version
    try:
        table = _connect(folder).open_table(name)
        with _one_step(table):
            if table.version != version:
                table.checkout(version)
                table.restore()
        for start in range(0, len(gone), _LISTED):
            with _one_step(table):
                table.delete(is_one_of(column, gone[start : start + _LISTED]))
        if len(added):
            with _one_step(table):
                table.add(added)
        return int(table.version)
    except InterleavedError:
        raise
    except Exception as error:
        if "concurrent transaction" in str(error):
            raise InterleavedError(f"table “{name}”: {_reason(error)}") from error
        raise ArchiveError(f"table “{name}”: {_reason(error)}") from error


def open_table(folder: Home, name: str, version: int) -> LanceTable:
    """The LanceDB table ``name`` as it was at ``version``.

    Raises ArchiveError when the table or that version of it is lost.
    """
    try:
        table = _connect(folder).open_table(name)
        table.checkout(version)
    except Exception as error:
        raise ArchiveError(
            f"version {version} of table “{name}” in {folder} cannot be opened: {_reason(error)}. "
            "Restore the folder from a backup, or remove it and build again."
        ) from error
    return table


def read_table(table: LanceTable, columns: Sequence[str], where: str | None = None) -> pa.Table:
    """``columns`` of the rows that the SQL condition ``where`` keeps, in the order they were written.

    Raises ArchiveError when a file of the table is lost or cannot be read.
    """
    return pa.Table.from_batches(list(read_pieces(table, columns, where)), _schema(table, columns))


def read_pieces(table: LanceTable, columns: Sequence[str], where: str | None = None) -> Iterator[pa.RecordBatch]:
    """What ``read_table`` reads, in pieces of some thousand rows, so that a table need not fit into memory."""
    try:
        query = table.search().select(list(columns))
        query = query.where(where) if where else query
        for batch in query.to_batches(batch_size=_ROWS):
            yield batch.select(list(columns))
    except ArchiveError:
        raise
    except Exception as error:
        raise ArchiveError(f"table “{table.name}” cannot be read: {_reason(error)}") from error


def is_one_of(column: str, values: Iterable[str]) -> str:
    """The SQL condition that keeps rows with any of ``values`` in ``column``; values may come from strangers."""
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{column} IN ({quoted})" if quoted else "false"


@contextmanager
def _one_step(table: LanceTable) -> Iterator[None]:
    """Each step makes one version; more of them are another writer's."""
    latest = int(table.version)
    yield
    if int(table.version) > latest + 1:
        raise InterleavedError(f"table “{table.name}” was changed by another writer meanwhile")


def _schema(table: LanceTable, columns: Sequence[str]) -> pa.Schema:
    return pa.schema([table.schema.field(name) for name in columns])


def _connect(folder: Home) -> DBConnection:
    os.environ.setdefault("LANCEDB_LOG", "error")  # else Lance warns whenever a table is made
    import lancedb  # takes a second or two: not before a table is needed

    if isinstance(folder, Remote):
        return lancedb.connect(folder.uri, storage_options=dict(folder.options))
    return lancedb.connect(str(folder))


def _reason(error: Exception) -> str:
    """The first line of Lance's message, without its own wrapping and the place in its source code."""
    line = (str(error).strip() or repr(error)).splitlines()[0]
    return _WRAPPING.sub("", line)[:300]
