"""A transcript's labels give each paragraph to its speaker; questions stay out."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from analysis.extraction.printed import as_printed
from analysis.extraction.turns import questions, turns
from analysis.schema import Document

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


INTERVIEW = """Editor of the Norland Mail Karl Berg: Minister, will you go to the summit?

Foreign Minister Anna Lind: Of course. (Laughter.)

Karl Berg: You once said that it was a waste of time.

Anna Lind: [In English] I say many things. Should I have stayed at home? Perhaps.

(Applause)

Karl Berg: Will they listen?

Anna Lind: They will. We prepared this for a year, and our partners know it.

Karl Berg: How do you know that? Thank you.

Anna Lind: We asked them.
"""

MEETING = """Prime Minister of Norland Anna Lind: Mr Berg, the railway was opened last year. We gave it our support.

How many people use it now?

Railway Director Karl Berg: About 40,000 a day, and we expect more in the summer months when the coast fills up.

We are building two more stations for them.

Anna Lind: When will they be ready?

Karl Berg: In May. We could be faster, but why hurry?
"""


def test_all_turns_of_somebody_who_mostly_asks_are_questions():
    assert {name for name, _ in said(INTERVIEW)} == {"Anna Lind"}
    assert sum(turn.question for turn in turns(INTERVIEW)) == 4


def test_stage_directions_are_not_among_the_words():
    words = [words for _, words in said(INTERVIEW)]
    assert words[0] == "Of course."
    assert words[1].startswith("I say many things.")
    assert not any("Applause" in one or "Laughter" in one or "English" in one for one in words)


def test_an_official_who_asks_keeps_what_else_was_said():
    assert said(MEETING) == [
        ("Anna Lind", "Mr Berg, the railway was opened last year. We gave it our support."),
        ("Karl Berg", "About 40,000 a day, and we expect more in the summer months when the coast fills up."),
        ("Karl Berg", "We are building two more stations for them."),
        ("Karl Berg", "In May. We could be faster, but why hurry?"),
    ]
    asked = [MEETING[span.start : span.end] for turn in questions(MEETING) for span in turn.paragraphs]
    assert asked == ["How many people use it now?", "When will they be ready?"]


def test_a_label_on_a_line_of_its_own_opens_the_turn_below():
    text = "Anna Lind:\n\nWe begin today, my friends.\n\nKarl Berg:\n\nI agree with you."
    assert said(text) == [("Anna Lind", "We begin today, my friends."), ("Karl Berg", "I agree with you.")]


def test_the_reporters_own_words_before_and_after_are_no_turn():
    text = f"The minister met the press.\n\n* * *\n\n{BRIEFING}\n* * *\n\nShe will travel to the coast on Friday.\n"
    assert not any("travel to the coast" in words or "met the press" in words for _, words in said(text))


def test_what_is_printed_for_a_transcript_names_who_asked_what():
    text = "AFP: Will you go?\n\nMao Ning: We will announce it."
    plain = Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)
    (asked,) = as_printed(plain, [])["questions"]
    assert (text[asked["start"] : asked["end"]], asked["asker_text"]) == ("Will you go?", "AFP")
