"""Promises about the query language: any text is a query, and everything typed is used or said aloud."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.queries.query_days import DATE_FIELDS, Period, read_period
from analysis.queries.query_language import FIELDS, Query, Term, parse

_PIECES = st.sampled_from(
    ['"', "“", "”", "«", "(", ")", "-", " - ", " OR ", "OR", "|", ":", " ", "\n", "speaker:", "side:CN", "after:2022",
     "near:", "before:yesterday", "gas", "Ли", "第三方", "no limits", "speeker:x", "…", "//", "AND", "~", "..", "'"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=20).map("".join))


@given(TYPED)
@example("-(SPEAKER:")
@example('-(-speaker:"b')
@example("-)a")
def test_any_text_is_a_query_and_its_printed_form_means_the_same(text):
    query = parse(text)
    printed = parse(str(query))
    assert printed == query
    assert str(printed) == str(query)


@given(st.text(alphabet=st.characters(whitelist_categories=("Ll", "Nd")), max_size=80))
def test_a_plain_question_is_searched_as_typed(text):
    query = parse(text)
    assert query.asked == " ".join(text.split())
    assert not query.conditions
    assert not query.hints


@pytest.mark.parametrize(
    "piece",
    ['"', '"a', "(", ")", "-", "OR ", "a OR ", "x:y ", "speaker: ", "after:never ", "AND ", '-"b" ', "a ", "é", "第"],
)
def test_reading_takes_time_in_proportion_to_the_length(piece):
    def seconds(count):
        text = piece * count
        started = time.perf_counter()
        parse(text)
        return time.perf_counter() - started

    seconds(200)
    short = min(seconds(2_000) for _ in range(3))
    long = min(seconds(20_000) for _ in range(3))
    assert long < 50 * max(short, 0.002)  # ten times the length; a hundredfold would be its square


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ('"no limits"', [[Term("no limits", exact=True)]]),
        ("“no  limits”", [[Term("no limits", exact=True)]]),
        ("«без границ»", [[Term("без границ", exact=True)]]),
        ("「没有上限」", [[Term("没有上限", exact=True)]]),
        ("gas -coal", [[Term("gas")], [Term("coal", excluded=True)]]),
        ('-"third party"', [[Term("third party", exact=True, excluded=True)]]),
        ("-side:CN", [[Term("CN", "side", excluded=True)]]),
        ("gas OR oil pipe", [[Term("gas"), Term("oil")], [Term("pipe")]]),
        ("(gas OR oil)", [[Term("gas"), Term("oil")]]),
        ("a OR b OR c", [[Term("a"), Term("b"), Term("c")]]),
        ("side:CN OR side:RU", [[Term("CN", "side"), Term("RU", "side")]]),
        ('speaker:"Wang Yi"', [[Term("Wang Yi", "speaker")]]),
        ("SPEAKER：“Wang Yi”", [[Term("Wang Yi", "speaker")]]),
        ("speaker: Lavrov gas", [[Term("Lavrov", "speaker")], [Term("gas")]]),
        ("since:2022 to:2023-05", [[Term("2022", "after")], [Term("2023-05", "until")]]),
        ('on:"24 February 2022"', [[Term("2022-02-24", "on")]]),
        ("gas or oil", [[Term("gas")], [Term("or")], [Term("oil")]]),
        ("China-Russia ties", [[Term("China-Russia")], [Term("ties")]]),
        ("gas - oil", [[Term("gas")], [Term("-")], [Term("oil")]]),
        ("Putin: at 16:30 https://a.b", [[Term("Putin:")], [Term("at")], [Term("16:30")], [Term("https://a.b")]]),
    ],
)
def test_what_search_engines_taught_is_understood_without_a_hint(text, clauses):
    query = parse(text)
    assert [list(clause) for clause in query.clauses] == clauses
    assert query.hints == ()


@pytest.mark.parametrize(
    ("text", "rest", "told"),
    [
        ('gas "no limits', 'gas "no limits"', "not closed"),
        ("speeker:Putin gas", "speeker:Putin gas", "Did you mean speaker:?"),
        ('sied:"CN" gas', 'sied: "CN" gas', "Did you mean side:?"),
        ("colour:red gas", "colour:red gas", "The filters are speaker, side,"),
        ("after:yesterday gas", "gas", "“after:yesterday” gives no date"),
        ("on:2022-02-30 gas", "gas", "gives no date"),
        ("on:04/03/2022 gas", "gas", "gives no date"),  # March or April?
        ("gas speaker:", "gas", "“speaker:” has nothing after it"),
        ("speaker: side:CN", "side:CN", "“speaker:” has nothing after it"),
        ("OR gas", "gas", "OR stands between two"),
        ("gas OR", "gas", "OR stands between two"),
        ("gas OR -", "gas -", "OR stands between two"),
        ("(gas field) OR oil", "gas field OR oil", "Parentheses are not read"),
        ("speaker:(Xi OR Putin)", "speaker:Xi OR Putin", "Parentheses are not read"),
        ("gas AND oil", "gas AND oil", "AND is read as a word"),
        ("“…” gas", "gas", "has no word to look for"),
        (" ".join(f"-w{at}" for at in range(99)), " ".join(f"-w{at}" for at in range(64)), "Only the first 64"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_searched(text, rest, told):
    query = parse(text)
    assert str(query) == rest
    assert any(told in hint for hint in query.hints)


@given(TYPED)
def test_everything_typed_is_used_or_told(text):
    query = parse(text)
    kept = str(query) + " ".join(query.hints)
    if not query.hints:
        letters = [letter for letter in text if letter.isalnum()]
        assert sum(letter.isalnum() for letter in kept) >= len(letters) - 2 * text.count("OR") - 4 * text.count("near")


@pytest.mark.parametrize(
    ("field", "written", "first", "last"),
    [
        ("after", "2022", date(2022, 1, 1), None),
        ("after", "2022-02-24", date(2022, 2, 24), None),
        ("before", "2023-05", None, date(2023, 4, 30)),
        ("before", "2022", None, date(2021, 12, 31)),
        ("until", "2023-02", None, date(2023, 2, 28)),
        ("on", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("on", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("on", "24.02.2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("on", "2022年2月", date(2022, 2, 1), date(2022, 2, 28)),
        ("on", "2022-02..2022-05-09", date(2022, 2, 1), date(2022, 5, 9)),
        ("on", "2022..", date(2022, 1, 1), None),
        ("near", "2022-02-24", date(2022, 2, 17), date(2022, 3, 3)),
        ("near", "2022-02", date(2022, 1, 17), date(2022, 3, 15)),
        ("near", "2022", date(2021, 10, 3), date(2023, 3, 31)),
        ("near", "2022-02-24~2", date(2022, 2, 22), date(2022, 2, 26)),
        ("near", "9999", date(9998, 10, 3), date(9999, 12, 31)),
    ],
)
def test_days_months_and_years_mean_what_the_help_says(field, written, first, last):
    found = read_period(field, written)
    assert found is not None
    assert found[1] == Period(first, last)


@given(st.sampled_from(DATE_FIELDS), st.one_of(st.text(max_size=30), st.from_regex(r"[0-9.~/-]{1,12}", fullmatch=True)))
def test_no_text_breaks_the_reading_of_a_date_and_its_plain_spelling_means_the_same(field, written):
    found = read_period(field, written)
    assert found is None or read_period(field, found[0]) == found


def test_no_field_is_left_without_an_explanation():
    assert all(FIELDS.values())
    assert set(DATE_FIELDS) < set(FIELDS)


def test_a_query_of_nothing_asks_nothing():
    assert parse("  \n ") == Query()
    assert parse('""').clauses == ()
