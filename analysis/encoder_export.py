"""Exporting an encoder's part that questions need: the same weights as an ONNX graph, compared with the original.

Done once a machine and encoder: what was exported and found to agree is kept beside the weights in the cache
(``analysis/weights.py`` says where), and copied into every archive that is built.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from analysis.carried_encoder import (
    CARD,
    FILES,
    GRAPH,
    TOKENIZER,
    WEIGHTS,
    Card,
    CarriedEncoder,
    damage,
    sha256,
    tokenizer_of,
)
from analysis.embedding import Encoder, SentenceEncoder
from analysis.models import EncoderError
from analysis.projection import Projection
from analysis.weights import alone, exported_folder

LEAST = 0.9999  # cosine with sentence-transformers' vector, of every text that is compared
COMPARED = 1_000
_OPSET = 17
_PARTS = {"Transformer", "Pooling", "Normalize"}  # of a model that can be exported
_POOLED = {"mean", "cls"}


def exported(encoder: Encoder) -> Path | None:
    """The folder with the encoder exported; None for one that is no sentence-transformers model.

    The first time on a machine it takes some 15 seconds for "small" and two minutes for "base", most of it the
    comparison. Raises EncoderError, with the reason, for a model that cannot be exported or does not agree, OSError
    when the cache cannot be written.
    """
    if not isinstance(encoder, SentenceEncoder):
        return None
    folder = exported_folder(encoder.fingerprint)
    if _is_whole(folder):
        return folder
    reason = _cannot(encoder.model)
    if reason:
        raise EncoderError(f"the encoder “{encoder.name}” cannot be exported: {reason}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder.with_name(folder.name + ".lock")):
        if not _is_whole(folder):
            _export(encoder, folder)
    return folder


def texts_to_compare(count: int = COMPARED) -> list[str]:
    """What is compared: questions and sentences of the field, then long, empty, Chinese and Russian texts."""
    from analysis.queries.topics import read_topics

    topics = read_topics()
    odd = [
        "",
        " ",
        "?",
        "中国和俄罗斯的友好没有止境，合作没有禁区",
        "Россия и Китай: дружба не имеет границ",
        "a\ud800b",
    ]
    long = [" ".join(topic.said) * 6 for topic in topics[: count // 50]]
    short = (text for topic in topics for text in (*topic.asked[:1], *topic.said[:1]))
    return list(islice(dict.fromkeys((*odd, *long, *short)), count))


def agreement(one: Encoder, other: Encoder, texts: Sequence[str]) -> float:
    """The least cosine between two encoders' vectors of a text."""
    return float((one.encode(texts) * other.encode(texts)).sum(axis=1).min())


def _is_whole(folder: Path) -> bool:
    try:
        return damage(folder, Card.read(folder)) is None
    except EncoderError:
        return False


def _cannot(model: Any) -> str | None:  # noqa: ANN401  # sentence-transformers is untyped here
    """Why the model cannot be exported; None when it can."""
    parts = [type(part).__name__ for part in model]
    if parts[:2] != ["Transformer", "Pooling"] or not set(parts) <= _PARTS:
        return f"it is made of {', '.join(parts)}; Transformer, Pooling and Normalize can be exported"
    if model[1].pooling_mode not in _POOLED:
        return f"it pools by {model[1].pooling_mode}; mean and cls can be exported"
    if model.default_prompt_name:
        return f"it puts a prompt before each text (“{model.default_prompt_name}”)"
    if not getattr(model.tokenizer, "is_fast", False):
        return "its tokenizer is not one of the tokenizers package"
    return None


def _export(encoder: SentenceEncoder, folder: Path) -> None:
    """Export, compare and put the files into ``folder`` in one step."""
    for left in folder.parent.glob(f".{folder.name}-*"):  # by a process that was stopped: whoever is here is alone
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
        fresh = Path(aside) / "encoder"
        fresh.mkdir()
        model = encoder.model
        _write_graph(model, encoder.projection, fresh)
        tokenizer = model.tokenizer
        padding = {"direction": tokenizer.padding_side, "pad_id": tokenizer.pad_token_id}
        longest = int(model.max_seq_length)
        written = tokenizer_of(tokenizer.backend_tokenizer, longest, padding | {"pad_token": tokenizer.pad_token})
        (fresh / TOKENIZER).write_text(written, encoding="utf-8")
        hashes = {name: sha256(fresh / name) for name in FILES if name != CARD}
        pooling = model[1].pooling_mode
        card = Card(encoder.name, encoder.fingerprint, encoder.dimensions, longest, pooling, 0.0, 0, hashes)
        texts = texts_to_compare()
        least = agreement(encoder, CarriedEncoder(fresh, card), texts)
        if not least >= LEAST:
            raise EncoderError(
                f"the encoder “{encoder.name}” does not agree with itself once exported: cosine {least:.6f}, at least "
                f"{LEAST} is needed"
            )
        card = replace(card, agreement=round(least, 7), compared=len(texts))
        (fresh / CARD).write_text(card.to_json(), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # damaged
        fresh.rename(folder)


def _write_graph(model: Any, projection: Projection | None, folder: Path) -> None:  # noqa: ANN401
    """The model, its pooling and its projection as a graph, weights beside it so that they need not be parsed."""
    import onnx
    import torch

    graph = _graph(model, projection)
    texts = model.tokenizer(["some words and", "a few more words of another text"], padding=True, return_tensors="pt")
    whole = folder / "whole.onnx"
    axes = {0: "texts", 1: "tokens"}
    with torch.no_grad(), _quiet():
        # The exporter by tracing, which needs no further package; the newer one gave the same, slower.
        torch.onnx.export(
            graph,
            (texts["input_ids"], texts["attention_mask"]),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    made = onnx.load(str(whole))
    whole.unlink()
    onnx.save_model(made, str(folder / GRAPH), save_as_external_data=True, location=WEIGHTS, size_threshold=1024)
    (folder / WEIGHTS).chmod(0o644)


def _graph(model: Any, projection: Projection | None) -> Any:  # noqa: ANN401
    """A module that takes token ids and their mask to unit vectors."""
    import torch

    class Graph(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model[0].auto_model
            if projection is not None:
                self.register_buffer("centre", torch.from_numpy(projection.centre.copy()))
                self.register_buffer("components", torch.from_numpy(np.ascontiguousarray(projection.components)))

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401
            tokens = self.model(input_ids=input_ids, attention_mask=attention_mask)[0]
            if model[1].pooling_mode == "cls":
                pooled = tokens[:, 0]
            else:
                mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
                pooled = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            vectors = torch.nn.functional.normalize(pooled, p=2.0, dim=1)
            if projection is None:
                return vectors
            return torch.nn.functional.normalize((vectors - self.centre) @ self.components, p=2.0, dim=1, eps=1e-9)

    return Graph().eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the exporter's warnings about tracing: what they warn of is compared afterwards."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            logger.setLevel(level)
