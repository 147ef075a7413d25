"""Fit what ships beside the encoder “base”: its projection, and how the field's topics are asked for and spoken of.

    python benchmarks/fit_encoder.py projection ../shared/corpora
    python benchmarks/fit_encoder.py topics

``projection``: principal components of 3,000 sentences, half from the Kremlin's transcripts (CC BY 4.0, President of
Russia, en.kremlin.ru), half from the United Nations General Debate Corpus (CC0 1.0, doi:10.7910/DVN/0TJX8Y), drawn
with a fixed seed; about five minutes on two quiet cores. ``topics``: the vectors of ``data/topics.csv``, to be
made again when either that file or the projection changes. Each writes its file in ``data/encoder`` and prints the
hashes to pin. Another processor may differ in the last bits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import VectorCache, embed, load_encoder, load_unprojected
from analysis.models import MODELS
from analysis.projection import FOLDER, Projection
from analysis.queries.topics import TOPICS, read_topics
from analysis.settings import ROOT

CORPORA = ("kremlin_transcripts.jsonl", "un_general_debate.jsonl")
EACH = 1500  # sentences from each corpus
ASKED = 0.75  # weight, in what finds a topic, of the ways of asking; the rest is what is said
_LABEL = re.compile(r"^[A-Z][^.:]{2,80}: ")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z“\"])")


def sentences(folder: Path) -> list[str]:
    """The sentences that are fitted on: of 8 to 45 words, speaker labels taken off."""
    drawn: list[str] = []
    choice = random.Random(0)  # a draw that anyone can repeat, not a secret
    pools = [_every_sentence(folder / corpus) for corpus in CORPORA]
    for pool in pools:
        drawn += choice.sample(pool, EACH)
    return drawn


def _every_sentence(corpus: Path) -> list[str]:
    found: set[str] = set()
    for line in filter(None, corpus.read_text(encoding="utf-8").split("\n")):
        for paragraph in re.split(r"\n\s*\n", json.loads(line)["text"]):
            spoken = _LABEL.sub("", re.sub(r"\s+", " ", paragraph))
            found.update(each.strip() for each in _SENTENCE.split(spoken) if 8 <= len(each.split()) <= 45)
    return sorted(found)


def fit(vectors: np.ndarray, dimensions: int) -> Projection:
    """The ``dimensions`` principal components of ``vectors``, (n, d), each with its largest entry positive."""
    centre = vectors.mean(axis=0, dtype=np.float64)
    centred = vectors - centre
    _, components = np.linalg.eigh(centred.T @ centred)
    kept = components[:, ::-1][:, :dimensions]
    kept = kept * np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(dimensions)])
    return Projection(kept.astype(np.float32), centre.astype(np.float32))


def topic_vectors(cache: VectorCache | None = None) -> np.ndarray:
    """Of every topic, what finds it and where it leads: (2, topics, d) float32 unit rows."""
    encoder, topics = load_encoder("base"), read_topics()
    asked = np.stack([_middle(embed(topic.asked, encoder, cache)) for topic in topics])
    said = np.stack([_middle(embed(topic.said, encoder, cache)) for topic in topics])
    keys = np.stack([_unit(row) for row in ASKED * asked + (1 - ASKED) * said])
    return np.stack([keys, said]).astype(np.float32)


def _middle(vectors: np.ndarray) -> np.ndarray:
    return _unit(vectors.sum(axis=0))


def _unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / np.linalg.norm(vector))


def _write(rows: np.ndarray, name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / name
    np.save(path, rows.astype(np.float16), allow_pickle=False)
    print(f"{path.relative_to(ROOT)} {rows.shape}: {hashlib.sha256(path.read_bytes()).hexdigest()}")


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["projection", "topics"])
    parser.add_argument("corpora", type=Path, nargs="?", help="the folder of the corpora, for the projection")
    parser.add_argument(
        "--vectors", type=Path, help="keep the sentences' vectors in this file (topics: folder), or take them"
    )
    arguments = parser.parse_args()
    if arguments.what == "topics":
        _write(topic_vectors(VectorCache(arguments.vectors) if arguments.vectors else None), TOPICS.vectors)
        print(f"data/topics.csv: {hashlib.sha256((ROOT / 'data' / 'topics.csv').read_bytes()).hexdigest()}")
        return 0
    if arguments.corpora is None:
        parser.error("name the folder of the corpora")
    if arguments.vectors and arguments.vectors.is_file():
        vectors = np.load(arguments.vectors, allow_pickle=False)
    else:
        vectors = load_unprojected("base").encode(sentences(arguments.corpora))
        if arguments.vectors:
            np.save(arguments.vectors, vectors, allow_pickle=False)
    model = MODELS["base"]
    _write(fit(vectors, model.dimensions).rows(), str(model.projection))
    return 0


if __name__ == "__main__":
    sys.exit(main())
