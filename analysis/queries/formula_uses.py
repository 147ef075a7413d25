"""How often a formula is used in an archive, and when first and last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.queries.codes import coded, days_of


@dataclass(frozen=True, slots=True)
class Uses:
    """One formula's uses in some statements."""

    statements: int  # that use it, undated ones included
    first_id: str | None  # the earliest dated one; of one day's, the first by identifier. None: none is dated
    first_on: date | None
    last_on: date | None


def uses_of(statements: pd.DataFrame, formula_id: str) -> Uses:
    """One formula's uses in a release's table: some milliseconds for 100,000 statements."""
    codes, lists = coded(statements, "formulas")
    has = np.fromiter((formula_id in formulas for formulas in lists), dtype=bool, count=len(lists))
    places = np.flatnonzero(has[codes]) if len(lists) else np.zeros(0, dtype=np.intp)
    days = days_of(statements)[places]
    dated = days[~np.isnat(days)]
    if not len(dated):
        return Uses(len(places), None, None, None)
    first = places[days == dated.min()]
    first_id = min(map(str, statements["statement_id"].iloc[first]))
    return Uses(len(places), first_id, dated.min().item(), dated.max().item())
