"""How well the words of each of two texts are met by the other's: cosines of an encoder's token embeddings.

After Zhang et al. (2020), "BERTScore: Evaluating text generation with BERT", where words that name something weigh
more. Two translations with hardly a word in common meet word by word; two sentences of one pattern differ in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, runtime_checkable

import numpy as np

from analysis.grouping.wordings import weight_of
from analysis.vector_cache import VectorCache
from analysis.wording import forms, words

SIGNS = 6  # numbers for each pair of texts
_TEXTS = 512  # texts whose tokens are held at once: some 60 MB
_STRETCHES = (0.8, 1.0, 1.3)  # lengths of a stretch of the longer text, in lengths of the shorter
_VERSION = "aligned1"  # of what is kept; a change of the signs is another version


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens as an encoder reads them, without those that stand for no letters."""

    vectors: np.ndarray  # (n, d) float32
    spans: np.ndarray  # (n, 2) code points into the text, end exclusive


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that gives its tokens' vectors too."""

    @property
    def fingerprint(self) -> str:
        """Name and content of the model."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a :class:`VectorCache` asks of an encoder."""

    fingerprint: str
    dimensions: int = SIGNS


class Aligner:
    """Signs of pairs of texts, each computed once: they are kept beside the vectors."""

    def __init__(self, encoder: TokenEncoder, cache: VectorCache | None = None) -> None:
        self._encoder = encoder
        self._cache = cache
        self._kept = _Kept(f"{encoder.fingerprint}-{_VERSION}")

    def signs(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """What the tokens say of each pair of texts, whichever comes first: (n, 6) float32.

        For the shorter text and for the longer: how near its words' nearest of the other are on average, and
        those of its two loneliest; the nearest stretch of the longer; and the cosine of both as wholes. Each text's
        tokens are read once where its pairs stand near each other.
        """
        length = {text: len(forms(text)) for text in {text for pair in pairs for text in pair}}
        ordered = [_in_order(pair, length) for pair in pairs]
        distinct = list(dict.fromkeys(ordered))
        found = np.zeros((len(distinct), SIGNS), dtype=np.float32)
        missing = list(range(len(distinct)))
        if self._cache is not None:
            found, held = self._cache.get(self._kept, ["\x1f".join(pair) for pair in distinct])
            missing = [int(row) for row in np.flatnonzero(~held)]
        for rows in _parts(missing, distinct):
            here = [distinct[row] for row in rows]
            found[rows] = self._computed(here)
            if self._cache is not None:
                self._cache.add(self._kept, ["\x1f".join(pair) for pair in here], found[rows])
        row_of = {pair: row for row, pair in enumerate(distinct)}
        return found[[row_of[pair] for pair in ordered]] if ordered else found

    def _computed(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        texts = sorted({text for pair in pairs for text in pair})
        read = {text: _read(text, tokens) for text, tokens in zip(texts, self._encoder.tokens(texts), strict=True)}
        return np.array([_signs(read[short], read[long]) for short, long in pairs], dtype=np.float32)


def aligner_for(encoder: object, cache: VectorCache | None = None) -> Aligner | None:
    """An aligner by ``encoder``; None where it gives no tokens: translations are then known by fewer signs."""
    return Aligner(encoder, cache) if isinstance(encoder, TokenEncoder) else None


def is_latin(text: str) -> bool:
    """True where most letters are Latin: the encoders here read no others."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 > len(letters)


def _in_order(pair: tuple[str, str], length: Mapping[str, int]) -> tuple[str, str]:
    """The text of fewer words first."""
    short, long = sorted(pair, key=lambda text: (length[text], text))
    return short, long


def _parts(missing: Sequence[int], pairs: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
    """``missing`` in parts that have few enough texts among them."""
    waiting = iter(missing)
    while part := list(islice(waiting, _TEXTS)):
        texts = {text for row in part for text in pairs[row]}
        while len(texts) < _TEXTS and (row := next(waiting, None)) is not None:
            part.append(row)
            texts |= set(pairs[row])
        yield part


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words: unit vectors, how much each says, and the tokens in a row."""

    vectors: np.ndarray  # (n, d)
    weights: np.ndarray  # (n,)
    tokens: np.ndarray  # (m, d)


def _read(text: str, tokens: Tokens) -> _Words:
    starts, ends = tokens.spans[:, 0], tokens.spans[:, 1]
    vectors, weights = [], []
    for word in words(text):
        rows = (starts < word.end) & (ends > word.start)
        if rows.any():
            vectors.append(tokens.vectors[rows].mean(axis=0))
            weights.append(weight_of(word.form))
    if not vectors:  # no letter that the encoder knows
        return _Words(np.zeros((1, tokens.vectors.shape[1]), np.float32), np.ones(1), tokens.vectors)
    heavy = np.array(weights)
    return _Words(_unit(np.array(vectors)), heavy if heavy.any() else np.ones(len(heavy)), tokens.vectors)


def _signs(short: _Words, long: _Words) -> tuple[float, ...]:
    near = short.vectors @ long.vectors.T
    whole = _unit(short.tokens.mean(axis=0)) if len(short.tokens) else np.zeros(short.vectors.shape[1])
    other = _unit(long.tokens.mean(axis=0)) if len(long.tokens) else whole
    return (
        *_met(near.max(axis=1), short.weights),
        *_met(near.max(axis=0), long.weights),
        _nearest_stretch(whole, len(short.tokens), long.tokens),
        float(whole @ other),
    )


def _met(nearest: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """The weighted mean of ``nearest``, and that of the two least among the words that name something."""
    naming = nearest[weights >= 1] if (weights >= 1).any() else nearest
    return float(nearest @ weights / weights.sum()), float(np.sort(naming)[:2].mean())


def _nearest_stretch(whole: np.ndarray, length: int, tokens: np.ndarray) -> float:
    """The greatest cosine of ``whole`` with a stretch of ``tokens`` about as long as its text."""
    if not length or not len(tokens):
        return 0.0
    sums = np.vstack([np.zeros((1, tokens.shape[1])), np.cumsum(tokens, axis=0, dtype=np.float64)])
    sizes = {min(max(3, int(length * share)), len(tokens)) for share in _STRETCHES}
    return max(float((_unit(sums[size:] - sums[:-size]) @ whole).max()) for size in sizes)


def _unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9), dtype=np.float32)
