"""Statements by speaker and day, in the orders in which pages list them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd


def on_day(statements: pd.DataFrame, day: date, *, without: str) -> pd.DataFrame:
    """The statements of ``day`` but the one whose identifier is ``without``, by speaker, then by identifier."""
    of_day = statements[(statements["said_on"] == pd.Timestamp(day)) & (statements["statement_id"] != without)]
    return of_day.sort_values(["speaker_name", "statement_id"], na_position="last", kind="stable")


def newest_first(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements by day, newest first, one day's by identifier, undated ones last."""
    ordered = statements.sort_values("statement_id", kind="stable")
    return ordered.sort_values("said_on", ascending=False, na_position="last", kind="stable")


def newest_rows(days: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """``rows``, ascending places in the release's table, by day, newest first, undated ones last, one day's in order.

    days: (n,) datetime64[D] of the whole table, NaT where not known.
    """
    theirs = days[rows]
    return rows[np.argsort(np.where(np.isnat(theirs), 1, -theirs.astype(np.int64)), kind="stable")]
