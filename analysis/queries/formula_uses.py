"""How often a formula is used in an archive, and when first and last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.queries.dates import as_day


@dataclass(frozen=True, slots=True)
class Uses:
    """One formula's uses in some statements."""

    statements: int  # that use it, undated ones included
    first_id: str | None  # the earliest dated one; of one day's, the first by identifier. None: none is dated
    first_on: date | None
    last_on: date | None


def uses(statements: pd.DataFrame) -> Mapping[str, Uses]:
    """Every formula that ``statements`` use, by its identifier."""
    each = statements[["statement_id", "said_on", "formulas"]].explode("formulas").dropna(subset=["formulas"])
    each = each.sort_values(["said_on", "statement_id"], na_position="last", kind="stable")
    found: dict[str, Uses] = {}
    for formula, rows in each.groupby("formulas", sort=True):
        first_on = as_day(rows["said_on"].iloc[0])
        first_id = str(rows["statement_id"].iloc[0]) if first_on else None
        found[str(formula)] = Uses(len(rows), first_id, first_on, as_day(rows["said_on"].max()))
    return found
