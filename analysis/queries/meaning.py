"""Closeness in meaning between a question and every statement of a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.archive.served.vectors import cosines
from analysis.messages import message


class Searchable(Protocol):
    """What search asks of a release. A ``Release`` also has ``dimensions``, ``closeness`` and ``vectors_at``,
    which a large one answers without reading all of its vectors.
    """

    @property
    def statements(self) -> pd.DataFrame:
        """The statements table, without vectors."""

    def vectors(self) -> tuple[Sequence[str], np.ndarray]:
        """Statement ids and their unit vectors, (n, d) float32, in the table's order; (0, 0) without an encoder."""


def dimensions(release: Searchable) -> int:
    """Length of the release's vectors; 0 when it was built without an encoder."""
    known = getattr(release, "dimensions", None)
    return int(known if known is not None else release.vectors()[1].shape[1])


def closeness(
    release: Searchable, query: np.ndarray, rows: np.ndarray | None = None, line: float | None = None
) -> np.ndarray:
    """Cosine of ``query``, (d,), with each statement at ``rows``, ascending places in the table; None: with every one.

    line: a cosine on whose right side each must be, though a large release is looked through roughly.
    Raises ValueError when d is not the release's, or its vectors are not those of its statements.
    """
    if dimensions(release) != len(query):
        raise ValueError(
            message(
                "the encoder makes vectors of {made} dimensions, this release has {held}: open it with the encoder it "
                "was built with, or build again",
                made=len(query),
                held=dimensions(release),
            )
        )
    if hasattr(release, "closeness"):
        scores: np.ndarray = release.closeness(query, rows, line)
    else:
        vectors = release.vectors()[1]
        scores = cosines(vectors if rows is None else vectors[rows], query)
    if rows is None and len(scores) != len(release.statements):
        raise ValueError(
            message(
                "the release has {statements} statements but {vectors} vectors; run check on it",
                statements=len(release.statements),
                vectors=len(scores),
            )
        )
    return scores


def vector_at(release: Searchable, row: int) -> np.ndarray:
    """The vector of the statement at ``row`` of the table: (d,) float32."""
    return np.asarray(vectors_of(release, np.array([row]))[0])


def vectors_of(release: Searchable, rows: np.ndarray) -> np.ndarray:
    """The vectors of the statements at ``rows`` of the table: (m, d) float32."""
    if hasattr(release, "vectors_at"):
        return np.asarray(release.vectors_at(rows))
    return np.asarray(release.vectors()[1][rows])
