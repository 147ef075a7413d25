"""Every statement that a query finds, not only the best: what is counted, drawn along time and listed by day.

``search`` gives the best few; here a line is drawn between what a query finds and what is only somehow related.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.archive.served.vectors import most
from analysis.embedding import Encoder
from analysis.messages import message
from analysis.queries.codes import days_of
from analysis.queries.meaning import Searchable
from analysis.queries.query_language import Query, parse
from analysis.queries.query_values import Understood, Vocabulary, vocabulary
from analysis.queries.ranking import DECIMALS, Mode, Near, Ranking, close_from, names_nothing, rank
from analysis.queries.search import HELD, Hit, hits_at, kept_rows, mode_at_hand
from analysis.wording import forms, words

By = Literal["nothing", "filters", "exact", "words", "meaning", "both"]
Sort = Literal["relevance", "newest", "oldest"]

MOST_FURTHER = 50  # statements that are only related, kept to be looked at


@dataclass(frozen=True, slots=True, eq=False)
class EveryMatch:
    """What a query finds in a release, and the nearest of what it does not. Arrays run along ``ranking.rows``."""

    ranking: Ranking  # of both, by place in the table
    is_match: np.ndarray  # bool; False: further off
    says: np.ndarray  # bool: holds the words or phrases, or nothing was asked that a statement could hold
    by: By  # what finds: filters alone, exact phrases and filters, words, meaning, or both; nothing was asked
    understood: Understood
    note: str | None = None  # what the reader should be told

    @property
    def places(self) -> np.ndarray:
        """Places in the statements table of what it finds, ascending: (m,) intp."""
        found: np.ndarray = self.ranking.rows[self.is_match]
        return found

    @property
    def further(self) -> int:
        """How many statements are kept that it does not find but that come nearest."""
        return int(len(self.is_match) - np.count_nonzero(self.is_match))

    @property
    def saying(self) -> int:
        """How many of what it finds hold the words; the others are close in meaning alone."""
        return int(np.count_nonzero(self.says & self.is_match))

    def ordered(self, statements: pd.DataFrame, sort: Sort, *, further: bool = False) -> np.ndarray:
        """Places in ``ranking`` of what it finds, in order; equal ones as the table has them, undated ones last.

        further: with what is further off too. A date orders what was found; what only comes nearest follows, nearest
        first, since by date it would be chance.
        """
        shown = np.flatnonzero(self.is_match)
        if sort == "relevance":
            return self._best_first(np.arange(len(self.is_match)) if further else shown)
        days = days_of(statements)[self.ranking.rows[shown]]
        past = days.astype(np.int64) * (-1 if sort == "newest" else 1)
        past[np.isnat(days)] = np.iinfo(np.int64).max
        dated = np.asarray(shown[np.argsort(past, kind="stable")])
        return np.concatenate([dated, self.next_best()]) if further else dated

    def next_best(self) -> np.ndarray:
        """Places in ``ranking`` of what it does not find but that comes nearest, best first."""
        return self._best_first(np.flatnonzero(~self.is_match))

    def _best_first(self, places: np.ndarray) -> np.ndarray:
        scores = self.ranking.scores[places].astype(np.float64)
        return np.asarray(places[np.argsort(-np.round(scores, DECIMALS), kind="stable")])

    def hits(self, release: Searchable, places: Sequence[int]) -> list[Hit]:
        """What stands at ``places`` of the ranking, each with why it was found."""
        if self.by == "filters":
            ids = release.statements["statement_id"].iloc[self.ranking.rows[np.asarray(places, dtype=np.intp)]]
            return [Hit(str(statement_id), 0.0, "filters") for statement_id in ids]
        hits = hits_at(release, self.ranking, forms(self.understood.query.asked), places)
        phrases = [forms(term.text) for clause in self.understood.query.clauses for term in clause if term.exact]
        if not phrases:
            return hits
        texts = release.statements["text"].iloc[self.ranking.rows[np.asarray(places, dtype=np.intp)]]
        return [
            replace(hit, matched=(*_printed(str(text), phrases), *hit.matched))
            for hit, text in zip(hits, texts, strict=True)
        ]


def every_match(
    release: Searchable,
    query: str | Query,
    rows: np.ndarray,
    *,
    encoder: Encoder | None,
    mode: Mode = "hybrid",
    names: Vocabulary | None = None,
    enough: Near = "close",
) -> EveryMatch:
    """All of ``rows``, ascending places in the statements table, that ``query`` finds.

    Phrases, filters and words joined by OR are passed or not. Of free words, a statement has to hold all, or those
    that are more than half of their weight (rare words weigh more), or be ``enough`` in meaning, as ``mode`` has it.
    Where nobody says a phrase exactly nothing is found, and what comes nearest is further off.
    Raises ValueError as ``search.search`` does. Beyond ranking it costs a few passes over ``rows``.
    """
    read = parse(query) if isinstance(query, str) else query
    understood = (names or vocabulary(release)).understand(read)
    if not (forms(read.asked) or understood.clauses):
        how = message("Type a few words, a phrase in quotation marks, or a whole sentence.")
        return _none("nothing", understood, how)
    kept, given_up = kept_rows(release, rows, understood)
    mode, without = mode_at_hand(release, encoder, mode)
    by: By = _by(read, mode)
    if not len(kept):
        return _none(by, understood, message("No statement passes the filters."))
    if by == "filters":
        return _all(kept, by, understood)
    if by == "exact" and mode == "semantic":
        mode = "hybrid"  # what was asked for letter by letter is found by its letters
    if mode == "words" and names_nothing(read.asked):
        common = message("The query has only common words; add one that names a subject.")
        return _none(by, understood, without or common)
    line = close_from(release, enough)
    ranking = rank(release, read.asked, kept, encoder, mode, line)
    if by == "exact" and not given_up and len(ranking.rows) < len(kept):  # words too common to rank by
        return _all(kept, by, understood)
    says = np.zeros(len(ranking.rows), dtype=bool) if ranking.held is None else ranking.held >= HELD
    if given_up:
        is_match = np.zeros(len(ranking.rows), dtype=bool)
    elif by == "exact":
        is_match = says = np.ones(len(ranking.rows), dtype=bool)
    else:
        is_match = says.copy()
        if ranking.closeness is not None:
            is_match |= ranking.closeness >= line
    found = _trimmed(ranking, is_match, says)
    return EveryMatch(*found, by, understood, given_up or without or ranking.note)


def _printed(text: str, phrases: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The folded ``phrases`` as ``text`` prints them, where it does."""
    said = list(words(text))
    found = [
        text[said[at].start : said[at + len(phrase) - 1].end]
        for phrase in phrases
        for at in range(len(said) - len(phrase) + 1)
        if all(word.form == form for word, form in zip(said[at:], phrase, strict=False))
    ]
    return tuple(dict.fromkeys(found))


