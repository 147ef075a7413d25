"""More like this: statements close in meaning to one that is on the page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.queries.ranking import Searchable, best_first, in_words
from analysis.queries.search import Hit, Hits
from analysis.queries.selection import Selection, select


def similar(release: Searchable, statement_id: str, limit: int = 10, selection: Selection | None = None) -> Hits:
    """The statements of ``selection`` closest in meaning to ``statement_id``, itself left out; equal scores by id.

    An id that the release does not have gives no hits: a link may come from another release. Where there is nothing
    to compare, the hits' note says why.
    """
    ids, vectors = release.vectors()
    names = pd.Series(ids, dtype=object)
    own = np.flatnonzero(names == statement_id)
    if not vectors.size:
        return Hits(note="This release was built without an encoder, so nothing can be compared by meaning.")
    if not len(own) or limit < 1:
        return Hits(note=f"This release has no statement “{statement_id}”.")
    others = np.delete(np.arange(len(names)), own)
    if selection is not None and not selection.is_empty:
        others = others[names.iloc[others].isin(select(release.statements, selection)["statement_id"]).to_numpy()]
    if not len(others):
        return Hits(note="No other statement passes the filters.")
    scores = vectors @ vectors[own[0]]
    return Hits(
        [
            Hit(str(names.iat[row]), round(float(scores[row]), 6), "meaning", (), in_words(float(scores[row])))
            for row in others[best_first(scores[others], names, limit, others)]
        ]
    )
