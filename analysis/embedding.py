"""Sentence encoders: verified weights, unit vectors, each distinct text encoded once.

``analysis/models.py`` has the encoders by name, ``analysis/weights.py`` the ways to their files. Importing this
module is cheap; PyTorch is loaded with the first encoder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from analysis.grouping.alignment import Tokens
from analysis.models import MODELS, EncoderError, Model
from analysis.projection import Projection, load_projection
from analysis.terminal import say
from analysis.vector_cache import VectorCache, read_vectors
from analysis.weights import find_weights

__all__ = ["MODELS", "Encoder", "EncoderError", "Model", "VectorCache", "embed", "load_encoder"]

Progress = Callable[[int, int], None]  # called with (texts done, texts in all)

_BATCH = 32  # texts; larger ones gain nothing on two cores and hold the lock longer
_PIECE = 4096  # texts that are sorted by length together, and kept when they are encoded
_MOST_THREADS = 8  # small matrices: more threads only wait for each other


class Encoder(Protocol):
    """What turns texts into vectors. A server's threads may share one."""

    def __hash__(self) -> int:
        """An encoder can be a key: query vectors are kept by encoder and text."""

    @property
    def name(self) -> str:
        """The name it was asked for by: "base", "small", or a model's name or folder."""

    @property
    def fingerprint(self) -> str:
        """Name and content of the model in letters that a folder can bear; vectors of equal fingerprint compare."""

    @property
    def dimensions(self) -> int:
        """Length of each vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given: (n, d) float32."""


class SentenceEncoder:
    """A sentence-transformers model behind the :class:`Encoder` interface; what builds use."""

    def __init__(self, name: str, fingerprint: str, model: Any, projection: Projection | None = None) -> None:  # noqa: ANN401
        self.name = name
        self.fingerprint = fingerprint
        self.model = model
        self.projection = projection
        self._lock = threading.Lock()  # fast tokenizers refuse to be borrowed by two threads at once
        self.dimensions = self._encode([""]).shape[1]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given: (n, d) float32.

        Texts of like length share a batch, so little is spent on padding; what stands beyond the model's
        longest input (384 tokens for "base", 256 for "small") is not read. Empty texts and lone surrogates are allowed.
        """
        vectors, done = np.zeros((len(texts), self.dimensions), dtype=np.float32), 0
        for rows in batches(texts):
            vectors[rows] = self._encode([texts[row] for row in rows])
            done += len(rows)
            if progress:
                progress(done, len(texts))
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The vectors of each text's tokens, before pooling and projection, and where they stand."""
        found: list[Tokens] = []
        for start in range(0, len(texts), _BATCH):
            found += self._tokens([_readable(text) for text in texts[start : start + _BATCH]])
        return found

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        with self._lock, _threads(_most_threads()):
            known = self.model.encode(
                texts,
                batch_size=_BATCH,
                output_value="token_embeddings",
                convert_to_numpy=False,
                show_progress_bar=False,
            )
            spans = self.model.tokenizer(
                texts, return_offsets_mapping=True, truncation=True, max_length=self.model.max_seq_length
            )["offset_mapping"]
        found = []
        for rows, places in zip(known, spans, strict=True):
            where = np.array(places).reshape(-1, 2)
            letters = np.flatnonzero(where[:, 1] > where[:, 0])
            found.append(Tokens(rows.float().cpu().numpy()[: len(where)][letters], where[letters]))
        return found

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        readable = [_readable(text) for text in texts]
        with self._lock, _threads(1 if len(readable) == 1 else _most_threads()):
            vectors = self.model.encode(
                readable, batch_size=_BATCH, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
            )
        rows = np.asarray(vectors, dtype=np.float32)
        return self.projection(rows) if self.projection else rows


