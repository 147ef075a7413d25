from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction.person_names import keys_of, looks_chinese, one_letter_apart, same_name, surname_of
from analysis.extraction.register import Register
from analysis.schema import Span

TWO_LIS = (
    "Li Mingde, professor of energy law at Lanzhou University, said pipelines take time. “Nobody signs in a hurry,” "
    "Li said.\n\nLi Xiaofan, an economist at the Harbin Institute, said prices would decide. “Prices first,” Li said."
)


def register(parser: Language, gazetteer: Gazetteer, text: str, *phrases: str, title: str | None = None) -> Register:
    spans = [Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases]
    return Register(parser(text), gazetteer, spans, title)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Wang Yi", "wang"),
        ("Geng Shuang", "geng"),
        ("Ouyang Yu", "ouyang"),
        ("Nikolai Patrushev", "patrushev"),
        ("Ursula von der Leyen", "leyen"),
        ("Kim Jong Un", "kim"),
        ("Li Andersson", "andersson"),  # a Finn: the second word is no pinyin
        ("Aleksandar Vučić", "vucic"),
    ],
)
def test_the_surname_comes_first_only_in_chinese_and_korean_names(name: str, surname: str):
    assert surname_of(name.split()) == surname


@pytest.mark.parametrize("name", ["Hong Kong", "White House", "Wang", "Mao Tse Tung Li Peng", "Sergei Lavrov"])
def test_other_capitalised_words_are_no_chinese_name(name: str):
    assert not looks_chinese(name.split())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gen", "geng", True),
        ("sergei", "sergey", True),
        ("wang", "yang", False),
        ("li", "liu", False),
        ("putin", "putin", True),
    ],
)
def test_one_letter_may_differ_where_it_makes_no_other_family(one: str, other: str, same: bool):
    assert one_letter_apart(one, other) is same


@pytest.mark.parametrize(
    ("text", "name", "entity_id"),
    [
        ("To Hu Jintao, the party’s new general secretary, Putin wrote on Thursday.", "Hu Jintao", "hu-jintao"),
        ("The talks ended. To Manoj Kewalramani, a scholar, it was plain.", "Manoj Kewalramani", "manoj-kewalramani"),
        ("“Unlike Pavel Dranov, I see no alliance,” he said.", "Pavel Dranov", "pavel-dranov"),
    ],
)
def test_a_word_that_only_opens_the_sentence_is_no_part_of_a_name(parser, gazetteer, text, name, entity_id):
    found = register(parser, gazetteer, text, name).mentions
    assert (entity_id, name) in [(each.entity_id, text[each.start : each.end]) for each in found]


def test_spellings_of_one_full_name_are_one():
    assert same_name(["Gen", "Shuang"], ["Geng", "Shuang"])
    assert not same_name(["Li", "Hui"], ["Liu", "Hai"])
    assert not same_name(["Ivan", "Petrov"], ["Petrov"])


def test_two_people_named_li_are_told_apart_by_who_was_named_last(parser: Language, gazetteer: Gazetteer):
    found = register(parser, gazetteer, TWO_LIS)
    first, second = TWO_LIS.index("Li said"), TWO_LIS.rindex("Li said")
    assert found.by_surname("li", first) == ("li-mingde", False)
    assert found.by_surname("li", second) == ("li-xiaofan", False)


def test_a_surname_before_the_full_name_means_who_follows(parser: Language, gazetteer: Gazetteer):
    text = "Okonkwo warns of delays\n\nThe engineer Chidi Okonkwo said on Monday that the line was late."
    assert register(parser, gazetteer, text).by_surname("okonkwo", 0) == ("chidi-okonkwo", True)


def test_a_misspelt_name_is_the_person_whose_name_is_a_letter_off(parser: Language, gazetteer: Gazetteer):
    text = "Tomas Halvorsen spoke first. Later Tomas Halvorssen spoke again, and Halvorson left."
    found = register(parser, gazetteer, text)
    assert set(found.people) == {"tomas-halvorsen"}
    assert found.by_surname("halvorson", len(text)) == ("tomas-halvorsen", False)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Chinese Foreign Ministry spokesman Lin Jian spoke.", "lin-jian", "Chinese Foreign Ministry spokesman"),
        ("It was said by China’s top diplomat Wang Yi.", "wang-yi", "China’s top diplomat"),
        (
            "On Friday Russian ambassador to China Andrey Denisov spoke.",
            "andrey-denisov",
            "Russian ambassador to China",
        ),
        (
            "The Russian ambassador in Beijing, Andrei Denisov, agreed.",
            "andrey-denisov",
            "Russian ambassador in Beijing",
        ),
        (
            "Feng Zhongping, director of the Institute of European Studies, agreed.",
            "feng-zhongping",
            "director of the Institute of European Studies",
        ),
        ("Speaking to the Russian president, Xi Jinping praised trade.", "xi-jinping", None),
        ("The relations with Xi Jinping are good.", "xi-jinping", None),
    ],
)
def test_the_office_is_kept_as_printed(parser: Language, gazetteer: Gazetteer, text: str, name: str, title: str | None):
    assert register(parser, gazetteer, text).people[name].title_at(0) == title


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Nigerian Trade Minister Ada Umeh left.", "ada-umeh", "NG"),
        ("Marta Kowal, a senior fellow at a Warsaw think tank, left.", "marta-kowal", "expert"),
        ("Global Times columnist Hu Weimin left.", "hu-weimin", "media"),
        ("Marta Kowal left.", "marta-kowal", None),
    ],
)
def test_an_outsider_speaks_for_whom_the_title_says(
    parser: Language, gazetteer: Gazetteer, text: str, name: str, side: str | None
):
    assert register(parser, gazetteer, text, text.split(" left")[0].rstrip(",")).people[name].side == side


def test_a_speakers_phrase_names_a_person_the_parser_missed(parser: Language, gazetteer: Gazetteer):
    text = "said envoy Bxi Qorn on Tuesday"
    assert "bxi-qorn" in register(parser, gazetteer, text, "envoy Bxi Qorn").people


def test_a_title_names_people_who_go_by_surname_in_the_text(parser: Language, gazetteer: Gazetteer):
    found = register(parser, gazetteer, "Mr Hu spoke first.", title="President Putin met with Hu Jintao")
    assert found.by_surname("hu", 3) == ("hu-jintao", True)


def test_mr_and_mrs_tell_namesakes_apart(parser: Language, gazetteer: Gazetteer):
    text = "Hillary Clinton arrived with Bill Clinton. Mrs. Clinton spoke, and then Mr. Clinton spoke."
    found = register(parser, gazetteer, text)
    named = [each.entity_id for each in found.mentions]
    assert named == ["hillary-clinton", "bill-clinton", "hillary-clinton", "bill-clinton"]


def test_names_that_differ_by_a_letter_share_a_key_and_others_none() -> None:
    berg = set(keys_of(("Anna", "Bergholm")))
    assert berg & set(keys_of(("Anna", "Bergholn")))
    assert berg & set(keys_of(("Anna", "Berghlm")))
    assert not berg & set(keys_of(("Anna", "Lindholm")))
    assert not berg & set(keys_of(("Karl", "Bergholmen")))
