"""Cosine of a question with every statement: exact for smaller tables, by bytes and then exactly for large ones.

A vector is kept twice: as 16-bit floats (rounding changes a cosine by some 1e-5), and as bytes with one scale a row,
a quarter of the memory and fast to multiply with. A large table is searched by its bytes; the cosines of
what comes out best are then computed from the 16-bit floats.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from analysis.archive.served.arrays import load

BY_BYTES = 100_000  # rows from which on bytes, a quarter of the memory, are looked through first; set by judgement
REFINED = 1_000  # of the closest by bytes, whose cosines are computed anew


class Vectors:
    """The unit vectors of a table."""

    def __init__(self, file: Path, scaled: np.ndarray, scales: np.ndarray) -> None:
        self.floats = np.load(file, mmap_mode="r").view(np.ndarray)  # (n, d) float16
        self._handle = file.open("rb")
        self._begins = file.stat().st_size - self.floats.nbytes
        self._scaled = scaled  # (n, d) int8
        self._scales = scales  # (n,) float32
        self._for_torch: Any = None
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
        read = b"".join(os.pread(handle, width, self._begins + int(place) * width) for place in places)
        return np.frombuffer(read, dtype=np.float16).reshape(len(places), -1).astype(np.float32)

    def closeness(self, query: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Cosine of ``query``, (d,) float32, with each of ``rows``, ascending places; with all when None.

        Where there are many rows, cosines below those of the closest thousand are right to about 0.005.
        """
        if self._whole is not None:
            return cosines(self._whole if rows is None else self._whole[rows], query)
        if rows is not None and len(rows) < len(self.floats) // 16:
            scores: np.ndarray = cosines(self._scaled[rows].astype(np.float32), query) * self._scales[rows]
        else:
            scores = self._by_bytes(query) if rows is None else self._by_bytes(query)[rows]
        best = most(scores, REFINED)
        scores[best] = cosines(self.rows(best if rows is None else rows[best]), query)
        return scores

    def _by_bytes(self, query: np.ndarray) -> np.ndarray:
        import torch

        if self._for_torch is None:
            self._for_torch = torch.from_numpy(self._scaled), torch.from_numpy(np.array(self._scales)).bfloat16()
        asked = torch.from_numpy(np.ascontiguousarray(query))[None].bfloat16()
        product = torch._weight_int8pack_mm(asked, *self._for_torch)[0]
        upper: np.ndarray = product.view(torch.uint16).numpy().astype(np.uint32)
        whole: np.ndarray = np.left_shift(upper, 16, out=upper).view(np.float32)  # bfloat16 is a float's upper half
        return whole


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
    scaled = _file(folder, "vectors_scaled", np.int8, (rows, dimensions))
    scales = _file(folder, "vector_scales", np.float32, (rows,))
    at = 0
    for piece in pieces:
        part = slice(at, at + len(piece))
        floats[part] = piece
        largest = np.maximum(np.abs(piece).max(axis=1), 1e-9) / 127 if len(piece) else np.zeros(0)
        scales[part] = largest
        scaled[part] = np.round(piece / largest[:, None])
        at += len(piece)


def open_vectors(folder: Path) -> Vectors | None:
    """The vectors in ``folder``, mapped; None where the release has none."""
    if not (folder / "vectors.npy").exists():
        return None
    scaled = np.load(folder / "vectors_scaled.npy", mmap_mode="c").view(np.ndarray)  # torch asks for writable arrays
    return Vectors(folder / "vectors.npy", scaled, load(folder, "vector_scales"))


def _file(folder: Path, name: str, kind: type, shape: tuple[int, ...]) -> np.ndarray:
    if 0 in shape:
        np.save(folder / f"{name}.npy", np.empty(shape, dtype=kind))
        return np.empty(shape, dtype=kind)
    return np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
