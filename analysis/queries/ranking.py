"""In what order statements answer a question.

Meaning ranks by cosine of sentence embeddings. Words lift a statement above that by how much of the
query's weight it holds: a name, a formula or a rare term is held whole and comes first; a question in
other words is held to a small part and stays ranked by meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.archive.served.vectors import most
from analysis.embedding import Encoder
from analysis.messages import message
from analysis.queries import meaning, question
from analysis.queries.meaning import Searchable
from analysis.queries.word_index import NAMELESS, STRETCH, WordIndex, word_index
from analysis.wording import forms

Mode = Literal["hybrid", "semantic", "words"]
Near = Literal["very close", "close", "related"]
NEARNESS: tuple[Near, ...] = ("very close", "close", "related")

_LIFT = 1.0  # times the cube of what it covers: a statement with all of the query's words outranks the closest without
_NAMED = 1.5  # a statement by the speaker whose name is the query; half of it where the query says more
_YEAR = 0.1  # a statement of a year that the query names
_BM25 = 0.6  # added to the lift of the best by BM25: orders statements that hold all words, more than meaning does
DECIMALS = 6  # of a score: matrix products differ in the last bits with the number of rows

# From which cosine two texts are called what, by the length of the encoder's vectors: 256 is "base", 384 "small". Not
# probabilities. Over 768 statements and 60 questions (benchmarks/search_quality.py): with "base", of the 431 rows on
# point 28 % are very close, 62 % at least close, 87 % at least related, and of all rows 1 %, 8 % and 30 %. With
# "small", over 20 of these and their 161 rows on point (benchmarks/closeness_words.py): 5, 38 and 72 %, of all rows
# 0.4, 7 and 24 %; where questions are moved towards what is found first 23, 42 and 70 %, of all 1.7, 5 and 20 %.
_WORDS = (message("very close"), message("close"), message("related"))
_TO_A_QUESTION = {256: (0.6, 0.45, 0.3), 384: (0.55, 0.42, 0.3)}
_TO_A_MOVED_QUESTION = {256: (0.6, 0.45, 0.3), 384: (0.65, 0.6, 0.5)}  # "base" has a guide and moves none
_TO_A_STATEMENT = {  # of all pairs of those statements 0.2 %, 4 % and 21 %; so for "small" of the 815 shipped ones
    256: (0.87, 0.77, 0.65),
    384: (0.77, 0.64, 0.52),
}

_A_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well each of some rows of the statements table answers; every array runs along ``rows``."""

    rows: np.ndarray  # places in the table
    scores: np.ndarray  # float; the higher, the better
    closeness: np.ndarray | None = None  # float32 cosine between question and statement; None: not asked
    held: np.ndarray | None = None  # float32 in [0, 1]: share of the query's weight whose words it has; None: not asked
    note: str | None = None  # what the reader should be told


def rank(
    release: Searchable,
    query: str,
    rows: np.ndarray,
    encoder: Encoder | None,
    mode: Mode,
    line: float | None = None,
) -> Ranking:
    """The order of ``rows`` for ``query``; in words mode without those that have none of its words.

    line: a cosine that counts as near enough, as ``question.closeness`` has it.
    encoder: None is allowed in words mode only. Phrases in quotation marks must stand exactly so in words mode,
    where any statement has them, and come first in hybrid mode.
    Raises ValueError when the encoder's vectors are not those of the release.
    """
    closeness = None
    if mode != "words" and encoder is not None:
        some = rows if len(rows) < len(release.statements) else None
        closeness = question.closeness(release, encoder, query, some, line)
    if mode == "semantic" and closeness is not None:
        return Ranking(rows, closeness, closeness)
    return _with_words(release.statements, rows, query, closeness)


