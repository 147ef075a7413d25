"""BM25 over statements, with the weight of a query's words that each statement holds.

Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond".
A large release brings its postings with it, mapped; those of a small one are made from the statements table
when they are first asked for, at about 0.1 ms a statement, and kept as long as that table lives. What a word is
worth in each is computed with them (``served.worth``): a question only adds.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.archive.served import Served
from analysis.archive.served.attached import served_of
from analysis.archive.served.words import Postings, Text, index_words
from analysis.archive.served.worth import STEP
from analysis.wording import NEGATIONS, STOP_WORDS, forms, stem

STRETCH = 1 << 15  # statements worked on at once: some arrays of as many numbers stay in the processor's cache
_LONGEST_QUERY = 256  # words; what stands beyond is not looked up

_LONGEST_NAME = 5  # words

NAMELESS = STOP_WORDS | NEGATIONS  # a query of these alone names nothing to look for
_EMPTY = STOP_WORDS - {"may"}  # a month as well
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
    """What a query's words find among statements: by their postings, and by their speakers' names."""

    def __init__(self, postings: Postings, names: Sequence[str | None], name_codes: np.ndarray) -> None:
        """names: different names of speakers; name_codes, (n,) int: the place in it of each statement's."""
        self.size = postings.size
        self._postings = postings
        self._form_ids = {form: at for at, form in enumerate(postings.forms)}
        self._stem_ids = {root: at for at, root in enumerate(postings.stems)}
        self._name_codes = name_codes
        self._names: dict[tuple[str, ...], list[int]] = {}
        for code, name in enumerate(names):
            if name:
                self._names.setdefault(tuple(forms(name)), []).append(code)
        self._most_names = len(names)
        self._forms_of_stem: dict[int, list[int]] = {}

    @property
    def postings(self) -> Postings:
        """Where every word stands."""
        return self._postings

    def scores(self, words: Sequence[str], only: np.ndarray | None = None) -> WordScores:
        """Scores of folded ``words`` for every statement, or for those at ``only``, ascending: the same to the bit.

        A word that no statement has counts in the coverage's denominator as the rarest would: a question in
        other words covers little. What large archives hold everywhere, such as "of the", is passed over where the
        query has anything else: it tells no statement from another, and costs most of the time.
        """
        size = self.size if only is None else len(only)
        bm25 = np.zeros(size, dtype=np.float32)
        covered = np.zeros(size, dtype=np.float32)
        subject = np.zeros(size, dtype=np.uint8)
        place_in = None if only is None else _places_in(only, self.size)
        weighed = self._telling(words)
        total = sum(float(weight) for _, weight, _ in weighed) or 1.0
        common: list[tuple[np.ndarray, np.float32, np.float32, bool]] = []
        for stem_id, weight, names_something in weighed:
            share, factor = np.float32(weight / np.float32(total)), np.float32(weight * np.float32(STEP))
            dense = self._postings.worth.of_common(stem_id)
            if dense is not None:
                common.append((dense, factor, share, names_something))
                continue
            places, worths = self._postings.rows(stem_id)
            if place_in is None:
                rows = places.astype(np.intp)  # once, not with each use as an index
            else:
                rows = place_in[places].astype(np.intp)
                worths = worths[rows >= 0]
                rows = rows[rows >= 0]
            bm25[rows] += worths * factor
            covered[rows] += share
            if names_something:
                subject[rows] = 1
        _add(bm25, covered, subject, common, only)
        return WordScores(bm25, covered, subject != 0)

    def _telling(self, words: Sequence[str]) -> list[tuple[int, np.float32, bool]]:
        """``_weighed`` without empty words that many statements hold, unless nothing else is asked."""
        some = [word for word in words if word not in _EMPTY or not self._is_common(word)]
        return self._weighed(some or words)

    def _is_common(self, word: str) -> bool:
        return self._postings.worth.of_common(self._stem_ids.get(stem(word), -1)) is not None

    def _weighed(self, words: Sequence[str]) -> list[tuple[int, np.float32, bool]]:
        """Each different stem of ``words``: its id, its weight (idf), and whether it names something."""
        found = []
        distinct = {stem(word): word for word in reversed(words[:_LONGEST_QUERY])}
        for root, word in sorted(distinct.items()):
            stem_id = self._stem_ids.get(root, -1)
            held = self._postings.by_stem.count(stem_id)
            weight = np.log1p(np.float32((self.size - held + 0.5) / (held + 0.5)))
            found.append((stem_id, weight, word not in NAMELESS))
        return found

    def phrase(self, phrase: Sequence[str], *, inflected: bool = False) -> np.ndarray:
        """Which statements say the folded words of ``phrase`` one after another: (n,) bool.

        inflected: "third parties" will do for "third party".
        """
        holds = np.zeros(self.size, dtype=bool)
        said = self._postings.said
        wanted = [self._alike(form, inflected) for form in phrase]
        if not wanted or not all(wanted) or len(wanted) > len(said):
            return holds
        counted = [sum(self._postings.by_form.count(form) for form in each) for each in wanted]
        rarest = counted.index(min(counted))
        at = self._places(wanted[rarest]) - rarest
        at = at[(at >= 0) & (at <= len(said) - len(wanted))]
        for offset, each in enumerate(wanted):
            if offset != rarest:
                found = said[at + offset]
                at = at[found == each[0] if len(each) == 1 else np.isin(found, each)]
        rows = np.searchsorted(self._postings.starts, at, side="right") - 1
        inside = at + len(wanted) <= self._postings.starts[rows + 1]
        holds[rows[inside]] = True
        return holds

    def holding(self, words: Sequence[str]) -> np.ndarray:
        """Which statements have a word of ``words``, folded, in text, name, office, source or day: (n,) bool."""
        holds = np.zeros(self.size, dtype=bool)
        for root in {stem(word) for word in words[:_LONGEST_QUERY]}:
            rows, _ = self._postings.rows(self._stem_ids.get(root, -1))
            holds[rows] = True
        return holds

    def word(self, form: str) -> np.ndarray:
        """Which statements say a folded word in any inflection, or have it in their speaker's name: (n,) bool."""
        holds = self.phrase([form], inflected=True)
        root = stem(form)
        codes = [code for name, same in self._names.items() if root in map(stem, name) for code in same]
        if codes:
            of_name = np.zeros(self._most_names, dtype=bool)
            of_name[codes] = True
            holds |= np.take(of_name, self._name_codes)
        return holds

    def named(self, words: Sequence[str]) -> np.ndarray:
        """How much ``words`` name each statement's speaker: (n,) float32.

        1 where they are nothing but the full name, 0.5 where a full name of two words or more is among them, else 0.
        """
        of_name = np.zeros(max(self._most_names, 1), dtype=np.float32)
        for length in range(2, _LONGEST_NAME + 1):
            for start in range(min(len(words), _LONGEST_QUERY) - length + 1):
                of_name[self._names.get(tuple(words[start : start + length]), [])] = 0.5
        of_name[self._names.get(tuple(words), [])] = 1
        if not of_name.any():
            return np.zeros(self.size, dtype=np.float32)
        return np.take(of_name, self._name_codes)  # twice as quick as an index of 32-bit numbers

    def _alike(self, form: str, inflected: bool) -> list[int]:
        """The forms that will do for ``form``: itself, or all that share its stem."""
        if not inflected:
            return [self._form_ids[form]] if form in self._form_ids else []
        root = self._stem_ids.get(stem(form), -1)
        if root not in self._forms_of_stem:
            self._forms_of_stem[root] = np.flatnonzero(self._postings.stem_of_form == root).tolist()
        return self._forms_of_stem[root]

    def _places(self, form_ids: Sequence[int]) -> np.ndarray:
        (places,) = self._postings.by_form.values
        parts = [places[self._postings.by_form.of(form)] for form in form_ids]
        return np.concatenate(parts).astype(np.int64)


