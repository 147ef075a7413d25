"""The documents of a release, laid out once so that listing and counting is quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.queries.dates import as_day
from analysis.queries.prints import Prints

COLUMNS = ("document_id", "title", "publisher", "published_on", "lang", "licence")  # of documents, that a shelf reads


class Order(StrEnum):
    """How documents are listed; equal ones newest first, then by identifier, undated ones last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST = "most"  # statements that the filters keep
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list."""

    document_id: str
    title: str | None
    publisher: str | None
    published_on: date | None
    statements: int  # it prints that are kept
    every: int  # it prints, kept or not


class Shelf:
    """Every document of a release, numbered by its place in it.

    every: (n,) int, how many statements each prints.
    """

    def __init__(self, documents: pa.Table, prints: Prints) -> None:
        """documents: ``COLUMNS``, in the order in which ``prints`` numbers them."""
        self._rows = documents.combine_chunks()
        self._ids, self._prints = prints.document_ids, prints
        self._days = documents.column("published_on").to_numpy().astype("datetime64[D]")
        self._titles = pc.utf8_lower(pc.fill_null(self._rows.column("title"), ""))
        self.every = np.bincount(prints.documents, minlength=len(self))
        by_id = np.argsort(np.argsort(self._ids.to_numpy(dtype=str), kind="stable"))
        undated = np.isnat(self._days)
        ages = np.where(undated, 0, self._days.astype(np.int64))
        self._rank = {
            Order.NEWEST: _rank(np.lexsort((by_id, -ages, undated))),
            Order.OLDEST: _rank(np.lexsort((by_id, ages, undated))),
        }

    def __len__(self) -> int:
        return len(self._ids)

    def place(self, document_id: str) -> int | None:
        """A document's place; None when there is none of that identifier."""
        found = int(self._ids.get_indexer(pd.Index([document_id]))[0])
        return found if found >= 0 else None

    def document_id(self, place: int) -> str:
        """The identifier of the document at a place."""
        return str(self._ids[int(place)])

    def counts(self, kept: np.ndarray | None) -> np.ndarray:
        """How many kept statements each document prints: (n,) int. kept: ascending places of statements; None: all."""
        prints = self._prints
        if kept is None or len(kept) == prints.size:
            return self.every
        mask = np.zeros(prints.size, dtype=bool)
        mask[kept] = True
        return np.bincount(prints.documents[mask[prints.statements]], minlength=len(self))

    def listed(self, counts: np.ndarray, order: Order = Order.NEWEST, title: str = "") -> np.ndarray:
        """Places of the documents with a count, in ``order``. title: words that must all stand in their titles."""
        wanted = counts > 0
        for word in title.lower().split():
            wanted = wanted & pc.match_substring(self._titles, word).to_numpy(zero_copy_only=False)
        found = np.flatnonzero(wanted)
        newest = self._rank[Order.NEWEST][found]
        if order is Order.MOST:
            return found[np.lexsort((newest, -counts[found]))]
        if order is Order.TITLE:
            titles = np.array(self._titles.take(pa.array(found)).to_pylist(), dtype=object)
            first = np.unique(titles.astype(str), return_inverse=True)[1]
            return found[np.lexsort((newest, first, titles == ""))]
        return found[np.argsort(self._rank[order][found])]

    def rows(self, places: Sequence[int] | np.ndarray, counts: np.ndarray) -> list[Listed]:
        """The documents at these places, as lists show them."""
        taken = self._rows.take(pa.array(np.asarray(places, dtype=np.int64))).to_pylist()
        return [
            Listed(
                str(row["document_id"]),
                row["title"],
                row["publisher"],
                as_day(row["published_on"]),
                int(counts[place]),
                int(self.every[place]),
            )
            for place, row in zip(places, taken, strict=True)
        ]

    def languages(self) -> set[str]:
        """The languages of the texts."""
        return set(pc.unique(self._rows.column("lang")).to_pylist())

    def licences(self) -> list[tuple[str | None, int]]:
        """Each licence with how many texts have it, most first; None where it is not stated."""
        counted = [
            (each["values"], each["counts"]) for each in pc.value_counts(self._rows.column("licence")).to_pylist()
        ]
        return sorted(counted, key=lambda pair: (-pair[1], pair[0] or ""))


def _rank(order: np.ndarray) -> np.ndarray:
    """Where each document stands in ``order``."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank
