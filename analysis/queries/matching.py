"""Every statement that is on a question, not only the best: what counts and comparisons are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.embedding import Encoder
from analysis.messages import message
from analysis.queries import question
from analysis.queries.meaning import Searchable, dimensions
from analysis.queries.query_language import parse
from analysis.queries.query_values import Understood, Vocabulary, vocabulary
from analysis.queries.ranking import names_nothing
from analysis.queries.search import HELD, kept_rows, selected_rows
from analysis.queries.selection import Selection
from analysis.queries.word_index import word_index
from analysis.wording import forms

Reach = Literal["words", "narrow", "medium", "wide"]
REACHES: tuple[Reach, ...] = ("words", "narrow", "medium", "wide")
# The cosine from which on a statement is on a question, by the length of the encoder's vectors. Lower than what the
# search page calls close with "base", higher with "small", whose cosines lie nearer to each other. Set by reading
# what seven questions find among the 815 shipped statements: benchmarks/comparing_reach.py prints them.
_FROM: dict[int, dict[Reach, float]] = {
    256: {"narrow": 0.6, "medium": 0.45, "wide": 0.38},
    384: {"narrow": 0.55, "medium": 0.48, "wide": 0.42},
}


@dataclass(frozen=True, slots=True)
class Matching:
    """The statements on a question."""

    rows: np.ndarray  # (m,) places in the table, ascending
    by_words: int  # of them, those that hold at least half of the weight of its words
    by_meaning: int  # those that do not, and are close in meaning
    note: str | None = None  # what the reader should be told
    understood: Understood | None = None  # None: nothing was asked


def matching(
    release: Searchable,
    query: str,
    selection: Selection | None = None,
    *,
    encoder: Encoder | None,
    names: Vocabulary | None = None,
    reach: Reach = "medium",
) -> Matching:
    """The statements of ``selection`` that hold the words of ``query`` or are close to it in meaning.

    query: in the language of ``query_language``; its filters narrow ``selection``, and filters alone keep what passes
    them. Empty: everything is on it. encoder: None searches words alone, and the note says so. reach: how close in
    meaning is close enough; "words" asks for its words alone.
    Raises ValueError when the encoder's vectors are not those of the release, or the reach is unknown.
    """
    if reach not in REACHES:
        raise ValueError(f"reach is {reach!r}; it is one of {', '.join(REACHES)}")
    read = parse(query)
    understood = (names or vocabulary(release)).understand(read)
    rows, note = kept_rows(release, selected_rows(release.statements, selection), understood)
    asked = forms(read.asked)
    if not asked or not len(rows):
        return Matching(rows, 0, 0, note, understood if query.strip() else None)
    has_meaning = encoder is not None and dimensions(release) > 0
    if not has_meaning and reach != "words":
        note = note or message("Only words were searched, as no encoder is at hand.")
    if names_nothing(read.asked) and (reach == "words" or not has_meaning):
        only_common = message("The question has only common words; add one that names a subject.")
        return Matching(rows[:0], 0, 0, only_common, understood)
    # Words are weighed alike with and without meaning: by how much of the question's weight a statement holds.
    said = _said(release, read.asked, rows)
    close = np.zeros(len(rows), dtype=bool)
    if has_meaning and encoder is not None and reach != "words":
        some = rows if len(rows) < len(release.statements) else None
        close = question.closeness(release, encoder, read.asked, some) >= _least(dimensions(release), reach)
    return Matching(rows[said | close], int(said.sum()), int((close & ~said).sum()), note, understood)


def _said(release: Searchable, query: str, rows: np.ndarray) -> np.ndarray:
    """Which of ``rows`` hold at least half of the weight of the query's words, one that names something among them."""
    scores = word_index(release.statements).scores(forms(query))
    return np.asarray((scores.coverage[rows] >= HELD) & scores.subject[rows])


def _least(length: int, reach: Reach) -> float:
    return _FROM.get(length, _FROM[384])[reach]