def _by(query: Query, mode: Mode) -> By:
    if not forms(query.asked):
        return "filters"
    if not query.words:
        return "exact"
    return "words" if mode == "words" else "meaning" if mode == "semantic" else "both"


def _trimmed(ranking: Ranking, is_match: np.ndarray, says: np.ndarray) -> tuple[Ranking, np.ndarray, np.ndarray]:
    """The ranking of what is found and of the best ``MOST_FURTHER`` besides; a large one would fill the memory."""
    others = np.flatnonzero(~is_match)
    if len(others) > MOST_FURTHER:
        others = others[most(ranking.scores[others], MOST_FURTHER)]
        best = np.argsort(-np.round(ranking.scores[others], DECIMALS), kind="stable")
        others = others[best[:MOST_FURTHER]]
    kept = np.sort(np.concatenate([np.flatnonzero(is_match), others]))
    closeness = None if ranking.closeness is None else ranking.closeness[kept]
    held = None if ranking.held is None else ranking.held[kept]
    return Ranking(ranking.rows[kept], ranking.scores[kept], closeness, held), is_match[kept], says[kept]


def _all(rows: np.ndarray, by: By, understood: Understood) -> EveryMatch:
    every = np.ones(len(rows), dtype=bool)
    scores = np.zeros(len(rows), dtype=np.float32)
    return EveryMatch(Ranking(rows, scores, held=every.astype(np.float32)), every, every, by, understood)


def _none(by: By, understood: Understood, note: str) -> EveryMatch:
    nothing = np.zeros(0, dtype=np.intp)
    empty = np.zeros(0, dtype=bool)
    return EveryMatch(Ranking(nothing, np.zeros(0, dtype=np.float32)), empty, empty, by, understood, note)
