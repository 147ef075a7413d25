"""Which documents print which statements: laid out once for a release, for all that counts by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

COLUMNS = ("document_id", "statement_id")  # of the quotes table


class Prints:
    """Each document with each statement that it prints, once; arrays run along these pairs.

    documents: (m,) int, places in ``document_ids``, ascending. statements: (m,) int, places in the statements table,
    which has ``size`` rows.
    """

    def __init__(
        self, statements: Sequence[str] | pd.Index, documents: Sequence[str] | pd.Index, quotes: pa.Table
    ) -> None:
        """statements, documents: their ids in the order of their tables. quotes: ``COLUMNS``."""
        self.document_ids: pd.Index = pd.Index(documents)
        self.size = len(statements)
        encoded = quotes.column("document_id").combine_chunks().dictionary_encode()
        known = self.document_ids.get_indexer(pd.Index(encoded.dictionary.to_pylist()))
        printing = known[encoded.indices.to_numpy(zero_copy_only=False)]
        places = pd.Index(statements).get_indexer(pd.Index(quotes.column("statement_id").to_pylist()))
        both = (printing >= 0) & (places >= 0)
        width = max(self.size, 1)
        pairs = np.unique(printing[both].astype(np.int64) * width + places[both])
        self.documents, self.statements = np.divmod(pairs, width)
