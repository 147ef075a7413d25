"""Arrays grouped by key, end to end: the shape of postings; and how pieces of them are put together."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Grouped:
    """Values of each key, keys counted from 0: those of ``key`` are ``values[starts[key]:starts[key + 1]]``."""

    starts: np.ndarray  # (keys + 1,) int64
    values: tuple[np.ndarray, ...]  # each (entries,): what an entry holds, column by column

    def of(self, key: int) -> slice:
        """Where the entries of ``key`` stand; empty for a key beyond the last."""
        if not 0 <= key < len(self.starts) - 1:
            return slice(0, 0)
        return slice(int(self.starts[key]), int(self.starts[key + 1]))

    def count(self, key: int) -> int:
        """How many entries ``key`` has."""
        found = self.of(key)
        return int(found.stop) - int(found.start)


def grouped(keys: np.ndarray, values: tuple[np.ndarray, ...], size: int) -> Grouped:
    """Entries by key, in the order given within each. keys: (entries,) in [0, size)."""
    order = np.argsort(keys, kind="stable")
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
    return Grouped(starts, tuple(column[order] for column in values))


def joined(pieces: Sequence[Grouped], size: int, into: Sequence[Path] | None = None) -> Grouped:
    """The entries of all pieces by key, earlier pieces' first. into: a file for each column of values, mapped."""
    counts = [np.zeros(size, dtype=np.int64) for _ in pieces]
    for piece, counted in zip(pieces, counts, strict=True):
        counted[: len(piece.starts) - 1] = np.diff(piece.starts)
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.sum(counts, axis=0) if counts else np.zeros(size, np.int64), out=starts[1:])
    kinds = [column.dtype for column in pieces[0].values] if pieces else []
    columns = [empty(into[at] if into else None, (int(starts[-1]),), kind) for at, kind in enumerate(kinds)]
    free = starts[:-1].copy()
    for piece, counted in zip(pieces, counts, strict=True):
        # entry i of a key goes to the key's first free place + i
        places = np.repeat(free - np.concatenate([[0], np.cumsum(counted)[:-1]]), counted) + np.arange(counted.sum())
        for column, values in zip(columns, piece.values, strict=True):
            column[places] = values
        free += counted
    return Grouped(starts, tuple(columns))


def kept(piece: Grouped, keep: np.ndarray) -> Grouped:
    """The entries that ``keep``, (entries,) bool, says to keep."""
    before = np.concatenate([[0], np.cumsum(keep)])
    return Grouped(before[piece.starts].astype(np.int64), tuple(column[keep] for column in piece.values))


def save(folder: Path, name: str, array: np.ndarray) -> None:
    """Write an array so that ``load`` can map it."""
    np.save(folder / f"{name}.npy", array)


def load(folder: Path, name: str) -> np.ndarray:
    """The array ``name``, mapped: pages of the file are read when they are first looked at."""
    mapped: np.ndarray = np.load(folder / f"{name}.npy", mmap_mode="r")
    return mapped.view(np.ndarray)


def let_go(mapped: object) -> None:
    """Give back the memory of a mapped file, or of the array on it; the next look maps it anew."""
    while isinstance(mapped, np.ndarray):
        mapped = mapped.base
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def empty(path: Path | None, shape: tuple[int, ...], kind: npt.DTypeLike) -> np.ndarray:
    """A new array to fill: the file ``path``, mapped, or in memory where that is None."""
    if path is None or 0 in shape:
        made = np.empty(shape, dtype=kind)
        if path is not None:
            np.save(path, made)
        return made
    return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)