def _opened(served: Served) -> WordIndex:
    return WordIndex(served.words, served.columns.values[SPEAKER], served.columns.codes[SPEAKER])


def _made(statements: pd.DataFrame) -> WordIndex:
    speakers = [name if _present(name) else None for name in statements[SPEAKER]]
    names = list(dict.fromkeys(speakers))
    code = {name: at for at, name in enumerate(names)}
    codes = np.fromiter((code[name] for name in speakers), dtype=np.int32, count=len(speakers))
    return WordIndex(index_words(_texts(statements)), names, codes)


def _texts(statements: pd.DataFrame) -> Iterator[Text]:
    """Per statement its words, and those of its speaker, office, source and day: "16 May 2024"."""
    columns = [statements[column].tolist() for column in ABOUT if column in statements]
    if DAY in statements:
        days = pd.to_datetime(statements[DAY])
        columns.append((days.dt.day.astype("Int64").astype("string") + " " + days.dt.strftime("%B %Y")).tolist())
    abouts = zip(*columns, strict=True) if columns else iter([()] * len(statements))
    for said, speaker, about in zip(statements[SAID], statements[SPEAKER], abouts, strict=True):
        told = " \n ".join(value for value in about if _present(value))
        yield Text(said if _present(said) else "", speaker if _present(speaker) else "", told)


def _present(value: object) -> bool:
    return isinstance(value, str) and bool(value)


_kept: dict[int, tuple[weakref.ref[pd.DataFrame], WordIndex]] = {}
_building = threading.Lock()


def word_index(statements: pd.DataFrame) -> WordIndex:
    """The index of this very table, opened or built the first time it is asked for and dropped with the table."""
    with _building:
        held = _kept.get(id(statements))
        if held is None or held[0]() is not statements:
            key = id(statements)
            reference = weakref.ref(statements, lambda _: _kept.pop(key, None) and None)
            served = served_of(statements)
            held = _kept[key] = (reference, _opened(served) if served else _made(statements))
        return held[1]


def _add(
    bm25: np.ndarray,
    covered: np.ndarray,
    subject: np.ndarray,
    common: Sequence[tuple[np.ndarray, np.float32, np.float32, bool]],
    only: np.ndarray | None,
) -> None:
    """Add worth and share of words that many statements hold, by stretches that stay in the processor's cache.

    only: the rows of the table that the first three arrays run along; None: all of them.

    Number by number, in the words' order: a matrix product's sums differ in their last bits with the place.
    """
    room = np.empty((2, STRETCH), dtype=np.float32)
    for start in range(0, len(bm25) if common else 0, STRETCH):
        stretch = slice(start, start + STRETCH)
        worth, shares, names = bm25[stretch], covered[stretch], subject[stretch]
        product, held = room[0, : len(worth)], room[1, : len(worth)]
        for dense, factor, share, names_something in common:
            worths = dense[stretch] if only is None else dense[only[stretch]]
            held[:] = worths
            worth += np.multiply(held, factor, out=product)
            shares += np.minimum(held, share, out=held)  # of 0 and of 1 or more: no share is above 1
            if names_something:
                names |= worths


def _places_in(only: np.ndarray, size: int) -> np.ndarray:
    """Where each of ``size`` rows stands in ``only``: (size,) int32, -1 where it does not."""
    places = np.full(size, -1, dtype=np.int32)
    places[only] = np.arange(len(only), dtype=np.int32)
    return places
