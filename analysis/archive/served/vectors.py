"""Cosine of a question with every statement: exact for smaller tables, by leading bytes first for large ones.

A vector is kept twice: as 16-bit floats (rounding changes a cosine by some 1e-5), and as the 128 coordinates that
tell this table's vectors apart most (its principal axes), in bytes with one scale a row: an eighth of the memory
for "base". A large table is searched by these; the cosines of what comes out best are then computed from the floats.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import simsimd

from analysis.archive.served.arrays import load

BY_BYTES = 100_000  # rows from which on leading bytes are looked through first; set by judgement
LEADING = 128  # coordinates of these; 96 would do for recall, but what is not refined is then further off
REFINED = 1_000  # of the closest by bytes, whose cosines are computed anew
NEAR = 1.2  # times the largest error among these: cosines so near to a line that is drawn are computed anew too
_SAMPLED = 20_000  # rows that the axes are fitted on
_PIECE = 1 << 16  # rows turned, or computed anew, at once
_THREADS = min(2, len(os.sched_getaffinity(0)))  # memory is what it waits for; more would only take it from others


class Vectors:
    """The unit vectors of a table."""

    def __init__(self, file: Path, leading: np.ndarray, scales: np.ndarray, axes: np.ndarray) -> None:
        self.floats = np.load(file, mmap_mode="r").view(np.ndarray)  # (n, d) float16
        self._handle = file.open("rb")
        self._begins = file.stat().st_size - self.floats.nbytes
        self._leading = leading  # (n, k) int8
        self._scales = scales  # (n,) float32
        self._axes = axes  # (d, k) float32
        self._whole = self.floats.astype(np.float32) if len(self.floats) < BY_BYTES else None

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        return int(self.floats.shape[1])

    def rows(self, places: np.ndarray) -> np.ndarray:
        """The vectors at ``places``: (m, d) float32."""
        if self._whole is not None:
            return np.asarray(self._whole[places])
        if len(places) > 4 * REFINED:
            return np.asarray(self.floats[places], dtype=np.float32)
        # Read, not looked at in the mapped file: Linux maps sixteen pages around each, soon all of the file.
        width, handle = 2 * self.dimensions, self._handle.fileno()
        read = b"".join([os.pread(handle, width, self._begins + place * width) for place in places.tolist()])
        return np.frombuffer(read, dtype=np.float16).reshape(len(places), -1).astype(np.float32)

    def closeness(self, query: np.ndarray, rows: np.ndarray | None = None, line: float | None = None) -> np.ndarray:
        """Cosine of ``query``, (d,) float32, with each of ``rows``, ascending places; with all when None.

        line: from which cosine on something is to be found. Where there are many rows, cosines below those of the
        closest thousand are right to about 0.01, but always on the right side of it.
        """
        if self._whole is not None:
            return cosines(self._whole if rows is None else self._whole[rows], query)
        if rows is not None and len(rows) <= REFINED:
            return cosines(self.rows(rows), query)
        if rows is not None and len(rows) < len(self.floats) // 8:
            scores = _products(query @ self._axes, self._leading[rows], self._scales[rows])
        else:
            every = _products(query @ self._axes, self._leading, self._scales)
            scores = every if rows is None else np.take(every, rows)
        best = most(scores, REFINED)
        exact = self.exactly(query, best if rows is None else rows[best])
        wrong = float(np.abs(scores[best] - exact).max(initial=0.0))
        scores[best] = exact
        if line is not None:
            near = np.setdiff1d(np.flatnonzero(np.abs(scores - line) <= NEAR * wrong), best, assume_unique=True)
            for start in range(0, len(near), _PIECE):  # these may be many
                some = near[start : start + _PIECE]
                scores[some] = self.exactly(query, some if rows is None else rows[some])
        return scores

    def exactly(self, query: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Cosine of ``query``, (d,) float32, with each of ``rows``, from all of their coordinates."""
        return cosines(self.rows(rows), query)


