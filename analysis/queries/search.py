"""Search: which statements a question finds, in what order, and why.

Meaning ranks by cosine of sentence embeddings. Words lift a statement above that by how much of the
query's weight it holds: a name, a formula or a rare term is held whole and comes first; a question in
other words is held to a small part and stays ranked by meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from analysis.embedding import Encoder
from analysis.queries.naming import statements_naming
from analysis.queries.query_filters import passing
from analysis.queries.query_language import Query, parse
from analysis.queries.query_values import Condition, Understood, Vocabulary, vocabulary
from analysis.queries.selection import Selection, select
from analysis.queries.speakers import newest_first
from analysis.queries.word_index import NAMELESS, WordIndex, word_index
from analysis.wording import forms, stem, words

Mode = Literal["hybrid", "semantic", "words"]

_LIFT = 1.0  # a statement with all of the query's words outranks the closest without any
_SHARPNESS = 3.0  # and one with half of them gains an eighth of that
_NAMED = 1.5  # a statement by the speaker whose name is the query; half of it where the query says more
_BM25 = 0.02  # orders statements that hold the same words
_HELD = 0.5  # share of the query's weight from which its words are a reason of their own
_DECIMALS = 6  # of a score: matrix products differ in the last bits with the number of rows

# Cosine of all-MiniLM-L6-v2 between question and statement, in words; not a probability.
# Over ../shared/evaluation/search_queries.jsonl, 50 % of the rows on point reach 0.36 and 5 % reach 0.55;
# of all rows 25 % reach 0.29, 5 % reach 0.43 and 1 % reaches 0.51.
_CLOSENESS = ((0.55, "very close"), (0.42, "close"), (0.3, "related"))

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


class Searchable(Protocol):
    """What search asks of a release."""

    @property
    def statements(self) -> pd.DataFrame:
        """The statements table, without vectors."""

    def vectors(self) -> tuple[Sequence[str], np.ndarray]:
        """Statement ids and their unit vectors, (n, d) float32, in the table's order; (0, 0) without an encoder."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found."""

    statement_id: str
    score: float  # orders the hits of one query; neither a probability nor comparable between queries
    why: Literal["words", "meaning", "both", "filters"]  # filters: nothing was asked that ranks
    matched: tuple[str, ...] = ()  # the statement's own words that the query names, as printed, in their order
    closeness: str | None = None  # "very close", "close" or "related" in meaning; None: further, or not asked


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
        return Hits(note="Type a few words, a phrase in quotation marks, or a whole sentence.", understood=understood)
    rows, note = _kept(release, selection, understood)
    if not len(rows):
        return Hits(note="No statement passes the filters.", understood=understood)
    if not asked:
        return Hits(_newest(release.statements, rows, limit), "No words to rank by: newest first.", understood)
    hits = _ranked(release, read.asked, rows, encoder, mode, limit)
    return Hits(hits, note or hits.note, understood)


def _kept(release: Searchable, selection: Selection | None, understood: Understood) -> tuple[np.ndarray, str | None]:
    """Places of the statements that pass selection and query, ascending; a note where phrases had to be given up."""
    statements = release.statements
    rows = _rows(statements, selection)
    if not understood.clauses or not len(rows):
        return rows, None
    kept = rows[_passing(release, understood)[rows]]
    loose = tuple(clause for clause in understood.clauses if not all(_is_phrase(condition) for condition in clause))
    if len(kept) or len(loose) == len(understood.clauses):
        return kept, None
    kept = rows[_passing(release, replace(understood, clauses=loose))[rows]]
    return kept, "No statement has these exact words; these come nearest."


def _passing(release: Searchable, understood: Understood) -> np.ndarray:
    statements = release.statements
    return passing(
        statements, understood, lambda: word_index(statements), lambda entities: statements_naming(release, entities)
    )


def _is_phrase(condition: Condition) -> bool:
    return condition.term.exact and not condition.term.excluded


def _newest(statements: pd.DataFrame, rows: np.ndarray, limit: int) -> list[Hit]:
    """The latest ``limit`` of ``rows``, one day's by id, undated ones last."""
    listed = newest_first(statements.iloc[rows][["statement_id", "said_on"]]).head(limit)
    return [Hit(str(statement_id), 0.0, "filters") for statement_id in listed["statement_id"]]


def _ranked(release: Searchable, query: str, rows: np.ndarray, encoder: Encoder | None, mode: Mode, limit: int) -> Hits:
    """The best of ``rows`` for the words and phrases of ``query``."""
    statements, asked = release.statements, forms(query)
    note = None
    if mode != "words" and (encoder is None or not release.vectors()[1].size):
        lacking = "No encoder is loaded" if encoder is None else "This release was built without an encoder"
        mode, note = "words", f"{lacking}, so only words were searched."
    if mode == "words" and all(word in NAMELESS for word in asked) and not _phrases(query):
        return Hits(note=note or "The query has only common words; add one that names a subject.")
    closeness = None
    if mode != "words" and encoder is not None:
        closeness = _closeness(release, encode_query(encoder, query))[rows]
    if mode == "semantic" and closeness is not None:
        return Hits(_hits(statements, rows, closeness, limit, closeness=closeness), note)
    return _with_words(statements, rows, query, closeness, limit, note)


