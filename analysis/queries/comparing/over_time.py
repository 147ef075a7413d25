"""How often each of several groups speaks in each period, and what share of all it says that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.queries.timeline import Unit, period_days, period_name

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_MOST = 40  # periods that can be read side by side
_LEAST = 3  # statements in the mean of each, for a finer one than a year


def unit_for(days: np.ndarray) -> Unit:
    """The finest period in which ``days``, (n,) datetime64[D] with NaT, can be read; years else.

    There are at most ``_MOST`` of them, with ``_LEAST`` statements in the mean.
    """
    known = days[~np.isnat(days)]
    if not len(known):
        return Unit.YEAR
    months = known.astype("datetime64[M]").astype(np.int64)
    span = int(months.max() - months.min()) + 1
    for unit in (Unit.MONTH, Unit.QUARTER):
        periods = span / _MONTHS[unit]
        if periods <= _MOST and len(known) >= _LEAST * periods:
            return unit
    return Unit.YEAR


def over_time(
    days: np.ndarray, parts: Sequence[np.ndarray], wholes: Sequence[np.ndarray], unit: Unit
) -> list[pd.DataFrame]:
    """For each group its dated statements by period: every period from the first to the last of any group.

    days: (n,) datetime64[D] of the release's statements, NaT where not known. parts: rows of each group that are
    counted. wholes: rows that they are a share of. Columns: period, since, until, count, whole, share (count of
    whole, NaN where there is none). Undated statements have no period.
    """
    each = _MONTHS[unit]
    numbers = days.astype("datetime64[M]").astype(np.int64) // each
    known = ~np.isnat(days)
    dated_parts = [rows[known[rows]] for rows in parts]
    dated_wholes = [rows[known[rows]] for rows in wholes]
    every = [numbers[rows] for rows in (*dated_parts, *dated_wholes) if len(rows)]
    if not every:
        empty = pd.DataFrame({"period": [], "since": [], "until": [], "count": [], "whole": [], "share": []})
        return [empty for _ in parts]
    first, last = min(int(some.min()) for some in every), max(int(some.max()) for some in every)
    names = [
        period_name(np.datetime64(number * each, "M").astype("datetime64[D]").item(), unit)
        for number in range(first, last + 1)
    ]
    spans = [period_days(name) for name in names]

    def counted(rows: np.ndarray) -> np.ndarray:
        return np.bincount(numbers[rows] - first, minlength=len(names))

    made = []
    for part, whole in zip(dated_parts, dated_wholes, strict=True):
        counts, wholly = counted(part), counted(whole)
        shares = np.divide(counts, wholly, out=np.full(len(names), np.nan), where=wholly > 0)
        made.append(
            pd.DataFrame(
                {
                    "period": names,
                    "since": [since for since, _ in spans],
                    "until": [until for _, until in spans],
                    "count": counts,
                    "whole": wholly,
                    "share": shares,
                }
            )
        )
    return made
