"""Fewer dimensions that keep what tells statements of this field apart: principal components, fitted once and shipped.

``data/encoder/base-projection.npy`` is what ``benchmarks/fit_encoder.py`` makes of openly licensed speeches and
transcripts; ``data/MANIFEST.md`` says which.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.models import EncoderError, Model
from analysis.settings import ROOT

FOLDER = ROOT / "data" / "encoder"


@dataclass(frozen=True, slots=True)
class Projection:
    """Takes unit vectors of ``d`` dimensions to unit vectors of ``k``."""

    components: np.ndarray  # (d, k) float32, orthonormal columns, the most telling first
    centre: np.ndarray  # (d,) float32: the mean of the texts it was fitted on

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        """(n, d) float32 unit rows to (n, k) float32 unit rows."""
        reduced = (vectors - self.centre) @ self.components
        lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
        return np.asarray(reduced / np.maximum(lengths, 1e-9), dtype=np.float32)

    def rows(self) -> np.ndarray:
        """Centre and components as one array, as the file holds them: (1 + k, d) float32."""
        return np.vstack([self.centre[None], self.components.T]).astype(np.float32)


def load_projection(model: Model) -> Projection | None:
    """The model's projection; None where its vectors are used as they are.

    Raises EncoderError when the shipped file is missing or not the one pinned.
    """
    if model.projection is None:
        return None
    rows = read_pinned(FOLDER / model.projection, model.projection_sha256)
    return Projection(np.ascontiguousarray(rows[1:].T), rows[0])


def read_pinned(path: Path, sha256: str) -> np.ndarray:
    """The array in ``path``, read without pickle. Raises EncoderError when it is missing or not the one pinned."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"{path} cannot be read ({error.strerror}); restore it from the repository.") from error
    if found != sha256:
        raise EncoderError(f"{path} hashes to {found}, not to {sha256}; restore it from the repository.")
    rows: np.ndarray = np.load(path, allow_pickle=False).astype(np.float32)
    return rows
