"""Documents are listed by what the filters keep, in any order, by the words of their titles, quickly."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from analysis.queries.prints import COLUMNS as PAIRS
from analysis.queries.prints import Prints
from analysis.queries.shelf import COLUMNS, Order, Shelf

ROWS = (
    ("d-a", "Talks on gas", "Wire", date(2022, 2, 4), "en", "CC0"),
    ("d-b", None, "Wire", None, "ru", None),
    ("d-c", "После ПЕРЕГОВОРОВ", None, date(2023, 1, 1), "ru", None),
    ("d-d", "gas and 100% more", "Post", date(2022, 2, 4), "en", "CC0"),
    ("d-e", "Printed nothing", "Post", date(2024, 1, 1), "en", "CC0"),
)
STATEMENTS = ["s-0", "s-1", "s-2", "s-3"]
QUOTES = [("d-a", "s-0"), ("d-a", "s-0"), ("d-a", "s-1"), ("d-b", "s-1"), ("d-c", "s-2"), ("d-d", "s-3"),
          ("d-d", "s-2"), ("d-d", None), ("d-lost", "s-0")]  # fmt: skip


def table(rows, names):
    columns = list(zip(*rows, strict=True))
    kinds = [pa.date32() if name == "published_on" else pa.string() for name in names]
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=list(names))


def made(statements, documents, quotes):
    return Shelf(documents, Prints(statements, documents.column("document_id").to_pylist(), quotes))


@pytest.fixture(scope="module")
def shelf():
    return made(STATEMENTS, table(ROWS, COLUMNS), table(QUOTES, PAIRS))


def listed(shelf, kept, *asked):
    counts = shelf.counts(kept)
    return [row.document_id for row in shelf.rows(shelf.listed(counts, *asked), counts)]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order.NEWEST, ["d-c", "d-a", "d-d", "d-b"]),
        (Order.OLDEST, ["d-a", "d-d", "d-c", "d-b"]),
        (Order.MOST, ["d-a", "d-d", "d-c", "d-b"]),
        (Order.TITLE, ["d-d", "d-a", "d-c", "d-b"]),
    ],
)
def test_documents_come_in_the_order_asked_for_and_those_without_statements_not_at_all(shelf, order, found):
    assert listed(shelf, None, order) == found


def test_a_document_counts_the_statements_that_are_kept_each_once(shelf):
    counts = shelf.counts(np.array([0, 2]))
    rows = {row.document_id: (row.statements, row.every) for row in shelf.rows(shelf.listed(counts), counts)}
    assert rows == {"d-a": (1, 2), "d-c": (1, 1), "d-d": (1, 2)}


@pytest.mark.parametrize(
    ("title", "found"),
    [("GAS", ["d-a", "d-d"]), ("gas talks", ["d-a"]), ("переговоров", ["d-c"]), ("100%", ["d-d"]), (".*", []),
     ("  ", ["d-c", "d-a", "d-d", "d-b"])],
)  # fmt: skip
def test_titles_are_searched_by_all_words_whatever_their_case(shelf, title, found):
    assert listed(shelf, None, Order.NEWEST, title) == found


def test_places_and_identifiers_go_together(shelf):
    assert [shelf.place(shelf.document_id(place)) for place in range(len(shelf))] == list(range(len(shelf)))
    assert shelf.place("d-lost") is None


def test_languages_and_licences_are_counted_over_all_documents(shelf):
    assert shelf.languages() == {"en", "ru"}
    assert shelf.licences() == [("CC0", 3), (None, 2)]


def test_an_empty_release_has_an_empty_shelf():
    empty = made([], table(ROWS, COLUMNS)[:0], table(QUOTES, PAIRS)[:0])
    assert len(empty.listed(empty.counts(None))) == 0


def test_twenty_thousand_documents_are_listed_within_50_ms():
    rows = [(f"d-{at}", f"Text number {at}", "Wire", date.fromordinal(730_000 + at % 9_000), "en", "CC0")
            for at in range(20_000)]  # fmt: skip
    pairs = [(f"d-{at // 5}", f"s-{at}") for at in range(100_000)]
    large = made([each for _, each in pairs], table(rows, COLUMNS), table(pairs, PAIRS))
    kept = np.arange(0, 100_000, 3)
    times = []
    for order in (Order.NEWEST, Order.OLDEST, Order.MOST) * 3:
        began = time.perf_counter()
        counts = large.counts(kept)
        large.rows(large.listed(counts, order, "number 7")[:25], counts)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.050
