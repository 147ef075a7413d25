"""Which statements name an entity in their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.archive.store import is_one_of, read_table

_AT_ONCE = 500  # identifiers in one condition


def statements_naming(release: Any, entity_ids: Sequence[str]) -> list[str]:  # noqa: ANN401  # a release, or what tests give
    """Identifiers of the statements with a print that names any of ``entity_ids``, sorted.

    None where the release has no mentions. Raises ArchiveError when the table is lost.
    """
    if not hasattr(release, "table"):
        return []
    quotes: set[str] = set()
    for start in range(0, len(entity_ids), _AT_ONCE):
        asked = is_one_of("entity_id", entity_ids[start : start + _AT_ONCE])
        rows = read_table(release.table("mentions"), ["quote_id"], where=asked)
        quotes.update(quote for quote in rows.column("quote_id").to_pylist() if quote)
    prints = read_table(release.table("quotes"), ["quote_id", "statement_id"])
    naming = prints.filter(pc.is_in(prints.column("quote_id"), value_set=pa.array(sorted(quotes), pa.string())))
    return sorted({each for each in naming.column("statement_id").to_pylist() if each})
