"""Vectors kept by text and model, so that no text is ever encoded twice.

``<folder>/<model fingerprint>/<segment>.arrow`` are immutable files, each written beside its place and moved there
in one step: a reader sees a whole segment or none, a killed writer leaves at most a ``.part`` file, and
two writers at once add two segments. Each row carries a checksum; a damaged row counts as absent.
When many small segments have gathered, a writer merges them; whoever still reads them keeps what it has open.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import time
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from analysis.embedding import Encoder

_log = logging.getLogger(__name__)
_MANY = 64  # segments; from so many on, those below
_SMALL = 100_000  # rows are merged into one
_ABANDONED = 3600  # seconds after which a .part file is nobody's any more
_KEY_BYTES = 16  # of the text's SHA-256: two texts in 10^15 would share a key with chance below 10^-8


class Keyed(Protocol):
    """What vectors are kept by, beside their text: an encoder, or whatever else makes rows of numbers."""

    @property
    def fingerprint(self) -> str:
        """A name for what makes them, in letters that a folder can bear."""

    @property
    def dimensions(self) -> int:
        """Length of each row."""


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

    def get(self, encoder: Keyed, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
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

    def add(self, encoder: Keyed, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Keep ``vectors``, (n, d) float32, one a text, on disk before this returns.

        Raises OSError when the folder cannot be written.
        """
        if not texts:
            return
        folder = self._folder(encoder)
        folder.mkdir(parents=True, exist_ok=True)
        keys, first = np.unique(_keys(texts), return_index=True)
        rows = np.ascontiguousarray(vectors[first], dtype=np.float32)
        sums = np.array([_checksum(key, row) for key, row in zip(keys, rows, strict=True)], dtype=np.uint32)
        _write(_Segment(keys, rows, sums), folder)
        if len(list(folder.glob("*.arrow"))) >= _MANY:
            self._merge(encoder)

    def _merge(self, encoder: Keyed) -> None:
        """Put the rows of all small segments into one, then take those away: at no moment is a row in none.

        Two processes that merge at once leave two segments with the same rows, which the next merge joins.
        """
        folder = self._folder(encoder)
        small = {name: one for name, one in self._open(encoder).items() if len(one.keys) < _SMALL}
        if len(small) > 1:
            every = np.concatenate([one.keys for one in small.values()])
            keys, first = np.unique(every, return_index=True)
            vectors = np.concatenate([one.vectors for one in small.values()])[first]
            sums = np.concatenate([one.checksums for one in small.values()])[first]
            _write(_Segment(keys, vectors, sums), folder)
            for name in small:
                (folder / name).unlink(missing_ok=True)
        for part in folder.glob("*.part"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > _ABANDONED:
                    part.unlink()

    def _folder(self, encoder: Keyed) -> Path:
        return self.folder / encoder.fingerprint

    def _open(self, encoder: Keyed) -> dict[str, _Segment]:
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


def damage(folder: Path) -> list[str]:
    """What is wrong with the vectors kept in ``folder``, a sentence for each file that is damaged."""
    found = []
    for path in sorted(folder.glob("*/*.arrow")):
        segment = _read(path, None)
        if segment is None:
            found.append(f"{path.parent.name}/{path.name} cannot be read; remove it: its texts are encoded again")
            continue
        pairs = zip(segment.keys, segment.vectors, segment.checksums, strict=True)
        wrong = sum(_checksum(key, vector) != checksum for key, vector, checksum in pairs)
        if wrong:
            told = f"{wrong} of {len(segment.keys)} vectors are damaged; remove it: its texts are encoded again"
            found.append(f"{path.parent.name}/{path.name}: {told}")
    return found


def _keys(texts: Sequence[str]) -> np.ndarray:
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES] for text in texts)
    return np.array(list(digests), dtype=f"S{_KEY_BYTES}")


def _checksum(key: bytes, vector: np.ndarray) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(bytes(key)))


def _write(segment: _Segment, folder: Path) -> None:
    """Write ``segment`` to a new file in ``folder`` so that it is whole on disk or not there at all."""
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(segment.vectors.reshape(-1)), segment.vectors.shape[1])
    keys = pa.array([bytes(key).ljust(_KEY_BYTES, b"\0") for key in segment.keys], pa.binary(_KEY_BYTES))
    table = pa.table({"key": keys, "checksum": pa.array(segment.checksums, pa.uint32()), "vector": vectors})
    part = folder / f"{uuid.uuid4().hex}.part"
    try:
        with part.open("wb") as file:
            with pa.ipc.new_file(file, table.schema) as writer:
                writer.write_table(table)
            file.flush()
            os.fsync(file.fileno())
        part.replace(part.with_suffix(".arrow"))
        directory = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    finally:
        part.unlink(missing_ok=True)


def _read(path: Path, dimensions: int | None) -> _Segment | None:
    """The segment in ``path``; None, and a line in the log, where it cannot be read: its texts are encoded again.

    dimensions: of its vectors; None: whatever they have.
    """
    try:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
        keys = np.array(table["key"].to_pylist(), dtype=f"S{_KEY_BYTES}")
        vectors = (
            table["vector"]
            .chunk(0)
            .flatten()
            .to_numpy()
            .reshape(len(keys), dimensions or table["vector"].type.list_size)
        )
        return _Segment(keys, vectors, table["checksum"].to_numpy()) if len(keys) else None
    except (OSError, pa.ArrowException, KeyError, IndexError, ValueError) as error:
        _log.warning("vectors in %s cannot be read and will be computed again: %s", path, error)
        return None
