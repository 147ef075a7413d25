"""Looser constructions: questions with an asker, passives, topics; and what the archive leaves out."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.extraction.candidates import Candidate, filled
from analysis.extraction.quotes import find_quotes
from analysis.schema import Kind, Span


def read(parser: Language, text: str) -> list[tuple[str, str | None]]:
    """The words and the speaker's words of each quote."""
    found = find_quotes(parser(text))
    return [
        (text[q.span.start : q.span.end], text[q.speaker.start : q.speaker.end] if q.speaker else None) for q in found
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The minister was asked by Reuters on Friday whether the bridge would open this year.",
            "whether the bridge would open this year",
            "Reuters",
        ),
        ("Reuters asked the minister twice about the cost of the bridge.", "the cost of the bridge", "Reuters"),
        ("The new pipeline was announced by Novak on Monday.", "The new pipeline", "Novak"),
        (
            "The ministry was criticized by Petrov for its silence on the border.",
            "for its silence on the border",
            "Petrov",
        ),
        ("Voters remembered her criticism of the gas deal.", "the gas deal", "her"),
        ("They laughed at Novak's comments about the price of grain.", "the price of grain", "Novak"),
        ("At noon Petrov endorsed Novak.", "Novak", "Petrov"),
        (
            "Petrov pointed to the harvest as a reason for hope.",
            "the harvest as a reason for hope",
            "Petrov",
        ),
    ],
)
def test_what_a_looser_construction_reports_is_found(parser: Language, text: str, words: str, speaker: str) -> None:
    assert (words, speaker) in read(parser, text)


def test_a_topic_stays_out_of_the_archive_but_is_printed(parser: Language) -> None:
    parsed = parser("At noon Petrov endorsed Novak.")
    assert len(find_quotes(parsed)) == 1
    assert find_quotes(parsed, least_confidence=0.3) == []


def test_words_in_marks_stay_whatever_confidence_is_asked_for(parser: Language) -> None:
    parsed = parser("“We will build the bridge before the winter comes.”")
    assert len(find_quotes(parsed, least_confidence=1.0)) == 1


def test_a_topic_is_not_taken_out_of_a_longer_statement(parser: Language) -> None:
    text = "Novak said that the new pipeline was announced by Petrov on Monday."
    assert [words for words, _ in read(parser, text)] == ["the new pipeline was announced by Petrov on Monday"]


def test_a_question_that_nobody_is_named_for_is_no_statement(parser: Language) -> None:
    text = "Asked on Friday whether the bridge would open this year, Novak shook his head."
    assert all("bridge" not in words for words, _ in read(parser, text))


def quote(start: int, end: int, rule: str = "clause") -> Candidate:
    """A candidate at these offsets."""
    return Candidate(Span(start, end), Kind.INDIRECT, None, None, None, rule)


def test_what_is_filled_in_overlaps_nothing_and_keeps_the_order() -> None:
    found = [quote(10, 20), quote(40, 50)]
    more = [
        quote(0, 10, "topic"),
        quote(5, 12, "topic"),
        quote(22, 30, "topic"),
        quote(45, 47, "topic"),
        quote(60, 61, "topic"),
    ]
    filled_in = filled(found, more)
    assert [one.span.start for one in filled_in] == [0, 10, 22, 40, 60]
    assert filled([], more[:1]) == more[:1]
    assert filled(found, []) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Novak noted that trade would grow, and, according to him, a new bridge would open soon.",
            ["trade would grow", "a new bridge would open soon"],
        ),
        ("A spokesman said the dam would hold, but Petrov hinted that it leaked.", ["the dam would hold", "it leaked"]),
    ],
)
def test_what_another_says_in_the_same_sentence_is_another_quote(parser: Language, text: str, words: list[str]) -> None:
    assert [said for said, _ in read(parser, text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for reading our pages today.",
        "Beijing moves to portray itself as a neutral broker.",
        "Advertisement: “New boots at half the old price”",
        "See also: Ivan Petrov: “The river is our common home”",
    ],
)
def test_a_pages_furniture_and_deeds_are_no_statements(parser: Language, text: str) -> None:
    assert read(parser, text) == []


def test_words_quoted_as_saying_begin_after_the_saying(parser: Language) -> None:
    text = "A statement quoted Xi as saying the treaty would hold for another twenty years."
    assert read(parser, text) == [("the treaty would hold for another twenty years", "Xi")]


@pytest.mark.parametrize("text", ["criticism of " * 2400, "Li said, and, according to " * 300, "asked about " * 600])
def test_nouns_and_questions_without_end_raise_nothing(parser: Language, text: str) -> None:
    for quote_ in find_quotes(parser(text)):
        assert 0 <= quote_.span.start < quote_.span.end <= len(text)
