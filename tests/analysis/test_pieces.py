"""A sentence that its attribution splits is one statement, and only that."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.grouping import group
from analysis.pieces import sentences_split
from analysis.queries.documents import numbered, other_prints, same_print
from analysis.schema import Basis, Citation, Document, Kind, Quote

SPLIT = "“Both sides”, said Igor Orlov, “should keep talking to each other”."
TWO_SENTENCES = "“Both sides should talk.” So said Igor Orlov. “They should listen as well.”"
TWO_CLAUSES = "Igor Orlov said that both sides should talk and that they should listen."


class NoOffices:
    def office(self, entity_id: str, on: date | None) -> str | None:
        return None


def document(text: str) -> Document:
    return Document("d-1", "one", "one.txt", None, None, None, None, None, None, "en", None, text, "")


def quote(text: str, words: str, cue: str = "said", kind: Kind = Kind.DIRECT) -> Quote:
    start, cue_start = text.index(words), text.index(cue)
    speaker = text.index("Igor Orlov")
    return Quote(
        f"q-{start}", "d-1", start, start + len(words), words, kind, "igor-orlov", "Igor Orlov", "Igor Orlov",
        speaker, speaker + 10, None, cue, cue_start, cue_start + len(cue), None, None, Basis.UNKNOWN, None, "RU", 0.9,
    )  # fmt: skip


def statements_of(text: str, *quotes: Quote):
    return group(quotes, {"d-1": document(text)}, None, NoOffices())


def test_pieces_around_an_attribution_are_one_statement_printed_once():
    quotes = [quote(SPLIT, "should keep talking to each other"), quote(SPLIT, "Both sides")]
    grouped, (statement,) = statements_of(SPLIT, *quotes)
    assert statement.text == "Both sides … should keep talking to each other"
    assert (statement.prints, statement.quote_id) == (1, "q-1")
    assert {each.statement_id for each in grouped} == {statement.statement_id}


def test_pieces_of_two_kinds_make_a_mixed_statement():
    quotes = [quote(SPLIT, "Both sides", kind=Kind.INDIRECT), quote(SPLIT, "should keep talking to each other")]
    _, (statement,) = statements_of(SPLIT, *quotes)
    assert statement.kind is Kind.MIXED


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (TWO_SENTENCES, "Both sides should talk.", "They should listen as well."),
        (TWO_CLAUSES, "both sides should talk", "they should listen"),
    ],
)
def test_two_sentences_or_clauses_stay_two_statements(text, first, second):
    _, statements = statements_of(text, quote(text, first), quote(text, second))
    assert sorted(statement.text for statement in statements) == sorted([first, second])


def test_another_cue_is_another_print():
    text = "“Both sides”, said Igor Orlov, adding, “should keep talking”."
    first, second = quote(text, "Both sides"), quote(text, "should keep talking", cue="adding")
    assert sentences_split([first, second], {"d-1": document(text)}) == [(0,), (1,)]


def test_other_prints_leave_out_the_asked_quotes_own_pieces():
    rows = pd.DataFrame(
        [
            {"quote_id": "a", "document_id": "d-1", "start": 1, "cue_start": 12},
            {"quote_id": "b", "document_id": "d-1", "start": 30, "cue_start": 12},
            {"quote_id": "c", "document_id": "d-2", "start": 9, "cue_start": 5},
            {"quote_id": "d", "document_id": "d-2", "start": 40, "cue_start": 5},
            {"quote_id": "e", "document_id": "d-3", "start": 0, "cue_start": None},
        ]
    )
    assert list(other_prints(rows, "b")["quote_id"]) == ["c", "e"]
    assert same_print(rows.assign(statement_id="st-1"), "b") == {"a", "b"}
    assert same_print(rows.assign(statement_id=["st-1", "st-2", "st-1", "st-1", "st-1"]), "b") == {"b"}
    assert same_print(rows.assign(statement_id="st-1"), "not here") == frozenset()


def test_footnotes_of_one_source_share_its_number():
    first, second = (Citation(at, "A paper", title, None, None) for at, title in ((3, "One"), (9, "Two")))
    again = Citation(20, "A paper", "One", None, None)
    assert numbered([first, second, again]) == ([1, 2, 1], [first, second])
