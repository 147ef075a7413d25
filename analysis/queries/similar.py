"""More like this: statements close in meaning to one that is on the page."""

from __future__ import annotations

import numpy as np

from analysis.messages import message
from analysis.queries.meaning import Searchable, closeness, dimensions, vector_at
from analysis.queries.ranking import best_first, in_words
from analysis.queries.search import Hit, Hits
from analysis.queries.selection import Selection, keeping


def similar(release: Searchable, statement_id: str, limit: int = 10, selection: Selection | None = None) -> Hits:
    """The statements of ``selection`` closest in meaning to ``statement_id``, itself left out; equal scores by id.

    An id that the release does not have gives no hits: a link may come from another release. Where there is nothing
    to compare, the hits' note says why.
    """
    if not dimensions(release):
        return Hits(note=message("This release was built without an encoder, so nothing can be compared by meaning."))
    statements = release.statements
    names = statements["statement_id"]
    own = np.flatnonzero(names == statement_id)
    if not len(own) or limit < 1:
        return Hits(note=message("This release has no statement “{statement}”.", statement=statement_id))
    kept = keeping(statements, selection or Selection())
    kept[own] = False
    others = np.flatnonzero(kept)
    if not len(others):
        return Hits(note=message("No other statement passes the filters."))
    scores = closeness(release, vector_at(release, int(own[0])))[others]
    length = dimensions(release)
    hits = []
    for place in best_first(scores, names, limit, others):
        score = float(scores[place])
        near = in_words(score, length, to_a_statement=True)
        hits.append(Hit(str(names.iat[others[place]]), round(score, 6), "meaning", (), near))
    return Hits(hits)
