"""Somebody is quoted with those who speak in the same documents and those who say a thing with them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.queries.prints import Prints
from analysis.queries.said_with import Beside, PrintedIn

STATEMENTS = pd.DataFrame(
    {
        "statement_id": ["s-1", "s-2", "s-3", "s-4", "s-5"],
        "speaker_members": [("putin",), ("xi",), ("putin", "xi"), ("lavrov",), ()],
    }
)
QUOTES = pa.table(
    {
        "document_id": ["d-1", "d-1", "d-1", "d-2", "d-2", "d-3", "d-3", "d-3"],
        "statement_id": ["s-1", "s-1", "s-2", "s-1", "s-4", "s-3", "s-5", None],
    }
)
PRINTS = Prints(STATEMENTS["statement_id"], ["d-1", "d-2", "d-3"], QUOTES)


def test_documents_and_joint_statements_are_counted_once_each():
    printed = PrintedIn(STATEMENTS, PRINTS)
    found = printed.beside("putin", np.ones(5, dtype=bool))
    assert found == [Beside("xi", 1, 2), Beside("lavrov", 0, 1)]
    assert printed.beside("lavrov", np.ones(5, dtype=bool)) == [Beside("putin", 0, 1)]


def test_only_what_the_filters_keep_counts():
    printed = PrintedIn(STATEMENTS, PRINTS)
    assert printed.beside("putin", np.array([True, True, False, False, True])) == [Beside("xi", 0, 1)]


def test_somebody_who_is_quoted_alone_is_quoted_with_nobody():
    assert PrintedIn(STATEMENTS, PRINTS).beside("nobody", np.ones(5, dtype=bool)) == []
