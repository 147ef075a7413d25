"""A label says who speaks, whatever stands around the name; a colon alone makes none."""

from __future__ import annotations

import pytest

from analysis.extraction.labels import labels
from analysis.extraction.marks import paragraphs
from analysis.extraction.turns import turns


def read(text):
    found = labels(text, list(paragraphs(text)))
    return [(text[one.name.start : one.name.end] if one.name else None, one.asks) for one in found.values()]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Anna Lind:", "Anna Lind"),
        ("President of Norland Anna Lind:", "Anna Lind"),
        ("President of the Republic of Norland Anna Lind (retranslated):", "Anna Lind"),
        ("Norland Trade Commission President Jose Maria Lindo:", "Jose Maria Lindo"),
        ("**Anna Lind:**", "Anna Lind"),
        ("**Anna Lind**:", "Anna Lind"),
        ("A. Lind:", "A. Lind"),
        ("Anna Lind, Minister of Trade:", "Anna Lind"),
        ("Central Bank chairwoman Anna Lind:", "Anna Lind"),
        ("chairwoman of the board of Norland Rail Anna Lind:", "Anna Lind"),
        ("Member of the Board, Head of the Independent Commission Anna Lind:", "Anna Lind"),
        ("Prince of Norland Karl van der Berg:", "Karl van der Berg"),
        ("First Deputy Minister Anna Lind:", "Anna Lind"),
        ("MR. LIND:", "LIND"),
    ],
)
def test_a_label_names_its_speaker_past_office_notes_and_marks(label, name):
    text = f"{label} We begin today.\n\nKarl Berg: I agree.\n\n{label} We go on."
    assert read(text) == [(name, False), ("Karl Berg", False), (name, False)]


@pytest.mark.parametrize(
    "label", ["Question:", "Question (retranslated):", "Q:", "Q1:", "MODERATOR:", "Remark:", "Reporter:", "AFP:"]
)
def test_a_label_without_a_name_or_of_an_outlet_asks(label):
    assert [asks for _, asks in read(f"{label} What next?\n\nAnna Lind: We wait.")] == [True, False]


@pytest.mark.parametrize("outlet", ["China Daily", "Kyodo News", "Bloomberg", "CCTV", "Reuters correspondent"])
def test_newspapers_and_agencies_ask(outlet):
    assert read(f"{outlet}: What next?\n\nAnna Lind: We wait.")[0][1]


def test_a_surname_that_is_also_a_newspapers_does_not_ask():
    assert read("Sun Weiguo: We wait.\n\nAnna Lind: So do we.")[0] == ("Sun Weiguo", False)


def test_a_figure_may_follow_a_speakers_label_but_makes_no_table_one():
    answered = "Anna Lind: How many came?\n\nKarl Berg: 1,400 people in all, I think.\n\nAnna Lind: Good."
    assert [name for name, _ in read(answered)] == ["Anna Lind", "Karl Berg", "Anna Lind"]
    assert read("North: 1,200\n\nSouth: 900\n\nEast: 300") == []


@pytest.mark.parametrize(
    "line",
    [
        "I want to say this: we will stay.",
        "Second: we leave in May.",
        "Mr President: we are grateful.",
        "Dear colleagues: we meet again.",
        "A few words about trade: it grows.",
        "Perm Region: “The road is bad.”",
        "Here is my question: when do we start?",
        "And the second question: when do we end?",
    ],
)
def test_a_colon_inside_what_is_said_opens_no_turn(line):
    text = f"Anna Lind: We begin.\n\n{line}\n\nKarl Berg: I agree."
    assert [name for name, _ in read(text)] == ["Anna Lind", "Karl Berg"]


def test_letters_with_stops_are_labels_only_where_both_stand():
    assert [asks for _, asks in read("Q. Why now?\n\nA. We had to.\n\nQ. And then?\n\nA. We left.")] == [
        True,
        False,
        True,
        False,
    ]
    assert read("A. The first point is trade.\n\nB. The second is peace.") == []


def test_questions_and_answers_are_a_transcript_though_nobody_says_i():
    text = (
        "Maria Zakharova: The exhibition opens on September 3.\n\nQuestion: Will there be another patrol?\n\n"
        "Answer: The Defence Ministry has the plans.\n"
    )
    found = turns(text)
    assert [turn.question for turn in found] == [False, True, False]
    assert [text[said.start : said.end] for turn in found for said in turn.paragraphs if not turn.question] == [
        "The exhibition opens on September 3.",
        "The Defence Ministry has the plans.",
    ]


def test_headings_with_colons_stay_no_transcript():
    assert turns("Question: a short history of the bridge\n\nAnswers: a guide\n\nHarbin: ten places to eat\n") == []


def test_a_delegate_met_once_is_told_by_the_country_in_brackets():
    text = "The President: I give the floor to Norland.\n\nMr. Lind (Norland) (spoke in Norse): We agree with the text."
    assert ("Lind", False) in [(name and name.split()[-1], asks) for name, asks in read(text)]
