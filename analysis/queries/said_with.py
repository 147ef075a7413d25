"""With whom somebody is quoted: those who say a thing with them, and those who speak in the same documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.queries.codes import coded


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody quoted beside a speaker."""

    speaker_id: str
    jointly: int  # statements that both made together
    documents: int  # texts that print both


class PrintedIn:
    """Which documents print which statements of a release, laid out once so that counting is quick."""

    def __init__(self, statements: pd.DataFrame, quotes: pa.Table) -> None:
        """quotes: columns document_id and statement_id of the release's quotes; a quote of no statement is left out."""
        places = pd.Index(statements["statement_id"])
        encoded = quotes.column("document_id").combine_chunks().dictionary_encode()
        documents = encoded.indices.to_numpy(zero_copy_only=False)
        rows = places.get_indexer(pd.Index(quotes.column("statement_id").to_pylist()))
        known = rows >= 0
        pairs = np.unique(np.stack([documents[known], rows[known]]).astype(np.int64), axis=1)
        self._documents, self._rows = pairs  # by document
        self._count = len(encoded.dictionary)
        codes, self._lists = coded(statements, "speaker_members")
        self._codes = codes

    def beside(self, speaker_id: str, keep: np.ndarray) -> list[Beside]:
        """Everyone quoted with ``speaker_id``: those with most documents first, then most joint statements, then by id.

        keep: (n,) bool, the statements that count. 10 ms for 100,000 statements.
        """
        theirs = np.fromiter((speaker_id in members for members in self._lists), dtype=bool, count=len(self._lists))
        kept = keep[self._rows]
        documents, codes = self._documents[kept], self._codes[self._rows[kept]]
        with_them = np.zeros(self._count, dtype=bool)
        with_them[documents[theirs[codes]]] = True
        inside = with_them[documents]
        pairs = np.unique(np.stack([documents[inside], codes[inside]]).astype(np.int64), axis=1)
        printed: dict[str, set[int]] = {}
        for document, code in pairs.T.tolist():
            for member in self._lists[code]:
                printed.setdefault(member, set()).add(document)
        joint: dict[str, int] = {}
        lists, counts = np.unique(self._codes[keep], return_counts=True)
        for code, count in zip(lists.tolist(), counts.tolist(), strict=True):
            if theirs[code]:
                for member in self._lists[code]:
                    joint[member] = joint.get(member, 0) + count
        found = [
            Beside(member, joint.get(member, 0), len(printed.get(member, ())))
            for member in {*printed, *joint}
            if member != speaker_id
        ]
        return sorted(found, key=lambda each: (-each.documents, -each.jointly, each.speaker_id))
