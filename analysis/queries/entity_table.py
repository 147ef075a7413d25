"""The directory of entities: whom and what statements name, of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from analysis.queries.co_mentions import Mentioned

COLUMNS = ("entity_id", "name", "kind", "side", "naming", "speaking")


class By(StrEnum):
    """How a directory of entities can be sorted."""

    NAMING = "naming"  # statements that name it, most first
    NAME = "name"
    SPEAKING = "speaking"  # its own statements, most first


def entity_table(
    entities: Mapping[str, Mapping[str, Any]],
    mentioned: Mentioned,
    speaking: Mapping[str, int],
    keep: np.ndarray,
    *,
    unnamed: bool = False,
) -> pd.DataFrame:
    """Every entity that a statement names, with how many statements name it and how many are its own.

    entities: the release's, by identifier. speaking: statements of each speaker that count. keep: (n,) bool, the
    statements that count. unnamed: those that no statement names too. Columns ``COLUMNS``; those named most first,
    then by name.
    """
    naming = mentioned.counts(keep)
    keys = dict.fromkeys([*naming, *(entities if unnamed else ())])
    nothing: Mapping[str, Any] = {}
    rows = [
        (
            key,
            str((row := entities.get(key, nothing)).get("name") or key),
            row.get("kind"),
            row.get("side"),
            naming.get(key, 0),
            speaking.get(key, 0),
        )
        for key in keys
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"kind": object, "side": object})
    return in_order(table, By.NAMING)


def in_order(table: pd.DataFrame, by: By) -> pd.DataFrame:
    """The rows of ``entity_table`` in an order; ties by name, then by identifier."""
    named = table.sort_values(["name", "entity_id"], kind="stable")
    if by is not By.NAME:
        named = named.sort_values(str(by), ascending=False, kind="stable")
    return named.reset_index(drop=True)
