"""What of a statement is embedded: its words, and its words with who said them and where they stand.

The two vectors are averaged into the one that the statements table keeps, the second with more weight, so a search by
meaning scores both at the price of one. docs/decisions/0005-encoder.md has what each is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.embedding import Encoder, Progress, VectorCache, embed
from analysis.schema import Statement

_IN_CONTEXT = 3  # weight of the words in context beside the words alone


def in_context(text: str, speaker: str | None, office: str | None, title: str | None) -> str:
    """A statement's words with its speaker, office and source title, as far as they are known."""
    who = ", ".join(part for part in (speaker, office) if part)
    return (f"{who}: " if who else "") + text + (f" ({title})" if title else "")


def statement_vectors(
    statements: Sequence[Statement],
    encoder: Encoder,
    cache: VectorCache | None = None,
    progress: Progress | None = None,
) -> np.ndarray:
    """One unit row a statement, in the order given: (n, d) float32."""
    said = [one.text for one in statements]
    told = [in_context(one.text, one.speaker_name, one.office, one.source_title) for one in statements]
    both = embed([*said, *told], encoder, cache, progress)
    return averaged(both[: len(said)], both[len(said) :])


def averaged(said: np.ndarray, told: np.ndarray) -> np.ndarray:
    """The unit rows between two sets of unit rows, nearer to those told in context: (n, d) float32."""
    summed = said + np.float32(_IN_CONTEXT) * told
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.maximum(lengths, 1e-9), dtype=np.float32)
