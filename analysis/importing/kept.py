"""The archive's own copy of what was imported, so that a later build has it too."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from analysis.archive.locking import writing
from analysis.importing.rows import Row, from_cells, lines


def kept_file(archive: Path) -> Path:
    """Where the copy lies."""
    return archive / "imports" / "rows.jsonl"


def kept_rows(archive: Path, longest: int) -> dict[str, Row]:
    """Every imported row by id; what somebody damaged in the copy is left out. longest: characters of a text."""
    rows: dict[str, Row] = {}
    try:
        content = kept_file(archive).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return rows
    for line in content.splitlines():
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError):
            continue
        row = from_cells(cells, longest)[0] if isinstance(cells, dict) else None
        if row is not None:
            rows[row.id] = row
    return rows


def keep(archive: Path, rows: Iterable[Row], longest: int) -> None:
    """Lay ``rows`` over the copy by id; the file changes whole or not at all. Raises OSError where it cannot."""
    file = kept_file(archive)
    file.parent.mkdir(parents=True, exist_ok=True)
    with writing(archive):
        merged = kept_rows(archive, longest)
        merged |= {row.id: merged[row.id] if _same(merged.get(row.id), row) else row for row in rows}
        handle, aside = tempfile.mkstemp(dir=file.parent, prefix=".rows-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.writelines(lines(merged))
            Path(aside).replace(file)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise


def _same(standing: Row | None, row: Row) -> bool:
    """True where both say the same: where the row stood first is kept."""
    return standing is not None and standing.content_hash == row.content_hash
