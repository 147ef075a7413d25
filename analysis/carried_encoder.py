"""The encoder of questions that a release carries: an ONNX graph and its tokenizer, run without PyTorch.

``analysis/encoder_export.py`` makes one out of a sentence-transformers model when a release is built. Its folder
holds ``FILES``; the last of them describes the others and is written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.models import EncoderError

if TYPE_CHECKING:
    from analysis.embedding import Progress

GRAPH, WEIGHTS, TOKENIZER, CARD = FILES = ("model.onnx", "weights.bin", "tokenizer.json", "encoder.json")
_BATCH = 16  # texts of like length in one run
_MOST_THREADS = 8


@dataclass(frozen=True, slots=True)
class Card:
    """What ``encoder.json`` says."""

    name: str  # as settings and manifests give it: "base"
    fingerprint: str  # of the weights; vectors of equal fingerprint compare
    dimensions: int
    longest: int  # tokens of a text that are read
    pooling: str  # "mean" or "cls": how a text's vector comes from its tokens'
    agreement: float  # least cosine with sentence-transformers' vector over the texts that were compared
    compared: int  # so many
    sha256: Mapping[str, str]  # of the other files
    format: int = 1

    def to_json(self) -> str:
        """The card as its file holds it."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Card:
        """The card of the encoder in ``folder``. Raises EncoderError when there is none, or of another format."""
        try:
            card = cls(**json.loads((folder / CARD).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise EncoderError(f"{folder / CARD} cannot be read: {error}") from error
        if card.format != 1 or set(card.sha256) != {GRAPH, WEIGHTS, TOKENIZER}:
            raise EncoderError(f"{folder / CARD} is of another format than this program's; build the release again")
        return card


class CarriedEncoder:
    """An exported encoder behind the :class:`analysis.embedding.Encoder` interface."""

    def __init__(self, folder: Path, card: Card) -> None:
        """folder: verified already."""
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # else it reports to its maker and leaves files at home
        import onnxruntime
        from tokenizers import Tokenizer

        self.name, self.fingerprint, self.dimensions = card.name, card.fingerprint, card.dimensions
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # two of them wait for each other: 0005
        options.enable_cpu_mem_arena = False  # else what the longest batch took is never given back
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
        self._lock = threading.Lock()  # tokenizers refuse to be borrowed by two threads at once

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given: (n, d) float32.

        One text is encoded by one thread, many by as many as there are processors. What stands beyond the encoder's
        longest input is not read. Empty texts and lone surrogates are allowed.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: (len(texts[row]), row))
        batches = [by_length[start : start + _BATCH] for start in range(0, len(by_length), _BATCH)]
        done = 0

        def encode(rows: Sequence[int]) -> None:
            nonlocal done
            vectors[rows] = self._run([texts[row] for row in rows])
            if progress:
                with self._lock:
                    done += len(rows)
                    progress(done, len(texts))

        if len(batches) < 2:
            for rows in batches:
                encode(rows)
            return vectors
        with ThreadPoolExecutor(min(_MOST_THREADS, len(os.sched_getaffinity(0)))) as threads:
            list(threads.map(encode, batches))
        return vectors

    def _run(self, texts: Sequence[str]) -> np.ndarray:
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._lock:
            cut = self._tokenizer.encode_batch(readable)
        given = {
            "input_ids": np.array([each.ids for each in cut], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in cut], dtype=np.int64),
        }
        return np.asarray(self._session.run(None, given)[0], dtype=np.float32)


def open_carried(folder: Path) -> CarriedEncoder:
    """The encoder in ``folder``, its files held against their hashes; loaded once however often it is asked for.

    Takes 0.3 ("small") to 2 seconds ("base"). Raises EncoderError when a file is lost or not what it should be, or the
    packages that run it are not installed.
    """
    return _opened(folder.resolve(), Card.read(folder).to_json())


@lru_cache(maxsize=2)
def _opened(folder: Path, card: str) -> CarriedEncoder:
    described = Card.read(folder)
    if problem := damage(folder, described):
        raise EncoderError(f"the encoder that the release carries is damaged: {problem}. Run `check`, then restore it")
    try:
        return CarriedEncoder(folder, described)
    except ImportError as error:
        raise EncoderError(
            f"{error.name} is not installed, which runs the release's encoder: pip install -r requirements-serve.txt"
        ) from error
    except Exception as error:  # onnxruntime and tokenizers raise errors of their own
        raise EncoderError(f"the encoder in {folder} cannot be loaded: {type(error).__name__}: {error}") from error


def damage(folder: Path, card: Card) -> str | None:
    """The first file of the encoder in ``folder`` that is lost or changed, in words; None when all are right."""
    for name, wanted in card.sha256.items():
        try:
            found = sha256(folder / name)
        except OSError as error:
            return f"{name} cannot be read ({error.strerror})"
        if found != wanted:
            return f"{name} hashes to {found}, not to {wanted}"
    return None


def sha256(path: Path) -> str:
    """The file's hash in hex; about 1 GB/s."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tokenizer_of(backend: Any, longest: int, padding: Mapping[str, Any]) -> str:  # noqa: ANN401  # a tokenizers.Tokenizer
    """``tokenizer.json`` that cuts texts at ``longest`` tokens and pads them to the longest of a batch."""
    from tokenizers import Tokenizer

    own = Tokenizer.from_str(backend.to_str())
    own.enable_truncation(longest)
    own.enable_padding(**padding)
    return str(own.to_str())