def _with_words(statements: pd.DataFrame, rows: np.ndarray, query: str, closeness: np.ndarray | None) -> Ranking:
    """The order by words, or by words and meaning where ``closeness``, (rows,) float32, is given."""
    index = word_index(statements)
    asked = forms(query)
    part = _part(statements, rows)
    scores = index.scores(asked, None if isinstance(part, slice) else rows)
    bm25, coverage, subject = scores.bm25, scores.coverage, scores.subject
    phrases = _holds_phrases(index, query)
    quoted = phrases[part] if phrases is not None else np.zeros(len(rows), dtype=bool)
    years = [form for form in dict.fromkeys(asked) if _A_YEAR.fullmatch(form)]
    spoken = [form for form in asked if form not in years] or asked
    exactly, inflected = index.phrase(spoken)[part], index.phrase(spoken, inflected=True)[part]
    named = index.named(asked)[part]
    best = float(bm25.max()) or 1.0
    if closeness is None:
        note = None
        if phrases is not None and not quoted.any():
            note = message("No statement has these exact words; these come nearest.")
        kept = np.flatnonzero(quoted if quoted.any() else subject)
        run = (exactly[kept].astype(np.float32) + inflected[kept]) * np.float32(0.5)
        ranked = bm25[kept] + best * (coverage[kept] + run + 4 * named[kept])
        note = note or (None if len(kept) else message("No statement has these words."))
        return Ranking(rows[kept], ranked, held=np.maximum(coverage, quoted)[kept], note=note)
    ranked, held = _lifted(closeness, coverage, subject, bm25, np.float32(_BM25 / best))
    runs = (_LIFT / 2, exactly), (_LIFT / 2, inflected)
    dated = [(_YEAR, index.holding(years)[part])] if years else []
    for weight, found in ((2 * _LIFT, quoted), *runs, (_NAMED, named), *dated):
        if found.any():  # of few statements, mostly
            places = np.flatnonzero(found)
            ranked[places] += np.float32(weight) * found[places]
    if quoted.any():
        held = np.maximum(held, quoted)
    return Ranking(rows, ranked, closeness, held)


def _lifted(
    closeness: np.ndarray, coverage: np.ndarray, subject: np.ndarray, bm25: np.ndarray, order: np.float32
) -> tuple[np.ndarray, np.ndarray]:
    """Closeness lifted by the words held, and how much of them is held; by stretches that stay in the cache."""
    ranked, held = np.empty_like(coverage), np.empty_like(coverage)
    room = np.empty(STRETCH, dtype=np.float32)
    for start in range(0, len(coverage), STRETCH):
        at = slice(start, start + STRETCH)
        covered, sums = held[at], ranked[at]
        np.multiply(coverage[at], subject[at], out=covered)
        np.multiply(covered, covered, out=sums)  # cubed: much quicker than a power
        sums *= covered
        lift = np.multiply(bm25[at], order, out=room[: len(sums)])
        lift += np.float32(_LIFT)
        sums *= lift
        sums += closeness[at]
    return ranked, held


def _part(statements: pd.DataFrame, rows: np.ndarray) -> np.ndarray | slice:
    """``rows`` as an index; all of them as a slice, which copies nothing."""
    return slice(None) if len(rows) == len(statements) else rows


def names_nothing(query: str) -> bool:
    """Whether the query has only common words, so that searching for its words finds nothing."""
    return all(word in NAMELESS for word in forms(query)) and not _phrases(query)


def best_first(scores: np.ndarray, ids: pd.Series, limit: int, rows: np.ndarray | None = None) -> list[int]:
    """Places of the ``limit`` highest scores, best first, equal ones by id. Scores equal to six decimals are equal.

    rows: where in ``ids`` each score's statement stands; None: in their order.
    """
    if len(scores) <= limit:
        places = np.arange(len(scores))
    else:
        best = np.sort(scores[most(scores, limit)])[-limit:]
        # few, and with them every statement that ties for the last place
        places = np.flatnonzero(scores >= best[0] - 10**-DECIMALS)
    rounded = np.round(scores[places].astype(np.float64), DECIMALS)
    names = ids.iloc[places if rows is None else rows[places]]
    order = sorted(zip(-rounded, names, places.tolist(), strict=True))
    return [place for _, _, place in order[:limit]]


def in_words(cosine: float, dimensions: int, *, to_a_statement: bool = False, moved: bool = False) -> str | None:
    """A cosine as the reader sees it; None where it says too little.

    dimensions: of the encoder's vectors; those of an encoder that was not measured are judged as those of "small".
    to_a_statement: it compares two statements, which are alike in manner as well, and no question.
    moved: the question was moved towards what is found first (``question.is_moved``).
    """
    measured = _TO_A_STATEMENT if to_a_statement else _TO_A_MOVED_QUESTION if moved else _TO_A_QUESTION
    least = measured.get(dimensions, measured[384])
    return next((word for word, enough in zip(_WORDS, least, strict=True) if cosine >= enough), None)


def close_from(release: Searchable, enough: Near = "close") -> float:
    """From which cosine a statement of the release is at least so near to a question."""
    measured = _TO_A_MOVED_QUESTION if question.is_moved(release) else _TO_A_QUESTION
    return measured.get(meaning.dimensions(release), measured[384])[NEARNESS.index(enough)]


def _phrases(query: str) -> list[list[str]]:
    return [phrase for quoted in _QUOTED.findall(query) if (phrase := forms(quoted))]


def _holds_phrases(index: WordIndex, query: str) -> np.ndarray | None:
    """Which statements say every phrase that the query puts in quotation marks; None when it has none."""
    phrases = _phrases(query)
    return np.logical_and.reduce([index.phrase(phrase) for phrase in phrases]) if phrases else None
