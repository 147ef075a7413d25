"""More like this: statements close in meaning to one that is on the page."""

from __future__ import annotations

import numpy as np

from analysis.queries.search import Hit, Searchable, best_first, in_words


def similar(release: Searchable, statement_id: str, limit: int = 10) -> list[Hit]:
    """The statements closest in meaning to ``statement_id``, itself left out; equal scores by id.

    An id that the release does not have gives no hits: a link may come from another release.
    """
    ids, vectors = release.vectors()
    names = np.asarray(ids, dtype=object)
    own = np.flatnonzero(names == statement_id)
    if not len(own) or limit < 1:
        return []
    scores = vectors @ vectors[own[0]]
    others = np.flatnonzero(names != statement_id)
    return [
        Hit(str(names[others[place]]), round(float(scores[others[place]]), 6), "meaning", (), in_words(score))
        for place in best_first(scores[others], names[others], limit)
        for score in [float(scores[others[place]])]
    ]
