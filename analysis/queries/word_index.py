"""BM25 over statements, with the weight of a query's words that each statement holds.

Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond".
The index is built from the statements table and kept as long as that table lives: about 0.1 ms a statement.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.wording import NEGATIONS, STOP_WORDS, forms, stem

_SATURATION = 1.2  # k1
_LENGTH = 0.4  # b: statements are all short, so length says little
_ABOUT = 0.5  # how much a word of the office, source or day counts beside a word that was said, or the speaker's name
_LONGEST_QUERY = 256  # words; what stands beyond is not looked up

_LONGEST_NAME = 5  # words

NAMELESS = STOP_WORDS | NEGATIONS  # a query of these alone names nothing to look for
SAID = "text"
SPEAKER = "speaker_name"
ABOUT = ("office", "via", "source_publisher", "source_title")
DAY = "said_on"


@dataclass(frozen=True, slots=True)
class WordScores:
    """What a query's words say about each statement; arrays are (n,), in the table's order."""

    bm25: np.ndarray  # float32, 0 where no word is found
    coverage: np.ndarray  # float32 in [0, 1]: share of the query's weight (idf) whose words the statement has
    subject: np.ndarray  # bool: has at least one word of the query that names something


class WordIndex:
    """Postings by stem over what was said and who said it where."""

    def __init__(self, statements: pd.DataFrame) -> None:
        self.size = len(statements)
        self._form_ids: dict[str, int] = {}
        said, self._starts = self._sequences(statements[SAID])
        speakers, speaker_starts = self._sequences(statements[SPEAKER])
        self._speakers: dict[tuple[str, ...], list[int]] = {}
        for row, name in enumerate(statements[SPEAKER]):
            if _present(name):
                self._speakers.setdefault(tuple(forms(name)), []).append(row)
        about, about_starts = self._sequences(_about(statements))
        self._said = said
        self._stem_ids: dict[str, int] = {}
        stems = np.array(
            [self._stem_ids.setdefault(stem(form), len(self._stem_ids)) for form in self._form_ids], dtype=np.int32
        )
        self._said_stems = stems[said] if len(said) else said
        rows = np.concatenate([_rows(self._starts), _rows(speaker_starts), _rows(about_starts)])
        weights = np.ones(len(rows), np.float32)
        weights[len(said) + len(speakers) :] = _ABOUT
        tokens = np.concatenate([said, speakers, about])
        self._index(stems[tokens] if len(tokens) else tokens, rows, weights)
        lengths = np.diff(self._starts).astype(np.float32)
        mean = float(lengths.mean()) if self.size else 1.0
        self._norms = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(mean, 1.0))

    def scores(self, words: Sequence[str]) -> WordScores:
        """Scores of folded ``words`` for every statement.

        A word that no statement has counts in the coverage's denominator as the rarest would: a question in
        other words covers little.
        """
        bm25 = np.zeros(self.size, dtype=np.float32)
        covered = np.zeros(self.size, dtype=np.float32)
        subject = np.zeros(self.size, dtype=bool)
        total = 0.0
        distinct = {stem(word): word for word in reversed(words[:_LONGEST_QUERY])}
        for root, word in sorted(distinct.items()):
            rows, frequencies = self._postings(root)
            weight = float(np.log1p((self.size - len(rows) + 0.5) / (len(rows) + 0.5)))
            total += weight
            bm25[rows] += weight * frequencies * (_SATURATION + 1) / (frequencies + self._norms[rows])
            covered[rows] += weight
            if word not in NAMELESS:
                subject[rows] = True
        return WordScores(bm25, covered / total if total else covered, subject)

    def phrase(self, phrase: Sequence[str], *, inflected: bool = False) -> np.ndarray:
        """Which statements say the folded words of ``phrase`` one after another: (n,) bool.

        inflected: "third parties" will do for "third party".
        """
        holds = np.zeros(self.size, dtype=bool)
        if inflected:
            said, ids = self._said_stems, [self._stem_ids.get(stem(form), -1) for form in phrase]
        else:
            said, ids = self._said, [self._form_ids.get(form, -1) for form in phrase]
        if not ids or min(ids) < 0 or len(ids) > len(said):
            return holds
        at = np.flatnonzero(said[: len(said) - len(ids) + 1] == ids[0])
        for offset, wanted in enumerate(ids[1:], 1):
            at = at[said[at + offset] == wanted]
        rows = np.searchsorted(self._starts, at, side="right") - 1
        inside = at + len(ids) <= self._starts[rows + 1]
        holds[rows[inside]] = True
        return holds

    def word(self, form: str) -> np.ndarray:
        """Which statements say a folded word in any inflection, or have it in their speaker's name: (n,) bool."""
        holds = self.phrase([form], inflected=True)
        root = stem(form)
        for name, rows in self._speakers.items():
            if root in map(stem, name):
                holds[rows] = True
        return holds

    def named(self, words: Sequence[str]) -> np.ndarray:
        """How much ``words`` name each statement's speaker: (n,) float32.

        1 where they are nothing but the full name, 0.5 where a full name of two words or more is among them, else 0.
        """
        by_them = np.zeros(self.size, dtype=np.float32)
        for length in range(2, _LONGEST_NAME + 1):
            for start in range(min(len(words), _LONGEST_QUERY) - length + 1):
                by_them[self._speakers.get(tuple(words[start : start + length]), [])] = 0.5
        by_them[self._speakers.get(tuple(words), [])] = 1
        return by_them

    def _sequences(self, texts: Iterable[object]) -> tuple[np.ndarray, np.ndarray]:
        """Form ids of all texts end to end, and where each text's begin: (tokens,) and (n + 1,) int32."""
        ids = self._form_ids
        tokens: list[int] = []
        starts = [0]
        for text in texts:
            tokens.extend(ids.setdefault(form, len(ids)) for form in forms(str(text) if _present(text) else ""))
            starts.append(len(tokens))
        return np.array(tokens, dtype=np.int32), np.array(starts, dtype=np.int32)

    def _index(self, stems: np.ndarray, rows: np.ndarray, weights: np.ndarray) -> None:
        """Postings, end to end by stem: rows ascending, and the weighted count of the stem in each."""
        pairs = stems.astype(np.int64) * max(self.size, 1) + rows
        distinct, inverse = np.unique(pairs, return_inverse=True)
        self._frequencies = np.bincount(inverse, weights=weights, minlength=len(distinct)).astype(np.float32)
        self._rows = (distinct % max(self.size, 1)).astype(np.int32)
        self._offsets = np.searchsorted(distinct // max(self.size, 1), np.arange(len(self._stem_ids) + 1))

    def _postings(self, root: str) -> tuple[np.ndarray, np.ndarray]:
        found = self._stem_ids.get(root)
        part = slice(self._offsets[found], self._offsets[found + 1]) if found is not None else slice(0, 0)
        return self._rows[part], self._frequencies[part]


def _rows(starts: np.ndarray) -> np.ndarray:
    return np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))


def _about(statements: pd.DataFrame) -> Iterator[str]:
    """Per statement, the words of its office, source and day: "16 May 2024"."""
    columns = [statements[column].tolist() for column in ABOUT if column in statements]
    if DAY in statements:
        days = pd.to_datetime(statements[DAY])
        columns.append((days.dt.day.astype("Int64").astype("string") + " " + days.dt.strftime("%B %Y")).tolist())
    for values in zip(*columns, strict=True):
        yield " \n ".join(value for value in values if _present(value))


def _present(value: object) -> bool:
    return isinstance(value, str) and bool(value)


_kept: dict[int, tuple[weakref.ref[pd.DataFrame], WordIndex]] = {}
_building = threading.Lock()


def word_index(statements: pd.DataFrame) -> WordIndex:
    """The index of this very table, built the first time it is asked for and dropped with the table."""
    with _building:
        held = _kept.get(id(statements))
        if held is None or held[0]() is not statements:
            key = id(statements)
            reference = weakref.ref(statements, lambda _: _kept.pop(key, None) and None)
            held = _kept[key] = (reference, WordIndex(statements))
        return held[1]
