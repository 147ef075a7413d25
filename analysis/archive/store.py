"""The one module that knows LanceDB: tables written as new versions, read at the version asked for."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.archive.errors import ArchiveError

if TYPE_CHECKING:
    from lancedb import DBConnection
    from lancedb.table import Table as LanceTable

_WRAPPING = re.compile(r"^(?:lance error: )?(?:LanceError\(\w+\): )?|,? \S+\.rs:\d+.*")
_ATTEMPTS = 30  # of writing beside other writers; each lost one costs about as long as the write itself


def write_table(folder: Path, name: str, rows: pa.Table) -> int:
    """The new version of table ``name`` that holds ``rows`` and nothing else; older versions stay as they are.

    Several processes may write at once: Lance lets one commit at a time through and tells the others to try again.
    Raises ArchiveError where the folder cannot be written.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return int(_connect(folder).create_table(name, rows, mode="overwrite").version)
        except Exception as error:  # LanceDB raises RuntimeError, OSError, ValueError and a panic of its own
            if attempt == _ATTEMPTS or not _lost_a_race(error):
                raise ArchiveError(f"table “{name}”: {_reason(error)}") from error
            time.sleep(0.02 * attempt + 0.001 * (os.getpid() % 17))  # writers that met once should not meet again
    raise AssertionError("unreachable: the loop returns or raises")


def open_table(folder: Path, name: str, version: int) -> LanceTable:
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


def tables_are_there(folder: Path, names: Iterable[str]) -> bool:
    """True when each of these tables has a folder; a glance, no more: ``check`` looks inside."""
    return all((folder / f"{name}.lance" / "_versions").is_dir() for name in names)


def read_table(table: LanceTable, columns: Sequence[str], where: str | None = None) -> pa.Table:
    """``columns`` of the rows that the SQL condition ``where`` keeps, in the order they were written.

    Raises ArchiveError when a file of the table is lost or cannot be read.
    """
    try:
        query = table.search().select(list(columns))
        rows: pa.Table = (query.where(where) if where else query).to_arrow()
    except Exception as error:
        raise ArchiveError(f"table “{table.name}” cannot be read: {_reason(error)}") from error
    return rows.select(list(columns))


def _connect(folder: Path) -> DBConnection:
    os.environ.setdefault("LANCEDB_LOG", "error")  # else Lance warns whenever a table is made
    import lancedb  # takes a second or two: not before a table is needed

    return lancedb.connect(str(folder))


def _lost_a_race(error: Exception) -> bool:
    words = str(error).lower()
    return "conflict" in words or "panicked" in words or "already exists" in words


def _reason(error: Exception) -> str:
    """The first line of Lance's message, without its own wrapping and the place in its source code."""
    line = (str(error).strip() or repr(error)).splitlines()[0]
    return _WRAPPING.sub("", line)[:300]
