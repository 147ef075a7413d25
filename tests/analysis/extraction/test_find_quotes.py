"""Quotations of every kind get their span, their speaker and who relays them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.schema import Span
from analysis.settings import Settings


@pytest.fixture(scope="session")
def nlp():
    return load_parser(Settings().parser)


def read(nlp, text, skip=()):
    """(kind, words, speaker's words, relayer's words) of each quotation."""

    def words(span):
        return None if span is None else text[span.start : span.end]

    return [(str(q.kind), words(q.span), words(q.speaker), words(q.via)) for q in find_quotes(nlp(text), skip)]


DIRECT = [
    ("“Our trade will keep growing,” said Wang Yi.", "Our trade will keep growing,", "Wang Yi"),
    ("“Our trade will keep growing,” Wang Yi told reporters.", "Our trade will keep growing,", "Wang Yi"),
    ('Lavrov said: "We have no doubts about that."', "We have no doubts about that.", "Lavrov"),
    ('He added, "There is nothing more to say."', "There is nothing more to say.", "He"),
    ("‘We shall build the line together,’ she said.", "We shall build the line together,", "she"),
    (
        "Our word stands and will stand,” said the Chinese envoy.",
        "Our word stands and will stand,",
        "the Chinese envoy",
    ),
]


@pytest.mark.parametrize(("text", "words", "speaker"), DIRECT)
def test_a_direct_quote_belongs_to_whom_the_words_beside_it_name(nlp, text, words, speaker):
    assert read(nlp, text) == [("direct", words, speaker, None)]


INDIRECT = [
    ("Wang Yi said that the talks would continue in May.", "the talks would continue in May", "Wang Yi"),
    ("The talks would continue in May, Wang Yi said.", "The talks would continue in May", "Wang Yi"),
    ("According to the ministry, exports rose by a tenth.", "exports rose by a tenth", "the ministry"),
    ("China and Russia announced that the bridge was open.", "the bridge was open", "China and Russia"),
    ("The spokesman stressed that the visit was planned long ago.", "the visit was planned long ago", "The spokesman"),
]


@pytest.mark.parametrize(("text", "words", "speaker"), INDIRECT)
def test_a_reported_clause_runs_without_its_that_to_its_own_end(nlp, text, words, speaker):
    assert read(nlp, text) == [("indirect", words, speaker, None)]


def test_a_mixed_quote_runs_from_its_clause_to_the_marks_end(nlp):
    text = "Xi said the two countries were “friends who cannot be parted” and had much to do."
    ((kind, words, speaker, _),) = read(nlp, text)
    assert (kind, speaker) == ("mixed", "Xi")
    assert words.startswith("the two countries were “friends who cannot be parted")


def test_a_quote_split_by_its_attribution_is_two_with_one_speaker(nlp):
    text = "“We will meet again,” Putin said, “and we will sign the papers.”"
    assert read(nlp, text) == [
        ("direct", "We will meet again,", "Putin", None),
        ("direct", "and we will sign the papers.", "Putin", None),
    ]


def test_a_quote_that_carries_on_keeps_its_speaker(nlp):
    text = "“We will meet again,” said Peskov. “The papers are ready now.”\n\n“Nothing else remains to be done.”"
    assert [speaker for _, _, speaker, _ in read(nlp, text)] == ["Peskov"] * 3


def test_a_statement_that_quotes_somebody_relays_him(nlp):
    text = "“Our ties are as firm as ever,” a foreign ministry statement quoted Xi as saying."
    assert read(nlp, text) == [("direct", "Our ties are as firm as ever,", "Xi", "a foreign ministry statement")]


def test_an_outlet_at_the_sentences_end_relays(nlp):
    text = "Lavrov said the envoy would visit Beijing in the spring, reports Reuters."
    ((_, words, speaker, via),) = read(nlp, text)
    assert (speaker, via) == ("Lavrov", "Reuters")
    assert words.startswith("the envoy would visit Beijing")


def test_a_group_speaks_as_one(nlp):
    ((_, _, speaker, _),) = read(nlp, "Wang Yi and Sergey Lavrov said that the border was quiet.")
    assert speaker == "Wang Yi and Sergey Lavrov"


SILENT = [
    "The “no limits” partnership was signed in the capital.",
    "She read “War and Peace” on the train to Harbin.",
    "They met at the “Far Eastern Forum” and went home.",
    "The train left at noon and the band played on.",
    "Asked whether the talks had failed, the envoy left the room.",
]


@pytest.mark.parametrize("text", SILENT)
def test_scare_quotes_titles_names_and_questions_are_no_statements(nlp, text):
    assert read(nlp, text) == []


def test_nothing_is_taken_from_what_is_to_be_skipped(nlp):
    text = "“Subscribe now and save,” says our editor.\n\n“We will meet again,” Putin said."
    assert [speaker for _, _, speaker, _ in read(nlp, text, [Span(0, text.index("\n"))])] == ["Putin"]


def test_a_transcript_gives_every_paragraph_to_its_speaker(nlp):
    text = (
        "Vladimir Putin: I welcome you all.\n\nWe begin with trade.\n\n"
        "Question: What do you say to the critics?\n\nVladimir Putin: I say that they are wrong.\n"
    )
    assert read(nlp, text) == [
        ("direct", "I welcome you all.", "Vladimir Putin", None),
        ("direct", "We begin with trade.", "Vladimir Putin", None),
        ("direct", "I say that they are wrong.", "Vladimir Putin", None),
    ]


def test_a_plain_frame_is_surer_than_an_object(nlp):
    (framed,) = find_quotes(nlp("“We will meet again,” Putin said."))
    (summed,) = find_quotes(nlp("Putin praised the long friendship between the two peoples."))
    assert framed.confidence >= 0.9 > summed.confidence


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "”", "“”", "’’", "\u202e“a” said", "\u0000", "😀" * 40])
def test_odd_texts_hold_no_quote_and_raise_nothing(nlp, text):
    assert find_quotes(nlp(text)) == []


PIECES = st.sampled_from(
    [
        *"“”„«»‘’\"',.:;!?-\n ",
        " said ",
        " he ",
        "Li Wei",
        " that ",
        " according to ",
        "We agree",
        "Question: ",
        "\u202e",
        "é",
        "中",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_whatever_the_text_offsets_stand_and_quotes_do_not_overlap(nlp, text):
    found = find_quotes(nlp(text))
    assert found == find_quotes(nlp(text))
    for quote in found:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert 0.0 <= quote.confidence <= 1.0
        for span in (quote.speaker, quote.cue, quote.via):
            assert span is None or 0 <= span.start < span.end <= len(text)
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(found))
