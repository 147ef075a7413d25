"""The folder of what one statements table is served from, its making and its opening."""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.archive.files import hash_files
from analysis.archive.rows import EMBEDDING
from analysis.archive.served.columns import Columns, make_columns, open_columns
from analysis.archive.served.vectors import Vectors, open_vectors, write_vectors
from analysis.archive.served.words import Postings, Text, index_words, open_postings

if TYPE_CHECKING:
    from analysis.archive.storage import Storage

LARGE = 20_000  # statements from which on a release is served from files; smaller ones are read whole
_VERSION = 4  # of the files' format and of how words are told apart: raise it when either changes
SEAL = "whole.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """One statements table as it is served. Everything is in the table's order."""

    columns: Columns
    words: Postings
    vectors: Vectors | None  # None: the release has no encoder


def open_served(archive: Path, digest: str) -> Served | None:
    """What the statements table of this digest is served from; None where it was not made or is damaged."""
    folder = _folder(archive, digest)
    if not (folder / SEAL).exists():
        return None
    try:
        return Served(open_columns(folder), open_postings(folder), open_vectors(folder))
    except (OSError, ValueError, KeyError, IndexError, pa.ArrowException) as error:
        _log.warning("%s cannot be read and is made again: %s", folder, error)
        return None


def make_served(
    archive: Path,
    digest: str,
    rows: Iterable[pa.RecordBatch],
    count: int,
    dimensions: int,
    before: Served | None = None,
    keep: np.ndarray | None = None,
) -> None:
    """Make what the statements table of ``digest`` is served from; nothing where it is there.

    rows: the statements, with embeddings where ``dimensions`` is not 0, in pieces. They come after those of ``before``
    that ``keep``, (n,) bool, says to keep: what an older release has is copied. count: statements altogether.
    Takes about 0.1 ms a new statement and 1 s for 100,000 copied ones. Raises OSError where it cannot be written.
    """
    folder = _folder(archive, digest)
    if open_served(archive, digest) is not None:
        return
    with _aside(folder) as aside:
        pieces = _Pieces(rows, dimensions)
        if dimensions:
            write_vectors(aside, _vectors(pieces, before, keep), count, dimensions)
        else:
            pieces.read()
        columns = make_columns(pieces.kept, before.columns if before else None, keep)
        columns.save(aside)
        texts = (text for batch in pieces.kept for text in _texts(batch))
        index_words(texts, before.words if before else None, keep, into=aside).save(aside)
        states = hash_files(aside, (path.name for path in aside.iterdir()), to_disk=True)
        sealed = {name: [state.size, state.sha256] for name, state in states.items()}
        (aside / SEAL).write_text(json.dumps(sealed, indent=1), encoding="utf-8")


def damage(store: Storage) -> Iterator[str]:
    """What is wrong with the served files of an archive, a sentence for each folder that is damaged."""
    for seal in sorted(name for name in store.names("served") if name.endswith(f"/{SEAL}")):
        folder = seal.removesuffix(f"/{SEAL}")
        try:
            sealed = {f"{folder}/{name}": state for name, state in json.loads(store.read(seal)).items()}
            found = store.states(sealed)
            wrong = [name for name, state in found.items() if [state.size, state.sha256] != sealed[name]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            wrong = [str(error)]
        if wrong:
            listed = ", ".join(each.removeprefix(f"{folder}/") for each in wrong[:3])
            yield (
                f"{folder.removeprefix('served/')} is damaged ({listed}); remove it: it is made again when it is missed"
            )


def unused(names: Iterable[str], digests: Iterable[str]) -> set[str]:
    """Those of the served files ``names`` that belong to none of these statements tables, or to a stopped writer."""
    wanted = tuple(f"{part_of(digest)}/" for digest in digests)
    return {name for name in names if not name.startswith(wanted)}


def part_of(digest: str) -> str:
    """Where in an archive lies what the statements table of this digest is served from."""
    return f"served/{digest[:20]}-{_VERSION}"


def _folder(archive: Path, digest: str) -> Path:
    return archive / part_of(digest)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``folder`` in one step when all went well."""
    aside = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.part")
    aside.mkdir(parents=True)
    try:
        yield aside
        if folder.exists():  # damaged, or made by another process meanwhile
            shutil.rmtree(folder, ignore_errors=True)
        try:
            aside.rename(folder)
        except OSError:
            if not (folder / SEAL).exists():
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Pieces:
    """Batches read once: their vectors go on, the rest of them is kept."""

    def __init__(self, rows: Iterable[pa.RecordBatch], dimensions: int) -> None:
        self._rows, self._dimensions = rows, dimensions
        self.kept: list[pa.RecordBatch] = []

    def read(self) -> None:
        """Read all."""
        self.kept.extend(self._rows)

    def vectors(self) -> Iterator[np.ndarray]:
        """The embeddings of every batch, (m, d) float32."""
        for batch in self._rows:
            column = batch.column(batch.schema.get_field_index(EMBEDDING))
            yield column.flatten().to_numpy(zero_copy_only=False).reshape(len(batch), self._dimensions)
            self.kept.append(batch.drop_columns([EMBEDDING]))


def _vectors(pieces: _Pieces, before: Served | None, keep: np.ndarray | None) -> Iterator[np.ndarray]:
    if before is not None and before.vectors is not None:
        floats = before.vectors.floats
        places = np.arange(len(floats)) if keep is None else np.flatnonzero(keep)
        for start in range(0, len(places), 16_384):
            yield floats[places[start : start + 16_384]].astype(np.float32)
    yield from pieces.vectors()


def _texts(batch: pa.RecordBatch) -> Iterator[Text]:
    names = ("text", "speaker_name", "office", "via", "source_publisher", "source_title", "said_on")
    columns = [batch.column(batch.schema.get_field_index(name)).to_pylist() for name in names]
    for said, speaker, office, via, publisher, title, day in zip(*columns, strict=True):
        about = " \n ".join(each for each in (office, via, publisher, title) if each)
        yield Text(said or "", speaker or "", f"{about} \n {day.day} {day:%B %Y}" if day else about)
