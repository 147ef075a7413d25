"""Who speaks where an outlet or a document relays the words, and what nobody said."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.extraction.quotes import find_quotes


def told(parser: Language, text: str) -> list[tuple[str, str | None, str | None]]:
    """(words, speaker, via) of each quote."""
    return [
        (
            text[each.span.start : each.span.end],
            text[each.speaker.start : each.speaker.end] if each.speaker else None,
            text[each.via.start : each.via.end] if each.via else None,
        )
        for each in find_quotes(parser(text))
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "via"),
    [
        (
            "Xinhua reported on Monday, citing Foreign Minister Wang Yi, that the talks would resume in May.",
            "the talks would resume in May",
            "Foreign Minister Wang Yi",
            "Xinhua",
        ),
        (
            "Xinhua reported on Monday, citing unnamed officials, that the talks would resume in May.",
            "the talks would resume in May",
            "Xinhua",
            None,
        ),
        (
            "A statement on the website quoted Xi as saying the bridge was “a door that stays open”.",
            "the bridge was “a door that stays open”",
            "Xi",
            "A statement on the website",
        ),
    ],
)
def test_whoever_is_cited_by_name_speaks_and_the_outlet_relays(parser, text, words, speaker, via):
    assert told(parser, text) == [(words, speaker, via)]


@pytest.mark.parametrize(
    "text",
    [
        "Neither of the two would say whether they had spoken to each other.",
        "Nobody said that trade would fall next year.",
        "No official confirmed that trade would fall next year.",
    ],
)
def test_what_nobody_said_is_no_statement(parser, text):
    assert told(parser, text) == []


def test_a_dateline_does_not_speak(parser):
    (quote,) = told(parser, "SAMARKAND, 15 September 2022 — Vladimir Putin acknowledged Chinese unease about the war.")
    assert quote[1] == "Vladimir Putin"
