"""Rows of a table as plain values by column name."""

from __future__ import annotations

from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows(statements: pd.DataFrame) -> list[Row]:
    """Each row of a frame by column name."""
    names = [str(name) for name in statements.columns]
    columns = [statements.iloc[:, at].tolist() for at in range(len(names))]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
