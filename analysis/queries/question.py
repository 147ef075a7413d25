"""The vector that a question is searched by: its own, moved towards how the field speaks of what it asks."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from analysis.embedding import Encoder
from analysis.messages import message
from analysis.queries import meaning
from analysis.queries.meaning import Searchable
from analysis.queries.topics import fed_back, guide_for

_FEEDBACK_FROM = 500  # statements: among fewer, those found first are seldom all on point
_FEEDBACK_UP_TO = 200_000  # statements: with more, a second look at all of them takes too long
_CONTEXT = "The relations of China and Russia are {}"  # what "not aimed at any third country" is said of
_FIRST = 5  # statements found first that a question is moved towards, where no guide moves it


def closeness(
    release: Searchable, encoder: Encoder, query: str, rows: np.ndarray | None = None, line: float | None = None
) -> np.ndarray:
    """How close in meaning each statement at ``rows``, ascending places in the table, is to ``query``; None: every one.

    (m,) float32 in [-1, 1]. Filters make no difference to it: a statement is as close with them as without,
    to about 0.005 in a large release, but always on the same side of ``line``.
    Raises ValueError when the encoder's vectors are not those of the release.
    """
    _require_same(release, encoder)
    asked = question_vector(encoder, query)
    if guide_for(encoder.fingerprint) or not is_moved(release):
        return meaning.closeness(release, asked, rows, line)
    first = meaning.closeness(release, asked)
    nearest = np.argpartition(-first, _FIRST)[:_FIRST]
    nearest = nearest[np.lexsort((nearest, -first[nearest]))]  # the same sum in the same order every time
    moved = fed_back(asked, np.stack([meaning.vector_at(release, row) for row in nearest]))
    return meaning.closeness(release, moved, rows, line)


def is_moved(release: Searchable) -> bool:
    """Whether questions that have no guide are moved towards what is found first: all of the release gets closer."""
    return _FEEDBACK_FROM <= len(release.statements) <= _FEEDBACK_UP_TO


@lru_cache(maxsize=1024)
def question_vector(encoder: Encoder, query: str) -> np.ndarray:
    """The question's unit vector, moved where the encoder has a guide: (d,) float32; recent ones are kept."""
    asked: np.ndarray = encode_query(encoder, query)
    guide = guide_for(encoder.fingerprint)
    if guide is None:
        return asked
    if guide.knows(asked):
        return guide(asked)
    return guide.in_context(asked, encode_query(encoder, _CONTEXT.format(query)))


@lru_cache(maxsize=1024)
def encode_query(encoder: Encoder, query: str) -> np.ndarray:
    """The query's own unit vector, (d,) float32; recent ones are kept."""
    vector: np.ndarray = encoder.encode([query])[0]
    return vector


def _require_same(release: Searchable, encoder: Encoder) -> None:
    """Raise ValueError, naming both, unless the release's vectors are the encoder's; without a manifest, trust them."""
    manifest = getattr(release, "manifest", None)
    if manifest is not None and manifest.weights and manifest.weights != encoder.fingerprint:
        raise ValueError(
            message(
                "release {number} was built with the encoder “{built}” ({weights}), and “{loaded}” ({fingerprint}) is "
                "loaded: set ON_RECORD_ENCODER={built}, or build again",
                number=manifest.number,
                built=manifest.encoder,
                weights=manifest.weights,
                loaded=encoder.name,
                fingerprint=encoder.fingerprint,
            )
        )
