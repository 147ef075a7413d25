"""A text that is one speaker's throughout is given to them, and a letter to whoever sent it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extraction import extract
from analysis.extraction.passages import is_wrapped, passages
from analysis.extraction.speeches import letters, whole_speech
from analysis.schema import Document

ADDRESS = """Madam President,

We meet in a hard year. I come from a small country that has always believed in trade.

As Anna Lind wrote in her memoir, “A border is a door that somebody has forgotten to open.”

Our neighbours know that we keep our word, and we ask them to keep theirs.
"""


def document(text, **known):
    plain = Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)
    return replace(plain, **known)


def found(parser, gazetteer, text, **known):
    return [(quote.speaker_name, quote.text) for quote in extract(document(text, **known), parser(text), gazetteer)]


def test_a_speech_is_its_speakers_paragraph_by_paragraph(parser, gazetteer):
    quotes = found(
        parser, gazetteer, ADDRESS, speaker="Mr. Karl BERG", speaker_post="Prime Minister", speaker_side="NO"
    )
    assert [name for name, _ in quotes if name != "Anna Lind"] == ["Karl Berg"] * 4
    assert quotes[-1] == ("Karl Berg", "Our neighbours know that we keep our word, and we ask them to keep theirs.")


def test_what_a_speech_quotes_from_somebody_else_is_not_given_to_its_speaker(parser, gazetteer):
    quotes = found(parser, gazetteer, ADDRESS, speaker="Karl Berg")
    assert ("Anna Lind", "A border is a door that somebody has forgotten to open.") in quotes
    assert not any("a door" in words for name, words in quotes if name == "Karl Berg")


def test_the_speakers_post_and_side_come_from_the_metadata(parser, gazetteer):
    known = document(ADDRESS, speaker="Karl Berg", speaker_post="Prime Minister", speaker_side="NO")
    quote = extract(known, parser(ADDRESS), gazetteer)[0]
    assert (quote.role_text, quote.side, quote.speaker_id) == ("Prime Minister", "NO", "karl-berg")


def test_a_speaker_of_the_gazetteer_goes_by_the_canonical_name(parser, gazetteer):
    assert found(parser, gazetteer, ADDRESS, speaker="Mr. Sergei Lavrov")[0][0] == "Sergey Lavrov"


@pytest.mark.parametrize(
    "title",
    [
        "Article by Vladimir Putin for a newspaper of the south",
        "Full text: Vladimir Putin’s speech at the opening of the dam",
        "Message from President Vladimir Putin to the members of the union",
    ],
)
def test_a_title_may_name_the_speaker(parser, gazetteer, title):
    quotes = found(parser, gazetteer, ADDRESS, title=title)
    assert {name for name, _ in quotes} == {"Vladimir Putin", "Anna Lind"}


def test_a_report_on_a_speech_is_none():
    report = (
        "The president spoke at the opening of the dam.\n\nVladimir Putin said the dam would serve the region.\n\n"
        "He thanked the engineers and noted that more would be built.\n\nThe ceremony ended at noon."
    )
    assert whole_speech(document(report, title="Speech by Vladimir Putin at the opening of the dam")) is None
    assert whole_speech(document(ADDRESS, title="Vladimir Putin opened a dam")) is None
    assert whole_speech(document(report, speaker="Vladimir Putin")) is None


def test_an_introduction_that_reports_the_speech_is_no_part_of_it():
    text = f"Karl Berg sent a message to the assembly on Monday.\n\n{ADDRESS}"
    speech = whole_speech(document(text, speaker="Karl Berg"))
    assert text[speech.whole.start :].startswith("Madam President")


WRAPPED = """We have come a long way since the harbour was
opened, and the people of this coast know what it
costs to keep it free of ice.

12

 Nobody asked us to do this. We did it because the
ships needed a place to rest, and because the towns
needed work.
 I thank all who helped us. The next harbour will
be built further north, where the
13
winters are longer.
"""


def test_broken_lines_are_joined_to_paragraphs():
    assert is_wrapped(WRAPPED)
    words = [" ".join(WRAPPED[span.start : span.end].split()) for span in passages(WRAPPED, True)]
    assert [one[:20] for one in words] == ["We have come a long ", "Nobody asked us to d", "I thank all who help"]
    assert words[0].endswith("free of ice.")
    assert words[2].endswith("winters are longer.")


def test_lines_that_are_paragraphs_stay_apart():
    assert not is_wrapped(ADDRESS)
    assert len(passages(ADDRESS, False)) == 4


@given(st.text(alphabet="ab. \n\r*#1A", max_size=300), st.booleans())
def test_passages_follow_one_another_and_leave_out_only_numbers_and_space(text, wrapped):
    spans = passages(text, wrapped)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)


LETTER = """Vladimir Putin sent greetings to the sailors of the northern fleet of fishing boats.

The message reads, in part:

“Your work feeds the towns of the coast.

We are proud of you, and we wish you calm seas.”

The fleet sails in May.
"""


def test_a_letter_runs_from_mark_to_mark_over_its_paragraphs(parser, gazetteer):
    assert found(parser, gazetteer, LETTER) == [
        ("Vladimir Putin", "Your work feeds the towns of the coast."),
        ("Vladimir Putin", "We are proud of you, and we wish you calm seas."),
    ]


def test_each_paragraph_of_a_letter_may_open_with_a_mark():
    text = "The letter to the mayor said:\n\n“We agree.\n\n“We will come.”\n\n“Good,” said the mayor."
    (letter,) = letters(text)
    assert [text[span.start : span.end] for span in letter.paragraphs] == ["We agree.", "We will come."]


def test_marks_without_an_announcement_or_an_end_are_no_letter():
    assert letters("He said this:\n\n“We agree.\n\nWe will come.”") == []
    assert letters("The letter said:\n\n“We agree.\n\nWe will come.") == []


def test_the_one_who_answers_is_whom_the_title_names(parser, gazetteer):
    text = (
        "Q: Will you go to the summit?\n\nA: We will announce our plans in due course.\n\nQ: When?\n\nA: Soon, I hope."
    )
    quotes = found(parser, gazetteer, text, title="Foreign Ministry Spokesperson Mao Ning’s Press Conference")
    assert quotes == [
        ("Mao Ning", "We will announce our plans in due course."),
        ("Mao Ning", "Soon, I hope."),
    ]


def test_an_initial_means_whom_the_text_names_in_full(parser, gazetteer):
    text = "Karl Berg: We begin our work.\n\nAnna Lind: I thank you.\n\nK. Berg: You are welcome, my friend."
    assert [name for name, _ in found(parser, gazetteer, text)] == ["Karl Berg", "Anna Lind", "Karl Berg"]
