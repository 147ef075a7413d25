"""What a web page prints around an article is no statement: linked stories, columns, advertisements."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.extraction.quotes import find_quotes

BODY = "“The bridge will open in May, and both banks are ready,” Foreign Minister Wang Yi said on Monday."


def words(parser: Language, text: str) -> list[str]:
    return [text[each.span.start : each.span.end].strip("“”,.") for each in find_quotes(parser(text))]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: “We shall never sell the old ferry,” says mayor",
        "Opinion: “Why nobody needs a second bridge”",
        "Most shared: “The night I slept on the pier”",
        "3) Danube Mail, p. 9. Column: “Who is afraid of the port?”",
        "Related stories\nLavrov: “We remain open for every talk”",
    ],
)
def test_the_line_of_a_linked_story_is_no_statement(parser, line):
    assert words(parser, f"{BODY}\n\n{line}\n") == ["The bridge will open in May, and both banks are ready"]


def test_a_name_and_a_colon_still_lead_to_what_somebody_says(parser):
    text = f"{BODY}\n\nLavrov was brief: “We remain open for every talk.”"
    assert words(parser, text)[1:] == ["We remain open for every talk"]


def test_words_of_speaking_do_not_take_in_the_verb_joined_to_them(parser):
    text = "“Peace is made by those who talk to both sides,” the former ambassador told a seminar in April, and left."
    assert words(parser, text) == ["Peace is made by those who talk to both sides"]


def test_what_one_might_call_something_is_its_name(parser):
    assert words(parser, "We in Europe are fond of what one might call “hopeful hearing” of the east.") == []


def test_a_source_after_the_marks_is_no_part_of_what_was_said(parser):
    text = "Xi said that China would “breathe calm into a restless world,” according to footage shown on Sunday."
    assert words(parser, text) == ["China would “breathe calm into a restless world"]
