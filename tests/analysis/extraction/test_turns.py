"""A transcript's labels give each paragraph to its speaker; questions stay out."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from analysis.extraction.turns import turns

TALKS = """The two presidents met in the capital.

President of Russia Vladimir Putin: Mr President, friends,

I am glad to see you here again.

We have much to do together this year.

President of the People's Republic of China Xi Jinping (retranslated): Thank you for the welcome.

* * *

The delegations then left for dinner.
"""

BRIEFING = """AFP: The minister travels to Moscow next week. Can you confirm this?

Mao Ning: I have no information to share. We will announce visits in due course.

China and Russia keep in touch.

Question: Will you comment on the sanctions?

Mao Ning: We oppose them. I said so yesterday.
"""


def said(text):
    return [
        (text[turn.name.start : turn.name.end] if turn.name else None, text[span.start : span.end])
        for turn in turns(text)
        if not turn.question
        for span in turn.paragraphs
    ]


def test_every_paragraph_after_a_label_is_that_speakers_until_the_next_label():
    assert said(TALKS) == [
        ("Vladimir Putin", "Mr President, friends,"),
        ("Vladimir Putin", "I am glad to see you here again."),
        ("Vladimir Putin", "We have much to do together this year."),
        ("Xi Jinping", "Thank you for the welcome."),
    ]


def test_what_is_asked_of_a_speaker_is_no_statement():
    assert {name for name, _ in said(BRIEFING)} == {"Mao Ning"}
    assert ("Mao Ning", "China and Russia keep in touch.") in said(BRIEFING)
    assert sum(turn.question for turn in turns(BRIEFING)) == 2


def test_an_article_with_colons_is_no_transcript():
    article = (
        "Moscow: A city of plans\n\nThe mayor said: “We build.” He named three goals: roads, homes and parks.\n\n"
        "Photo: A Agency\n\nRead more: Five bridges\n"
    )
    assert turns(article) == []


def test_a_table_of_results_is_no_transcript():
    assert turns("North: 1,200\n\nSouth: 900\n\nNorth Total: 2,100\n") == []


@given(st.text(alphabet="AB ab:?.\n“”()", max_size=300))
def test_turns_follow_one_another_inside_the_text(text):
    found = turns(text)
    assert all(0 <= turn.whole.start <= turn.whole.end <= len(text) for turn in found)
    assert all(before.whole.end <= after.whole.start for before, after in itertools.pairwise(found))
    assert all(text[span.start : span.end].strip() for turn in found for span in turn.paragraphs)


def test_a_page_of_nothing_but_labels_is_read_at_once():
    assert turns("A B:\n" * 20_000) == []
