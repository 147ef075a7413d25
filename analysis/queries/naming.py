"""Which statements name an entity in their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.archive.store import read_table

_AT_ONCE = 500  # identifiers in one condition


def statements_naming(release: Any, entity_ids: Sequence[str]) -> list[str]:  # noqa: ANN401  # a release, or what tests give
    """Identifiers of the statements with a print that names any of ``entity_ids``, sorted.

    None where the release has no mentions. Raises ArchiveError when the table is lost.
    """
    if not hasattr(release, "table"):
        return []
    quotes: set[str] = set()
    for start in range(0, len(entity_ids), _AT_ONCE):
        asked = ", ".join("'" + each.replace("'", "''") + "'" for each in entity_ids[start : start + _AT_ONCE])
        rows = read_table(release.table("mentions"), ["quote_id"], where=f"entity_id IN ({asked})")
        quotes.update(quote for quote in rows.column("quote_id").to_pylist() if quote)
    prints = release.quotes
    return sorted({str(each) for each in prints["statement_id"][prints["quote_id"].isin(quotes)] if each})
