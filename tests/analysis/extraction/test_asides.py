"""An aside between commas names the speaker, whatever noun stands before it; what is said surrounds it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import extract
from analysis.extraction.quotes import find_quotes
from analysis.parsing import load_parser
from analysis.schema import Document


@pytest.fixture(scope="session", params=["en_core_web_sm", "en_core_web_md"])
def nlp(request: pytest.FixtureRequest) -> Language:
    return load_parser(request.param)


def read(nlp: Language, text: str) -> list[tuple[str, str | None]]:
    """(words, speaker's words) of each quotation."""
    return [
        (text[q.span.start : q.span.end], text[q.speaker.start : q.speaker.end] if q.speaker else None)
        for q in find_quotes(nlp(text))
    ]


AROUND = [
    ("China, Novak told the chamber on 3 May, “is buying more gas than ever before”.", "Novak"),
    ("The pipeline, said Novak, had proved its worth in a hard winter.", "Novak"),
    ("Moscow, said Wang Yi, “has every reason to be satisfied with the year”.", "Wang Yi"),
    ("His country, Wang told the assembly, “has never sold weapons to either side”.", "Wang"),
    ("China and Russia, Wang told his guest, “stand by one another in the hardest times”.", "Wang"),
    ("China, said Wang, was ready to be “a good neighbour and a patient partner”.", "Wang"),
    ("Trade between the two neighbours, the ambassador said on Friday, would double by 2030.", "the ambassador"),
    ("The new bridge, in Novak’s words, “will shorten the way by a thousand miles”.", "Novak"),
    ("The two armies, the minister went on, would hold more exercises in the north.", "the minister"),
]


@pytest.mark.parametrize(("text", "speaker"), AROUND)
def test_an_aside_names_the_speaker_of_the_words_around_it(nlp: Language, text: str, speaker: str) -> None:
    found = read(nlp, text)
    assert found
    assert {who for _, who in found} == {speaker}


def test_both_pieces_of_a_split_sentence_are_found_and_share_their_words_of_speaking(nlp: Language) -> None:
    text = "The treaty, said Novak, had given both countries a border without quarrels."
    first, second = find_quotes(nlp(text))
    assert (text[first.span.start : first.span.end], first.cue) == ("The treaty", second.cue)
    assert text[second.span.start : second.span.end] == "had given both countries a border without quarrels"


def test_a_day_and_a_place_before_an_aside_are_not_said(nlp: Language) -> None:
    text = "In Moscow, Novak told reporters, the bridge would be opened in spring."
    assert all("Moscow" not in words for words, _ in read(nlp, text))


@pytest.mark.parametrize(
    "text",
    [
        "Novak, the head of the agency, wrote a book, two plays and a film.",
        "Last year, Novak held talks in Beijing, which ended without a result.",
        "The firm announced profits, published a report, and moved to Harbin.",
    ],
)
def test_commas_around_a_verb_with_an_object_make_no_aside(nlp: Language, text: str) -> None:
    assert all(words.split()[0] not in {"Novak", "Last", "The"} for words, _ in read(nlp, text))


def test_the_words_between_a_name_and_its_verb_do_not_speak(nlp: Language) -> None:
    text = "“We shall finish it in May”, Minister Ivan Novak, travelling with the president, told state television."
    assert read(nlp, text) == [("We shall finish it in May", "Ivan Novak")]


def test_a_name_with_an_institution_speaks_for_itself(nlp: Language) -> None:
    text = "“It was built to last for generations”, Ivan Novak of the Carnegie Endowment told The Atlantic."
    assert {who for _, who in read(nlp, text)} <= {"Ivan Novak", "Ivan Novak of the Carnegie Endowment"}


def test_a_verb_after_an_aside_is_part_of_what_is_said(nlp: Language) -> None:
    text = "The two sides, Novak said, had reaffirmed “the idea of a border that unites and never divides”."
    assert {who for _, who in read(nlp, text)} == {"Novak"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Novak hoped that the talks would soon be resumed.", "the talks would soon be resumed"),
        ("Novak was confident that “the tunnel will open on time”.", "the tunnel will open on time"),
        (
            "He spoke too of “a friendship that no storm can shake at all”.",
            "a friendship that no storm can shake at all",
        ),
    ],
)
def test_hopes_and_views_are_reported_words(nlp: Language, text: str, words: str) -> None:
    assert [found for found, _ in read(nlp, text)] == [words]


def test_what_many_think_is_nobodys_statement(nlp: Language) -> None:
    assert read(nlp, "Many people think that the tunnel will never be built.") == []


def test_remarks_belong_to_their_owner_not_to_who_reacts_to_them(nlp: Language) -> None:
    text = "Lin was reacting to Novak’s remarks that the tunnel could harm the coast."
    assert ("the tunnel could harm the coast", "Novak") in read(nlp, text)


def test_the_place_before_two_names_is_not_one_of_them(nlp: Language) -> None:
    text = "In Moscow Wang and Patrushev affirmed that the two nations want the same order."
    assert [who for _, who in read(nlp, text)] == ["Wang and Patrushev"]


def test_a_topic_without_a_verb_is_hardly_a_statement(nlp: Language) -> None:
    parsed = nlp("At the end of the evening Novak spoke of Taiwan.")
    (topic,) = find_quotes(parsed)
    assert topic.confidence < 0.3
    assert find_quotes(parsed, least_confidence=0.3) == []


def extracted(nlp: Language, gazetteer: Gazetteer, text: str) -> list[str | None]:
    document = Document("d-1", "d", "d.txt", None, None, None, None, None, None, "en", None, text, "0" * 64)
    return [quote.speaker_name for quote in extract(document, nlp(text), gazetteer)]


def test_he_is_neither_whom_he_speaks_to_nor_whom_he_speaks_of(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "Wang Yi received Sergey Lavrov on Monday. Lavrov listened. Then the host spoke at last. "
        "“We have waited for you a long time”, he told Lavrov."
    )
    assert extracted(nlp, gazetteer, text)[-1] == "Wang Yi"


def test_his_view_is_that_of_the_man_spoken_of(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Sergey Lavrov arrived on Monday. The bridge, in his view, “will bring the two peoples closer together”."
    assert set(extracted(nlp, gazetteer, text)) == {"Sergey Lavrov"}


def test_a_spokeswoman_is_a_woman(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Hua Chunying met the press. The visit, the spokeswoman said, had been planned since spring."
    assert set(extracted(nlp, gazetteer, text)) == {"Hua Chunying"}


def test_what_the_speaker_did_meanwhile_is_the_writers_word(nlp: Language) -> None:
    text = "“We welcome the plan for the valley”, Anna Berg said in Oslo on Sunday, as she opened the first forum."
    assert read(nlp, text) == [("We welcome the plan for the valley", "Anna Berg")]
    text = "The plan is welcome, Anna Berg said, as it brings work to both valleys."
    assert [words for words, _ in read(nlp, text)] == ["The plan is welcome", "as it brings work to both valleys"]
