"""A statements table's columns by number, so that counting and filtering touch no statement."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.archive.served.attached import served_of

UNKNOWN = "unknown"  # the value of a facet that a statement without one has
BANDS = ("low", "fair", "high")  # of confidence
FAIR, HIGH = 0.6, 0.8  # from which on a confidence, a probability, is called so

Coded = tuple[np.ndarray, list[Any]]
ByWord = dict[str, list[int]]
_kept: dict[int, tuple[weakref.ref[pd.DataFrame], dict[str, Coded], dict[str, ByWord]]] = {}
_lock = threading.Lock()


def coded(statements: pd.DataFrame, column: str) -> Coded:
    """A column whose values recur, by number: each statement's place in the list of different values, and that list.

    Confidence is coded by band. Both are kept as long as this very table lives: never change one.
    """
    served = served_of(statements)
    if served is not None and column in served.columns.codes:
        return served.columns.codes[column], served.columns.values[column]
    with _lock:
        columns, _ = _of(statements)
        if column not in columns:
            columns[column] = _code(statements[column])
        return columns[column]


def values_by_word(statements: pd.DataFrame, column: str) -> ByWord:
    """For each word that a value of the column holds, the places of those values; kept as ``coded`` is."""
    _, values = coded(statements, column)
    with _lock:
        _, known = _of(statements)
        if column not in known:
            known[column] = {}
            for place, value in enumerate(values):
                for word in words_in(value):
                    known[column].setdefault(word, []).append(place)
        return known[column]


def _of(statements: pd.DataFrame) -> tuple[dict[str, Coded], dict[str, ByWord]]:
    """What is kept of this very table; called with the lock held."""
    key = id(statements)
    held = _kept.get(key)
    if held is None or held[0]() is not statements:
        held = _kept[key] = weakref.ref(statements, lambda _: _kept.pop(key, None) and None), {}, {}
    return held[1], held[2]


def days_of(statements: pd.DataFrame) -> np.ndarray:
    """The day of every statement: (n,) datetime64[D], NaT where it is not known."""
    served = served_of(statements)
    return served.columns.days("said_on") if served else statements["said_on"].to_numpy(dtype="datetime64[D]")


def words_in(value: object) -> tuple[str, ...]:
    """What a statement's value in a facet's column holds: its word or words, ``UNKNOWN`` where there is none."""
    return (value,) if isinstance(value, str) else _texts(value) or (UNKNOWN,)


def _code(column: pd.Series[Any]) -> Coded:
    if column.dtype.kind == "f":
        return np.digitize(column.to_numpy(dtype=np.float64), (FAIR, HIGH)), list(BANDS)
    known: dict[Any, int] = {}
    made = (value if isinstance(value, str) else _texts(value) for value in column)
    codes = np.fromiter((known.setdefault(value, len(known)) for value in made), dtype=np.int32, count=len(column))
    return codes, list(known)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value if each) if isinstance(value, Iterable) else ()
