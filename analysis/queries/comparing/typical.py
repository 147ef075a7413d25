"""Typical statements of a group: those nearest to the middle of what it says, each of them different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.archive.served.vectors import cosines
from analysis.queries.meaning import Searchable, closeness, dimensions, vectors_of
from analysis.queries.ranking import DECIMALS, best_first

_CANDIDATES = 60  # nearest to the middle, among which different ones are looked for
_AT_ONCE = 50_000  # vectors summed at once
_DIFFERENCE = 0.7  # of a candidate's likeness to those already chosen, taken off its own closeness


@dataclass(frozen=True, slots=True)
class Typical:
    """A statement near the middle of its group."""

    row: int  # place in the release's table
    closeness: float  # cosine with the middle of the group: orders, and is no probability


def typical(release: Searchable, rows: np.ndarray, limit: int = 3) -> list[Typical]:
    """The statements at ``rows`` nearest to the mean of their vectors, most typical first, at most ``limit``.

    Each is chosen for being near the middle and unlike those before it: maximal marginal relevance, Carbonell and
    Goldstein (1998), "The use of MMR, diversity-based reranking for reordering documents and producing summaries".
    Nothing where the release has no vectors. Equal ones go by identifier.
    """
    if not dimensions(release) or not len(rows):
        return []
    middle = _middle(release, rows)
    near = closeness(release, middle, rows)
    ids = release.statements["statement_id"]
    first = np.array(best_first(near, ids, _CANDIDATES, rows))
    vectors, own = vectors_of(release, rows[first]), near[first]
    likest = np.zeros(len(first), dtype=np.float32)
    left = list(range(len(first)))
    chosen: list[int] = []
    while left and len(chosen) < limit:
        worth = np.round(own - _DIFFERENCE * likest, DECIMALS)
        best = max(left, key=lambda at: (worth[at], -at))
        chosen.append(best)
        left.remove(best)
        likest = np.maximum(likest, cosines(vectors, vectors[best]))
    return [Typical(int(rows[first[at]]), round(float(own[at]), DECIMALS)) for at in chosen]


def _middle(release: Searchable, rows: np.ndarray) -> np.ndarray:
    """The mean of the vectors at ``rows``, at unit length: (d,) float32."""
    total = np.zeros(dimensions(release), dtype=np.float64)
    for start in range(0, len(rows), _AT_ONCE):
        total += vectors_of(release, rows[start : start + _AT_ONCE]).sum(axis=0, dtype=np.float64)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
