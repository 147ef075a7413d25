"""The archive's own copy of what was imported, so that a later build has it too."""

from __future__ import annotations

import json
from collections.abc import Iterable

from analysis.archive.storage import storage
from analysis.archive_place import Place
from analysis.importing.rows import Row, from_cells, lines

_NAME = "imports/rows.jsonl"


def kept_content(archive: Place) -> bytes | None:
    """The copy as it lies in the archive; None where nothing was imported."""
    try:
        return storage(archive).read(_NAME)
    except FileNotFoundError:
        return None


def kept_rows(archive: Place, longest: int) -> dict[str, Row]:
    """Every imported row by id; what somebody damaged in the copy is left out. longest: characters of a text."""
    rows: dict[str, Row] = {}
    content = kept_content(archive) or b""
    for line in content.decode("utf-8", "replace").splitlines():
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError):
            continue
        row = from_cells(cells, longest)[0] if isinstance(cells, dict) else None
        if row is not None:
            rows[row.id] = row
    return rows


def keep(archive: Place, rows: Iterable[Row], longest: int) -> None:
    """Lay ``rows`` over the copy by id; the file changes whole or not at all. Raises OSError where it cannot."""
    store = storage(archive)
    with store.writing() as still_alone:
        merged = kept_rows(archive, longest)
        merged |= {row.id: merged[row.id] if _same(merged.get(row.id), row) else row for row in rows}
        still_alone()
        store.put(_NAME, "".join(lines(merged)).encode())


def _same(standing: Row | None, row: Row) -> bool:
    """True where both say the same: where the row stood first is kept."""
    return standing is not None and standing.content_hash == row.content_hash
