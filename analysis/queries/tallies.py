"""How many of some statements hold each value of a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.queries.codes import coded


def tally(statements: pd.DataFrame, column: str, rows: np.ndarray) -> list[tuple[str, int]]:
    """Each value of ``column`` with how many of the statements at ``rows`` hold it; most first, equal counts by value.

    rows: places in the release's table. A statement counts once for each value of its list; those without any are
    not counted. A few ms for 100,000 statements.
    """
    codes, values = coded(statements, column)
    counted: Counter[str] = Counter()
    for code, count in enumerate(np.bincount(codes[rows], minlength=len(values)).tolist()):
        if count:
            for value in _words(values[code]):
                counted[value] += count
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _words(value: object) -> set[str]:
    if isinstance(value, str):
        return {value} if value else set()
    return {str(each) for each in value if each} if isinstance(value, Iterable) else set()