def _with_words(
    statements: pd.DataFrame, rows: np.ndarray, query: str, closeness: np.ndarray | None, limit: int, note: str | None
) -> Hits:
    """Hits by words, or by words and meaning where ``closeness``, (rows,) float32, is given."""
    index = word_index(statements)
    asked = forms(query)
    scores = index.scores(asked)
    bm25, coverage, subject = scores.bm25[rows], scores.coverage[rows], scores.subject[rows]
    phrases = _holds_phrases(index, query)
    quoted = phrases[rows] if phrases is not None else np.zeros(len(rows), dtype=bool)
    run = (index.phrase(asked).astype(np.float32) + index.phrase(asked, inflected=True))[rows] / 2
    named = index.named(asked)[rows]
    best = float(bm25.max()) or 1.0
    if closeness is None:
        if phrases is not None and not quoted.any():
            note = note or "No statement has these exact words; these come nearest."
        keep = quoted if quoted.any() else subject
        ranked = bm25 + best * (coverage + run + 4 * named)
        kept = np.flatnonzero(keep)
        hits = _hits(statements, rows[kept], ranked[kept], limit, asked=asked, coverage=np.ones(len(kept)))
        return Hits(hits, note or (None if hits else "No statement has these words."))
    lift = _LIFT * np.where(subject, coverage, 0) ** _SHARPNESS
    ranked = closeness + lift + _LIFT * (2 * quoted + run) + _NAMED * named + _BM25 * bm25 / best
    held = np.where(quoted, 1.0, np.where(subject, coverage, 0))
    return Hits(_hits(statements, rows, ranked, limit, closeness=closeness, asked=asked, coverage=held), note)


def _hits(
    statements: pd.DataFrame,
    rows: np.ndarray,
    scores: np.ndarray,
    limit: int,
    *,
    closeness: np.ndarray | None = None,
    asked: Sequence[str] = (),
    coverage: np.ndarray | None = None,
) -> list[Hit]:
    """The best ``limit`` of ``rows`` by ``scores``; every array runs along ``rows``."""
    hits = []
    places = best_first(scores, statements["statement_id"], limit, rows)
    found = statements.iloc[rows[places]]
    for place, statement_id, text in zip(places, found["statement_id"], found["text"], strict=True):
        named = coverage is not None and coverage[place] >= _HELD
        near = in_words(float(closeness[place])) if closeness is not None else None
        hits.append(
            Hit(
                statement_id=str(statement_id),
                score=round(float(scores[place]), _DECIMALS),
                why=("both" if near else "words") if named else "meaning",
                matched=matched_words(str(text), asked),
                closeness=near,
            )
        )
    return hits


def best_first(scores: np.ndarray, ids: pd.Series, limit: int, rows: np.ndarray | None = None) -> list[int]:
    """Places of the ``limit`` highest scores, best first, equal ones by id. Scores equal to six decimals are equal.

    rows: where in ``ids`` each score's statement stands; None: in their order.
    """
    rounded = np.round(scores.astype(np.float64), _DECIMALS)
    places = np.arange(len(rounded))
    if len(rounded) > limit:
        least = np.partition(rounded, len(rounded) - limit)[len(rounded) - limit]
        places = np.flatnonzero(rounded >= least)  # few, and with them every statement that ties for the last place
    names = ids.iloc[places if rows is None else rows[places]]
    order = sorted(zip(-rounded[places], names, places.tolist(), strict=True))
    return [place for _, _, place in order[:limit]]


def in_words(cosine: float) -> str | None:
    """A cosine as the reader sees it; None where it says too little."""
    return next((word for least, word in _CLOSENESS if cosine >= least), None)


def matched_words(text: str, asked: Sequence[str]) -> tuple[str, ...]:
    """The words of ``text``, as printed, that share a stem with those ``asked`` that name something."""
    roots = {stem(form) for form in asked if form not in NAMELESS}
    return tuple(dict.fromkeys(text[word.start : word.end] for word in words(text) if stem(word.form) in roots))


@lru_cache(maxsize=1024)
def encode_query(encoder: Encoder, query: str) -> np.ndarray:
    """The query's unit vector, (d,) float32; recent ones are kept."""
    vector: np.ndarray = encoder.encode([query])[0]
    return vector


def _phrases(query: str) -> list[list[str]]:
    return [phrase for quoted in _QUOTED.findall(query) if (phrase := forms(quoted))]


def _holds_phrases(index: WordIndex, query: str) -> np.ndarray | None:
    """Which statements say every phrase that the query puts in quotation marks; None when it has none."""
    phrases = _phrases(query)
    return np.logical_and.reduce([index.phrase(phrase) for phrase in phrases]) if phrases else None


def _rows(statements: pd.DataFrame, selection: Selection | None) -> np.ndarray:
    """Places in the table of the statements that the selection keeps, ascending."""
    if selection is None or selection.is_empty:
        return np.arange(len(statements))
    places = pd.Series(np.arange(len(statements)), index=statements.index)
    kept: np.ndarray = places.loc[select(statements, selection).index].to_numpy()
    return kept


def _closeness(release: Searchable, query: np.ndarray) -> np.ndarray:
    """Cosine of ``query``, (d,), with every statement in the table's order: (n,) float32."""
    ids, vectors = release.vectors()
    if vectors.shape[1:] != query.shape:
        raise ValueError(
            f"the encoder makes vectors of {query.shape[0]} dimensions, this release has {vectors.shape[1]}: "
            "open it with the encoder it was built with, or build again"
        )
    if len(ids) != len(release.statements):
        raise ValueError(
            f"the release has {len(release.statements)} statements but {len(ids)} vectors; run check on it"
        )
    scores: np.ndarray = vectors @ query
    return scores
