"""Pairs of statements, one from each of two groups, that are closest in meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.archive.served.vectors import cosines
from analysis.queries.meaning import Searchable, dimensions, vectors_of
from analysis.queries.ranking import DECIMALS

AT_ONCE = 4_000_000  # pairs that a page compares unasked: some 0.1 s of processor time at 256 dimensions
_BLOCK = 1_024  # statements of the first group whose cosines are held at once
_CANDIDATES = 40  # times the pairs asked for: a statement that is near many stands in one pair only
_ROUNDING = 1e-4  # a matrix product differs from the cosine in the last bits


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements close in meaning, as places in the release's table."""

    row: int  # of the first group
    other: int  # of the second
    cosine: float  # no probability


def nearest_pairs(release: Searchable, rows: np.ndarray, others: np.ndarray, limit: int = 5) -> list[Pair]:
    """The closest pairs between two groups, closest first, each statement in one pair at most.

    rows, others: places of the statements of two groups that share none. Every pair is compared, exactly; equal ones
    go by identifier, so that the same pairs come every time. Costs rows × others × dimensions multiplications.
    """
    if not dimensions(release) or not len(rows) or not len(others):
        return []
    first, second = vectors_of(release, rows), vectors_of(release, others)
    best = _closest(first, second, limit * _CANDIDATES)
    exact = np.round([float(cosines(first[[one]], second[two])[0]) for one, two in best], DECIMALS)
    ids = release.statements["statement_id"]
    names = (ids.iloc[rows[[one for one, _ in best]]], ids.iloc[others[[two for _, two in best]]])
    ordered = sorted(zip(-exact, *names, best, strict=True))
    used: set[tuple[str, int]] = set()
    pairs: list[Pair] = []
    for negative, _, _, (one, two) in ordered:
        if ("first", one) in used or ("second", two) in used:
            continue
        used |= {("first", one), ("second", two)}
        pairs.append(Pair(int(rows[one]), int(others[two]), -float(negative)))
        if len(pairs) == limit:
            break
    return pairs


def _closest(first: np.ndarray, second: np.ndarray, count: int) -> list[tuple[int, int]]:
    """Places of at least the ``count`` closest pairs, or of all where there are fewer."""
    scores, places = np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
    least = -np.inf  # what the closest found so far reach
    for start, block in _blocks(first, second):
        flat = block.ravel()
        here = np.flatnonzero(flat >= least)
        scores, places = np.concatenate([scores, flat[here]]), np.concatenate([places, here + start * len(second)])
        least = _least(scores, count)
        stays = scores >= least
        scores, places = scores[stays], places[stays]
    return [(int(at // len(second)), int(at % len(second))) for at in places]


def _blocks(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    for start in range(0, len(first), _BLOCK):
        yield start, first[start : start + _BLOCK] @ second.T


def _least(scores: np.ndarray, count: int) -> float:
    """What the ``count`` highest scores reach, less what rounding may cost."""
    if len(scores) <= count:
        return -np.inf
    return float(np.partition(scores, len(scores) - count)[len(scores) - count]) - _ROUNDING


def pairs_to_compare(rows: np.ndarray, others: np.ndarray) -> int:
    """How many pairs there are."""
    return len(rows) * len(others)


def days_apart(statements: pd.DataFrame, pair: Pair) -> int | None:
    """Days from the first statement of a pair to the second; None where either is undated."""
    days = statements["said_on"].iloc[[pair.row, pair.other]]
    return None if days.isna().any() else int((days.iloc[1] - days.iloc[0]).days)
