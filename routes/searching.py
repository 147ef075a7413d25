"""What a search finds: the same as on the Search page, by words, by meaning, or both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis import logs
from analysis.exporting.hits import columns
from analysis.exporting.notes import Order
from analysis.queries.codes import days_of
from analysis.queries.every_match import EveryMatch, Sort, every_match
from analysis.queries.query_filters import chips
from analysis.queries.ranking import Mode, Near
from analysis.queries.search import Hit
from analysis.queries.similar import similar
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import paged, statement_rows

_LIKE = 20  # statements close to one
_SORTS: dict[str, tuple[Sort, Order]] = {
    "relevance": ("relevance", Order.RANK),
    "newest": ("newest", Order.LATEST),
    "oldest": ("oldest", Order.TIME),
}
_WORDS_ALONE = "the encoder is not ready, so only words were searched; ask again in a moment"


@dataclass(frozen=True)
class Found:
    """Statements in the order asked for. hits: of some of them, by their places in that order."""

    query: str  # as exports name it
    order: Order
    places: np.ndarray  # in the table
    ranked: np.ndarray  # in the match's ranking
    match: EveryMatch | None
    near: tuple[Hit, ...] = ()  # where statements close to one were asked for

    def hits(self, asked: Asked, part: slice) -> list[Hit]:
        """Why those of a part were found."""
        if self.match is None:
            return list(self.near[part])
        return self.match.hits(asked.opened.release, self.ranked[part].tolist())


def find(asked: Asked, query: str, mode: Mode, enough: Near = "close") -> EveryMatch:
    """All that a query finds among what the filters keep; by words alone while there is no encoder."""
    opened, encoder = asked.opened, asked.encoder
    logs.asked("search by program", query, mode=mode, release=opened.release.number)
    if asked.waits_for_meaning and mode != "words":
        mode = "words"
        if _WORDS_ALONE not in asked.notes:
            asked.notes.append(_WORDS_ALONE)
    try:
        return every_match(
            opened.release, query, asked.places, encoder=encoder, mode=mode, names=opened.vocabulary, enough=enough
        )
    except ValueError as mismatch:  # the encoder is not the one that the release was built with
        asked.notes.append(f"only words were searched: {mismatch}")
        return every_match(
            opened.release, query, asked.places, encoder=None, mode="words", names=opened.vocabulary, enough=enough
        )


def found_by(asked: Asked) -> Found:
    """What ``q`` finds, else what is close to ``like``; nothing, and a note, where neither is asked."""
    query, like = (asked.get("q") or "").strip(), asked.get("like")
    if not query and like is not None:
        return _close_to(asked, like)
    match = find(asked, query, asked.word("mode", "hybrid"))  # type: ignore[arg-type]  # checked when it was read
    if match.note:
        asked.notes.append(str(match.note))
    asked.notes.extend(map(str, match.understood.hints))
    sort = asked.get("sort")
    if match.by == "filters" and sort == "relevance":
        asked.notes.append("filters alone rank nothing: newest first")
        sort = None
    order, told = _SORTS[sort or ("newest" if match.by == "filters" else "relevance")]
    further = bool(match.further) and (asked.get("far") == "on" or not len(match.places))
    ranked = match.ordered(asked.opened.release.statements, order, further=further)
    told = told if len(match.places) else Order.RANK
    return Found(query, told, match.ranking.rows[ranked], ranked, match)


def _close_to(asked: Asked, statement_id: str) -> Found:
    nothing = np.zeros(0, dtype=np.intp)
    query = f"like {statement_id}"
    if asked.opened.place(statement_id) is None:
        asked.notes.append(f"statement “{statement_id}” is not in this release")
        return Found(query, Order.RANK, nothing, nothing, None)
    hits = similar(asked.opened.release, statement_id, _LIKE, asked.selection)
    if hits.note:
        asked.notes.append(str(hits.note))
    near = tuple(hit for hit in hits if hit.closeness) or tuple(hits)
    places = np.array([asked.opened.place(hit.statement_id) for hit in near], dtype=np.intp)
    return Found(query, Order.RANK, places, nothing, None, near)


def search(asked: Asked) -> Content:
    """Hits, each with why it was found; of several queries the first one's, with counts of all."""
    found = found_by(asked)
    number, part = asked.part(len(found.places))
    hits = found.hits(asked, part)
    first = part.start + 1
    further = {
        **columns(hits),
        "rank": [first + at for at in range(len(hits))],
        "score": [hit.score for hit in hits],
        "why": [hit.why for hit in hits],
        "closeness": [hit.closeness for hit in hits],
        "matched": [list(hit.matched) for hit in hits],
    }
    rows = statement_rows(asked, found.places[part], further)
    queries = [_counted(asked, found.query, found.match)] if found.match else []
    for name in ("q2", "q3", "q4"):
        if (another := (asked.get(name) or "").strip()) and another not in [each["query"] for each in queries]:
            match = find(asked, another, asked.word("mode", "hybrid"))  # type: ignore[arg-type]
            queries.append(_counted(asked, another, match))
    return {"queries": queries, **paged(asked, "hits", len(found.places), rows, number, part)}


def _counted(asked: Asked, query: str, match: EveryMatch) -> Content:
    """What a query finds, in figures: how many, how many of them hold its words, and how many a year."""
    days = days_of(asked.opened.release.statements)[match.places]
    years, counts = np.unique(days[~np.isnat(days)].astype("datetime64[Y]").astype(np.int64) + 1970, return_counts=True)
    return {
        "query": query,
        "by": match.by,
        "found": len(match.places),
        "saying": match.saying,
        "further": match.further,
        "understood": list(map(str, chips(match.understood, asked.opened.vocabulary))),
        "hints": list(map(str, match.understood.hints)),
        "years": {str(year): int(count) for year, count in zip(years.tolist(), counts.tolist(), strict=True)},
        "undated": int(np.isnat(days).sum()),
    }
