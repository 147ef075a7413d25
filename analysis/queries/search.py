"""Search: which statements a question finds, and why; ``ranking`` puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from analysis.archive.served.attached import served_of
from analysis.archive.served.vectors import most
from analysis.embedding import Encoder
from analysis.messages import message
from analysis.queries.meaning import Searchable, dimensions
from analysis.queries.query_filters import passing
from analysis.queries.query_language import Query, parse
from analysis.queries.query_values import Condition, Understood, Vocabulary, vocabulary
from analysis.queries.question import is_moved
from analysis.queries.ranking import DECIMALS, Mode, Ranking, best_first, in_words, names_nothing, rank
from analysis.queries.selection import Selection, keeping
from analysis.queries.speakers import newest_first
from analysis.queries.word_index import NAMELESS, word_index
from analysis.schema import Span
from analysis.wording import forms, stem, words

HELD = 0.5  # share of the query's weight from which its words are a reason of their own


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found."""

    statement_id: str
    score: float  # orders the hits of one query; neither a probability nor comparable between queries
    why: Literal["words", "meaning", "both", "filters"]  # filters: nothing was asked that ranks
    matched: tuple[str, ...] = ()  # the statement's own words that the query names, as printed, in their order
    closeness: str | None = None  # "very close", "close" or "related" in meaning; None: further, or not asked
    part: Span | None = None  # of its text, what is nearest in meaning; None: all of it, or not looked for


class Hits(list[Hit]):
    """Hits, best first, and what the reader should be told about them."""

    def __init__(self, hits: Sequence[Hit] = (), note: str | None = None, understood: Understood | None = None) -> None:
        super().__init__(hits)
        self.note = note
        self.understood = understood  # the query as the release understands it, with hints about what it does not

    @property
    def hints(self) -> tuple[str, ...]:
        """What of the query could not be used or was read otherwise than it may be meant; a sentence each."""
        return self.understood.hints if self.understood else ()


def search(
    release: Searchable,
    query: str | Query,
    selection: Selection | None = None,
    *,
    encoder: Encoder | None,
    mode: Mode = "hybrid",
    limit: int = 20,
    names: Vocabulary | None = None,
) -> Hits:
    """The statements of ``selection`` that best answer ``query``, at most ``limit``; filters come before ranking.

    query: in the language of ``query_language``; its filters narrow ``selection``. names: what its values can mean;
    None: the names that the release has itself. Equal scores are ordered by statement id, so a link lists the same
    hits every time. Where no statement has a phrase exactly, the hits' note says so and those nearest come.
    Filters alone list what they keep, newest first. Without an encoder only words are searched, and the note says so.
    Nothing asked gives no hits and a note. Raises ValueError when the encoder's vectors are not those of the
    release, or the mode is unknown.
    """
    if mode not in ("hybrid", "semantic", "words"):
        raise ValueError(f"mode is {mode!r}; it is hybrid, semantic or words")
    read = parse(query) if isinstance(query, str) else query
    understood = (names or vocabulary(release)).understand(read)
    asked = forms(read.asked)
    if limit < 1 or not (asked or understood.clauses):
        how = message("Type a few words, a phrase in quotation marks, or a whole sentence.")
        return Hits(note=how, understood=understood)
    rows, note = kept_rows(release, selected_rows(release.statements, selection), understood)
    if not len(rows):
        return Hits(note=message("No statement passes the filters."), understood=understood)
    if not asked:
        by_day = message("No words to rank by: newest first.")
        return Hits(_newest(release.statements, rows, limit), by_day, understood)
    hits = _ranked(release, read.asked, rows, encoder, mode, limit)
    served = served_of(release.statements)
    if served is not None:
        served.columns.let_go()
    return Hits(hits, note or hits.note, understood)


def kept_rows(release: Searchable, rows: np.ndarray, understood: Understood) -> tuple[np.ndarray, str | None]:
    """Those of ``rows``, ascending, that pass the query; a note where phrases had to be given up."""
    if not understood.clauses or not len(rows):
        return rows, None
    kept = rows[_passing(release, understood)[rows]]
    loose = tuple(clause for clause in understood.clauses if not all(_is_phrase(condition) for condition in clause))
    if len(kept) or len(loose) == len(understood.clauses):
        return kept, None
    kept = rows[_passing(release, replace(understood, clauses=loose))[rows]]
    return kept, message("No statement has these exact words; these come nearest.")


