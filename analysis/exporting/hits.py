"""What a search's hits carry into a table, beside the statements themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.queries.search import Hit


def columns(found: Sequence[Hit]) -> dict[str, list[Any]]:
    """Each hit's rank and what it was found by, as further columns of an export."""
    return {"rank": list(range(1, len(found) + 1)), "found_by": [_found_by(hit) for hit in found]}


def _found_by(hit: Hit) -> str | None:
    words = [f"words: {', '.join(hit.matched)}"] if hit.matched else []
    meaning = [f"{hit.closeness} in meaning"] if hit.closeness else []
    return "; ".join(words + meaning) or None
