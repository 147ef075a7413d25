"""A quotation begins where its speaker's words begin and ends where they end, neither sooner nor later."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser


@pytest.fixture(scope="session", params=["en_core_web_sm", "en_core_web_md"])
def nlp(request: pytest.FixtureRequest) -> Language:
    return load_parser(request.param)


def words(nlp: Language, text: str) -> list[str]:
    """What each quotation says."""
    return [text[quote.span.start : quote.span.end] for quote in find_quotes(nlp(text))]


BEGINS = [
    ("Wang urged the two ministries to finish the bridge.", "the two ministries to finish the bridge"),
    ("Lavrov called on the envoys to return to Geneva.", "the envoys to return to Geneva"),
    ("Novak told the crews to leave the harbour by noon.", "to leave the harbour by noon"),
    ("Wang expressed hope that the harvest would be better.", "the harvest would be better"),
    ("Novak called for the council to meet in spring.", "the council to meet in spring"),
]


@pytest.mark.parametrize(("text", "expected"), BEGINS)
def test_reported_words_begin_where_something_is_said(nlp: Language, text: str, expected: str) -> None:
    assert words(nlp, text) == [expected]


ENDS = [
    (
        "Novak said the tunnel would be named after Ivan Berg, who built the first railway in the valley.",
        "the tunnel would be named after Ivan Berg",
    ),
    (
        "Wang said the ministry would dredge the harbour, a shallow basin that was dug by hand.",
        "the ministry would dredge the harbour",
    ),
    ("Lavrov said that the talks had failed, even as his envoys went on talking.", "the talks had failed"),
    ("The minister says he will stay in office and refuses to name a date.", "he will stay in office"),
    ("She left early, saying that the plan had failed and calling her hosts dishonest.", "the plan had failed"),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_what_the_writer_adds_is_not_said(nlp: Language, text: str, expected: str) -> None:
    assert words(nlp, text)[0] == expected


def test_what_is_said_about_a_thing_that_was_said_is_apart(nlp: Language) -> None:
    text = "Novak praised the new rules for the harbour, which he said were long overdue."
    assert words(nlp, text)[0] == "the new rules for the harbour"


GOES_ON = [
    (
        "Wang said he had signed the paper, not for the money, but because of the children.",
        "he had signed the paper, not for the money, but because of the children",
    ),
    ("Novak said that the road was open, and that the bridge would follow.", None),
    ("Novak said that a man he had met in the harbour was his brother.", None),
]


@pytest.mark.parametrize(("text", "expected"), GOES_ON)
def test_a_reported_clause_runs_to_its_own_end(nlp: Language, text: str, expected: str | None) -> None:
    whole = text.removesuffix(".").partition("said that ")[2]
    assert words(nlp, text) == [expected or whole]


def test_marked_words_carry_on_to_the_comma_before_the_words_of_speaking(nlp: Language) -> None:
    text = "“We cannot wait for the thaw” if the harbour stays closed, said Novak."
    (found,) = find_quotes(nlp(text))
    assert text[found.span.start : found.span.end] == "“We cannot wait for the thaw” if the harbour stays closed"
    assert str(found.kind) == "mixed"


def test_a_quotation_in_a_quotation_does_not_end_it(nlp: Language) -> None:
    text = "“He told us “never again” and shut the door,” said Novak. “We left.”"
    assert words(nlp, text)[0] == "He told us “never again” and shut the door,"


def test_the_words_after_a_quotation_say_whose_it_is_though_a_colon_leads_to_it(nlp: Language) -> None:
    text = "Berg said the winter had been hard: “We burnt the fences for fuel,” Novak told the council."
    found = [
        (text[q.span.start : q.span.end], text[q.speaker.start : q.speaker.end])
        for q in find_quotes(nlp(text))
        if q.speaker
    ]
    assert ("We burnt the fences for fuel,", "Novak") in found
    assert ("the winter had been hard", "Berg") in found
