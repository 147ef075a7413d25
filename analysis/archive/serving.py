"""Making what a large release is served from out of its statements table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.archive.manifest import TableState
from analysis.archive.rows import statement_columns
from analysis.archive.served import LARGE, make_served, open_served
from analysis.archive.served.folder import SEAL, part_of
from analysis.archive.storage import Storage
from analysis.archive.store import open_table, read_pieces

Changed = tuple[list[str], pa.Table]  # the ids of the rows that are gone or replaced, and the rows added


def serve(
    store: Storage, state: TableState, dimensions: int, before: TableState | None = None, change: Changed | None = None
) -> None:
    """Make what the statements table in ``state`` is served from, where it is large and that is not there yet.

    It is made on this machine and then brought to where the archive is.

    before, change: an older state of the table and what has changed since; what they share is copied.
    Raises OSError where the folder cannot be written.
    """
    if state.rows < LARGE:
        return
    _make(store, state, dimensions, before, change)
    store.send(part_of(state.digest), last=SEAL)


def _make(
    store: Storage, state: TableState, dimensions: int, before: TableState | None, change: Changed | None
) -> None:
    folder = store.local
    old = open_served(folder, before.digest) if before and change else None
    if old is not None and change is not None:
        gone, added = change
        ids = old.columns.texts("statement_id")
        keep = ~pc.is_in(ids, value_set=pa.array(gone, ids.type)).to_numpy(zero_copy_only=False)
        make_served(folder, state.digest, added.to_batches(), state.rows, dimensions, old, np.asarray(keep))
        return
    table = open_table(store.tables, "statements", state.version)
    columns = statement_columns(dimensions)
    make_served(folder, state.digest, read_pieces(table, columns), state.rows, dimensions)
