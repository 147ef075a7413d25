"""Which statements table, as pages and queries hold it, is served from which files."""

from __future__ import annotations

import weakref

import pandas as pd

from analysis.archive.served.folder import Served

_attached: dict[int, tuple[weakref.ref[pd.DataFrame], Served]] = {}


def attach(statements: pd.DataFrame, served: Served) -> None:
    """Remember what ``statements``, this very table, is served from, as long as the table lives."""
    key = id(statements)
    _attached[key] = (weakref.ref(statements, lambda _: _attached.pop(key, None) and None), served)


def served_of(statements: pd.DataFrame) -> Served | None:
    """What this very table is served from; None for a small release's, or a part or copy of a table."""
    held = _attached.get(id(statements))
    return held[1] if held is not None and held[0]() is statements else None