def _products(turned: np.ndarray, leading: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """The product of ``turned``, (k,) float32, with each of ``leading``, (n, k) int8, times ``scales``: (n,) float32.

    The question is rounded to bytes as well, which moves a cosine by less than 0.001. Sums of whole numbers: equal
    rows give equal bits.
    """
    scale = np.float32(max(float(np.abs(turned).max()), 1e-9) / 127)
    asked = np.round(turned / scale).astype(np.int8)[None]
    sums = np.empty((1, len(leading)), dtype=np.float32)
    if len(leading):
        simsimd.cdist(asked, leading, "dot", dtype="int8", out_dtype="float32", out=sums, threads=_THREADS)
    sums *= scale
    sums *= scales
    return np.asarray(sums[0])


def cosines(vectors: np.ndarray, query: np.ndarray) -> np.ndarray:
    """The product of each of ``vectors``, (n, d) float32, with ``query``, (d,) float32: (n,) float32.

    Equal rows give equal bits wherever they stand, as a matrix product does not: its blocks and threads add up in
    different orders. So statements of the same words tie, and go by id, in every release and with every filter.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, query))


def most(scores: np.ndarray, count: int) -> np.ndarray:
    """Places of at least the ``count`` highest scores, and of few more, ascending; all places where there are fewer.

    The scores are dealt into heaps; ``count`` of them have a highest score no lower than that of the ``count``-th
    best heap, so at least ``count`` scores reach it: one quick pass and a small sort.
    """
    if len(scores) <= count:
        return np.arange(len(scores))
    heaps = 8 * count
    if len(scores) <= 2 * heaps:
        return np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[len(scores) - count])
    deep = len(scores) // heaps
    tops = scores[: deep * heaps].reshape(deep, heaps).max(axis=0)
    return np.flatnonzero(scores >= np.partition(tops, heaps - count)[heaps - count])


def write_vectors(folder: Path, pieces: Iterable[np.ndarray], rows: int, dimensions: int) -> None:
    """Write vectors, (m, d) float32 unit rows a piece, as ``open_vectors`` maps them. rows: of all pieces together."""
    floats = _file(folder, "vectors", np.float16, (rows, dimensions))
    at = 0
    for piece in pieces:
        floats[at : at + len(piece)] = piece
        at += len(piece)
    write_leading(folder, floats)


def write_leading(folder: Path, floats: np.ndarray) -> None:
    """Write the leading coordinates of the vectors ``floats``, (n, d) float16. About 2 s a million."""
    axes = _principal(floats)
    leading = _file(folder, "vectors_leading", np.int8, (len(floats), axes.shape[1]))
    scales = _file(folder, "leading_scales", np.float32, (len(floats),))
    np.save(folder / "leading_axes.npy", axes)
    for start in range(0, len(floats), _PIECE):
        part = slice(start, start + _PIECE)
        turned = floats[part].astype(np.float32) @ axes
        largest = np.maximum(np.abs(turned).max(axis=1), 1e-9) / np.float32(127)
        scales[part] = largest
        leading[part] = np.round(turned / largest[:, None])


def _principal(floats: np.ndarray) -> np.ndarray:
    """The axes along which the vectors differ from zero most, the most telling first: (d, k) float32, orthonormal."""
    sample = floats[:: max(1, len(floats) // _SAMPLED)].astype(np.float64)
    _, axes = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(axes[:, ::-1][:, :LEADING], dtype=np.float32)


def open_vectors(folder: Path) -> Vectors | None:
    """The vectors in ``folder``, mapped; None where the release has none."""
    if not (folder / "vectors.npy").exists():
        return None
    leading, scales = load(folder, "vectors_leading"), load(folder, "leading_scales")
    return Vectors(folder / "vectors.npy", leading, scales, np.load(folder / "leading_axes.npy"))


def _file(folder: Path, name: str, kind: type, shape: tuple[int, ...]) -> np.ndarray:
    if 0 in shape:
        np.save(folder / f"{name}.npy", np.empty(shape, dtype=kind))
        return np.empty(shape, dtype=kind)
    return np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