def _passing(release: Searchable, understood: Understood) -> np.ndarray:
    statements = release.statements
    return passing(statements, understood, lambda: word_index(statements))


def _is_phrase(condition: Condition) -> bool:
    return condition.term.exact and not condition.term.excluded


def _newest(statements: pd.DataFrame, rows: np.ndarray, limit: int) -> list[Hit]:
    """The latest ``limit`` of ``rows``, one day's by id, undated ones last."""
    days = statements["said_on"].to_numpy()[rows]
    latest = rows[most(np.where(np.isnat(days), -np.inf, days.astype(np.float64)), limit)]
    listed = newest_first(statements[["statement_id", "said_on"]].iloc[latest]).head(limit)
    return [Hit(str(statement_id), 0.0, "filters") for statement_id in listed["statement_id"]]


def _ranked(release: Searchable, query: str, rows: np.ndarray, encoder: Encoder | None, mode: Mode, limit: int) -> Hits:
    """The best of ``rows`` for the words and phrases of ``query``."""
    asked = forms(query)
    mode, note = mode_at_hand(release, encoder, mode)
    if mode == "words" and names_nothing(query):
        return Hits(note=note or message("The query has only common words; add one that names a subject."))
    ranking = rank(release, query, rows, encoder, mode)
    places = best_first(ranking.scores, release.statements["statement_id"], limit, ranking.rows)
    return Hits(hits_at(release, ranking, asked, places), note or ranking.note)


def mode_at_hand(release: Searchable, encoder: Encoder | None, mode: Mode) -> tuple[Mode, str | None]:
    """``mode``, or words where nothing can be searched by meaning, and then a note that says why."""
    if mode == "words" or (encoder is not None and dimensions(release)):
        return mode, None
    if encoder is None:
        return "words", message("No encoder is loaded, so only words were searched.")
    return "words", message("This release was built without an encoder, so only words were searched.")


def hits_at(release: Searchable, ranking: Ranking, asked: Sequence[str], places: Sequence[int]) -> list[Hit]:
    """What stands at ``places`` of the ranking, each with why it was found. asked: the query's folded words."""
    hits = []
    statements = release.statements
    length = dimensions(release) if ranking.closeness is not None else 0
    moved = is_moved(release)
    found = statements[["statement_id", "text"]].iloc[ranking.rows[np.asarray(places, dtype=np.intp)]]
    for place, statement_id, text in zip(places, found["statement_id"], found["text"], strict=True):
        by_words = ranking.closeness is None or (ranking.held is not None and ranking.held[place] >= HELD)
        near = None
        if ranking.closeness is not None:
            near = in_words(float(ranking.closeness[place]), length, moved=moved)
        hits.append(
            Hit(
                statement_id=str(statement_id),
                score=round(float(ranking.scores[place]), DECIMALS),
                why=("both" if near else "words") if by_words else "meaning",
                matched=matched_words(str(text), asked if ranking.held is not None else ()),
                closeness=near,
            )
        )
    return hits


def matched_words(text: str, asked: Sequence[str]) -> tuple[str, ...]:
    """The words of ``text``, as printed, that share a stem with those ``asked`` that name something."""
    roots = {stem(form) for form in asked if form not in NAMELESS}
    return tuple(dict.fromkeys(text[word.start : word.end] for word in words(text) if stem(word.form) in roots))


def selected_rows(statements: pd.DataFrame, selection: Selection | None) -> np.ndarray:
    """Places in the table of the statements that the selection keeps, ascending."""
    if selection is None or selection.is_empty:
        return _all_rows(len(statements))
    return np.flatnonzero(keeping(statements, selection))


@lru_cache(maxsize=3)
def _all_rows(count: int) -> np.ndarray:
    rows = np.arange(count)
    rows.flags.writeable = False
    return rows
