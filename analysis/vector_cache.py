"""Vectors kept by text and model, so that no text is ever encoded twice.

``<folder>/<model fingerprint>/<segment>.arrow`` are immutable files, each written beside its place and moved there
in one step: a reader sees a whole segment or none, a killed writer leaves at most a ``.part`` file, and
two writers at once add two segments. Each row carries a checksum; a damaged row counts as absent.
"""

from __future__ import annotations

import hashlib
import logging
import os
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from analysis.embedding import Encoder

_log = logging.getLogger(__name__)
_KEY_BYTES = 16  # of the text's SHA-256: two texts in 10^15 would share a key with chance below 10^-8


@dataclass(frozen=True, slots=True)
class _Segment:
    """One file: sorted keys, and per key a vector and its checksum."""

    keys: np.ndarray  # (n,) S16, ascending
    vectors: np.ndarray  # (n, d) float32, mapped from the file
    checksums: np.ndarray  # (n,) uint32


@dataclass(slots=True)
class VectorCache:
    """Vectors by text and model in ``folder``, for encoders of any dimension. Processes may share the folder."""

    folder: Path
    _segments: dict[str, dict[str, _Segment]] = field(default_factory=dict, repr=False)  # fingerprint → file → segment

    def get(self, encoder: Encoder, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Vectors of the texts that are held, and which those are.

        Returns ((n, d) float32, (n,) bool): rows of texts that are not held are zero.
        """
        vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
        held = np.zeros(len(texts), dtype=bool)
        if not texts:
            return vectors, held
        keys = _keys(texts)
        for segment in self._open(encoder).values():
            wanted = np.flatnonzero(~held)
            if not len(wanted):
                break
            places = np.minimum(np.searchsorted(segment.keys, keys[wanted]), len(segment.keys) - 1)
            found = segment.keys[places] == keys[wanted]
            for row, place in zip(wanted[found], places[found], strict=True):
                vector = segment.vectors[place]
                if _checksum(keys[row], vector) == segment.checksums[place]:
                    vectors[row] = vector
                    held[row] = True
        return vectors, held

    def add(self, encoder: Encoder, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Keep ``vectors``, (n, d) float32, one a text, on disk before this returns.

        Raises OSError when the folder cannot be written.
        """
        if not texts:
            return
        folder = self._folder(encoder)
        folder.mkdir(parents=True, exist_ok=True)
        keys, first = np.unique(_keys(texts), return_index=True)
        rows = np.ascontiguousarray(vectors[first], dtype=np.float32)
        sums = [_checksum(key, row) for key, row in zip(keys, rows, strict=True)]
        table = pa.table(
            {
                "key": pa.array([bytes(key).ljust(_KEY_BYTES, b"\0") for key in keys], pa.binary(_KEY_BYTES)),
                "checksum": pa.array(sums, pa.uint32()),
                "vector": pa.FixedSizeListArray.from_arrays(pa.array(rows.reshape(-1)), rows.shape[1]),
            }
        )
        _write(table, folder / f"{uuid.uuid4().hex}.arrow")

    def _folder(self, encoder: Encoder) -> Path:
        return self.folder / encoder.fingerprint

    def _open(self, encoder: Encoder) -> dict[str, _Segment]:
        """Every readable segment of the encoder's folder by file name, in name order; new ones are picked up."""
        known = self._segments.setdefault(encoder.fingerprint, {})
        folder = self._folder(encoder)
        present = sorted(path.name for path in folder.glob("*.arrow")) if folder.is_dir() else []
        opened = {name: known.get(name) or _read(folder / name, encoder.dimensions) for name in present}
        self._segments[encoder.fingerprint] = {name: segment for name, segment in opened.items() if segment}
        return self._segments[encoder.fingerprint]


def read_vectors(cache: VectorCache | None, encoder: Encoder, texts: Sequence[str]) -> tuple[np.ndarray, list[int]]:
    """Vectors of ``texts`` so far as ``cache`` holds them, (n, d) float32, and the rows it does not hold."""
    if cache is None:
        return np.zeros((len(texts), encoder.dimensions), dtype=np.float32), list(range(len(texts)))
    vectors, held = cache.get(encoder, texts)
    return vectors, [int(row) for row in np.flatnonzero(~held)]


def _keys(texts: Sequence[str]) -> np.ndarray:
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES] for text in texts)
    return np.array(list(digests), dtype=f"S{_KEY_BYTES}")


def _checksum(key: bytes, vector: np.ndarray) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(bytes(key)))


def _write(table: pa.Table, path: Path) -> None:
    """Write ``table`` so that ``path`` is whole on disk or not there at all."""
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            with pa.ipc.new_file(file, table.schema) as writer:
                writer.write_table(table)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        part.unlink(missing_ok=True)


def _read(path: Path, dimensions: int) -> _Segment | None:
    """The segment in ``path``; None, and a line in the log, where it cannot be read: its texts are encoded again."""
    try:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
        keys = np.array(table["key"].to_pylist(), dtype=f"S{_KEY_BYTES}")
        vectors = table["vector"].chunk(0).flatten().to_numpy().reshape(len(keys), dimensions)
        return _Segment(keys, vectors, table["checksum"].to_numpy()) if len(keys) else None
    except (OSError, pa.ArrowException, KeyError, IndexError, ValueError) as error:
        _log.warning("vectors in %s cannot be read and will be computed again: %s", path, error)
        return None
