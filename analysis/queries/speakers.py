"""Statements by speaker and day, in the orders in which pages list them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analysis.queries.codes import days_of


def on_day(statements: pd.DataFrame, day: date, *, without: int) -> np.ndarray:
    """Places of the statements of ``day`` but the one at ``without``, in the table's order."""
    of_day: np.ndarray = np.flatnonzero(days_of(statements) == np.datetime64(day))
    return np.asarray(of_day[of_day != without])


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
