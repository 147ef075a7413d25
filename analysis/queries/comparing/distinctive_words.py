"""The words that set groups of statements apart, with how often and in how many statements each is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.archive.served.words import Postings
from analysis.queries.comparing.log_odds import z_scores
from analysis.queries.word_index import WordIndex, word_index
from analysis.wording import STOP_WORDS, forms, stem, words

_LEAST_USES = 3  # by a group; a word used less often says nothing about it
_LEAST_STATEMENTS = 2  # of the group: one speech that dwells on a word is not how the group speaks
LEAST_Z = 1.96  # what chance alone exceeds for one word in forty
_PRIOR = 4  # the smallest group's words are so many times those that the prior counts for; set by judgement
_AT_ONCE = 20_000  # statements whose words are read together
_LOOKED_AT = 7  # statements that show how a word is printed


@dataclass(frozen=True, slots=True)
class Word:
    """A word that one group uses more than the others."""

    word: str  # as it is mostly printed, in its commonest inflection
    z: float  # from ``log_odds.z_scores``
    uses: int  # in the group, in any inflection
    uses_elsewhere: int  # in the other groups together
    statements: int  # of the group that use it
    statements_elsewhere: int


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What sets one group apart, and how much it rests on."""

    words: tuple[Word, ...]  # surest first
    statements: int
    counted: int  # words of the group, without those that are left out


@dataclass(frozen=True, slots=True)
class Distinctive:
    """What sets each group apart from the others together."""

    groups: tuple[GroupWords, ...]
    compared: int  # different words, inflections taken together
    prior: int  # words that the prior counts for in each group
    background: int  # words of the whole release that the prior is taken from
    left_out: tuple[str, ...]  # names of speakers that the groups use, those used most first


def distinctive(
    statements: pd.DataFrame, groups: Sequence[np.ndarray], names: Collection[str] = (), limit: int = 12
) -> Distinctive:
    """The words that set ``groups``, rows of the release's statements table, apart; at most ``limit`` for each.

    names: of speakers; each word of theirs is left out, as words without a subject of their own are. The prior is how
    often the whole release uses each word, with a quarter of the smallest group's weight. Equal scores go by word.
    Some 50 ms of processor time for groups of 16,000 statements.
    """
    index = word_index(statements)
    postings = index.postings
    named = {form for name in names for form in forms(name)} - STOP_WORDS
    keep = np.fromiter((len(f) > 1 and f not in STOP_WORDS and f not in named for f in postings.forms), dtype=bool)
    used = [_form_counts(postings, rows) for rows in groups]
    of_forms = [np.where(keep, counts, 0) for counts in used]
    of_stems = [_by_stem(postings, counts) for counts in of_forms]
    background = _by_stem(postings, np.where(keep, _form_counts(postings, None), 0))
    together = np.sum(of_stems, axis=0)
    background[together == 0] = 0  # a word that none of them uses cannot set them apart
    weight = min((int(counts.sum()) for counts in of_stems), default=0) // _PRIOR
    found = []
    for at, rows in enumerate(groups):
        elsewhere = np.concatenate([other for place, other in enumerate(groups) if place != at])
        scores = z_scores(of_stems[at], together - of_stems[at], background, weight)
        scores[of_stems[at] < _LEAST_USES] = 0
        best = sorted(
            (-round(float(scores[number]), 6), postings.stems[number], int(number))
            for number in np.flatnonzero(scores >= LEAST_Z)
        )
        listed: list[Word] = []
        for negative, root, number in best:
            holds = _saying(index, root)
            within = rows[holds[rows]]
            if len(within) < _LEAST_STATEMENTS:
                continue
            uses, every = int(of_stems[at][number]), int(together[number])
            printed = _printed(statements, within, root)
            listed.append(Word(printed, -negative, uses, every - uses, len(within), int(holds[elsewhere].sum())))
            if len(listed) == limit:
                break
        found.append(GroupWords(tuple(listed), len(rows), int(of_stems[at].sum())))
    left_out = _left_out(postings, np.sum(used, axis=0), named)
    return Distinctive(tuple(found), int((together > 0).sum()), weight, int(background.sum()), left_out)


def _form_counts(postings: Postings, rows: np.ndarray | None) -> np.ndarray:
    """How often each form is said in the statements at ``rows``, in all when None: (forms,) int64."""
    size = len(postings.forms)
    if rows is None:
        return np.bincount(postings.said, minlength=size)
    counts = np.zeros(size, dtype=np.int64)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        begins, lengths = postings.starts[some], postings.starts[some + 1] - postings.starts[some]
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        counts += np.bincount(postings.said[np.repeat(begins, lengths) + within], minlength=size)
    return counts


def _by_stem(postings: Postings, of_forms: np.ndarray) -> np.ndarray:
    summed = np.bincount(postings.stem_of_form, weights=of_forms, minlength=len(postings.stems))
    return np.asarray(np.rint(summed).astype(np.int64))


def _saying(index: WordIndex, root: str) -> np.ndarray:
    """Which statements use any inflection of a stem: (n,) bool."""
    form = next(form for form in index.postings.forms if stem(form) == root)
    return index.phrase([form], inflected=True)


def _printed(statements: pd.DataFrame, rows: np.ndarray, root: str) -> str:
    """How the first of ``rows`` mostly print a stem: with a capital only where they all but agree on it."""
    prints = [
        text[word.start : word.end]
        for text in statements["text"].iloc[rows[:_LOOKED_AT]]
        for word in words(text)
        if stem(word.form) == root
    ]
    form: str = Counter(each.casefold() for each in prints).most_common(1)[0][0]
    same = [each for each in prints if each.casefold() == form]
    commonest: str = Counter(same).most_common(1)[0][0]
    return form if form in same else commonest


def _left_out(postings: Postings, counts: np.ndarray, named: Collection[str]) -> tuple[str, ...]:
    found = [(-int(counts[at]), form) for at, form in enumerate(postings.forms) if form in named and counts[at]]
    return tuple(form for _, form in sorted(found))
