"""More like this: statements close in meaning to one that is on the page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.queries.search import Hit, Searchable, best_first, in_words


def similar(release: Searchable, statement_id: str, limit: int = 10) -> list[Hit]:
    """The statements closest in meaning to ``statement_id``, itself left out; equal scores by id.

    An id that the release does not have gives no hits: a link may come from another release.
    """
    ids, vectors = release.vectors()
    names = pd.Series(ids, dtype=object)
    own = np.flatnonzero(names == statement_id)
    if not len(own) or limit < 1:
        return []
    scores = vectors @ vectors[own[0]]
    others = np.delete(np.arange(len(names)), own)
    return [
        Hit(str(names.iat[row]), round(float(scores[row]), 6), "meaning", (), in_words(float(scores[row])))
        for row in others[best_first(scores[others], names, limit, others)]
    ]