def batches(texts: Sequence[str]) -> list[list[int]]:
    """The rows of ``texts`` that are encoded together, whoever encodes them: a vector's last bits depend on it."""
    found = []
    for first in range(0, len(texts), _PIECE):
        piece = range(first, min(first + _PIECE, len(texts)))
        by_length = sorted(piece, key=lambda row: (len(texts[row]), row))
        found += [by_length[start : start + _BATCH] for start in range(0, len(by_length), _BATCH)]
    return found


def _readable(text: str) -> str:
    """``text`` without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=2)
def load_encoder(name: str) -> Encoder:
    """The encoder ``name``: one of :data:`MODELS`, or a sentence-transformers model by folder or cached name.

    Takes 4 to 15 seconds and 0.5 ("small") to 1 GB ("base") the first time; later calls share the loaded one.
    Where the files of "base" are not on this machine they are fetched, 415 MB, which is said on standard error.
    Raises EncoderError, with what to do, when the model cannot be had or its files are not what they should be.
    """
    known = MODELS.get(name)
    if known is not None:
        return SentenceEncoder(name, known.fingerprint, _known(known), load_projection(known))
    model = _load(name, name)
    return SentenceEncoder(name, _fingerprint(name, model), model)


def load_unprojected(name: str) -> Encoder:
    """One of :data:`MODELS` with all dimensions that its model gives, to fit a projection on."""
    known = MODELS[name]
    return SentenceEncoder(name, f"{known.fingerprint}-unprojected", _known(known))


def _known(model: Model) -> Any:  # noqa: ANN401
    return _load(model.name, find_weights(model, say))


def embed(
    texts: Sequence[str], encoder: Encoder, cache: VectorCache | None = None, progress: Progress | None = None
) -> np.ndarray:
    """One unit row a text, in the order given: (n, d) float32. Each distinct text is encoded once.

    What ``cache`` holds is not encoded again, and what is encoded is added to it in pieces of a few
    thousand, so that a stopped run keeps its work. progress counts distinct texts, cached ones at once.
    """
    distinct = sorted(set(texts))
    vectors, missing = read_vectors(cache, encoder, distinct)
    known = len(distinct) - len(missing)
    if progress and distinct:
        progress(known, len(distinct))
    for start in range(0, len(missing), _PIECE):
        rows = missing[start : start + _PIECE]
        report = _offset(progress, known + start, len(distinct)) if progress else None
        vectors[rows] = encoder.encode([distinct[row] for row in rows], report)
        if cache is not None:
            cache.add(encoder, [distinct[row] for row in rows], vectors[rows])
    row_of = {text: row for row, text in enumerate(distinct)}
    return vectors[[row_of[text] for text in texts]] if distinct else vectors


def _offset(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def _load(name: str, source: str | Path) -> Any:  # noqa: ANN401  # sentence-transformers is untyped here
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights": a second, and not what the user asked for

    torch.set_num_threads(_most_threads())
    try:
        model = SentenceTransformer(str(source), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        known = ", ".join(f"“{packaged}”" for packaged in MODELS)
        raise EncoderError(
            f"the encoder “{name}” is not on this machine, or is no sentence-transformers model: use {known}, "
            f"or the folder of a model that is ({type(error).__name__}: {str(error).splitlines()[0][:200]})"
        ) from error
    return model.eval()


def _most_threads() -> int:
    return max(1, min(_MOST_THREADS, len(os.sched_getaffinity(0))))


@contextlib.contextmanager
def _threads(number: int) -> Iterator[None]:
    """Let PyTorch use ``number`` threads meanwhile.

    One is best for one text: on a busy machine two of them wait for each other, and a query took 3 s instead of 0.3.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _fingerprint(name: str, model: Any) -> str:  # noqa: ANN401
    """A name for a model of the user's own, made from its weights: another fine-tuning never shares vectors."""
    digest = hashlib.sha256()
    for parameter, values in sorted(model.state_dict().items()):
        digest.update(parameter.encode())
        digest.update(values.detach().cpu().float().numpy().tobytes())
    letters = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in Path(name).name)
    return f"{letters[:40]}-{digest.hexdigest()[:12]}"
