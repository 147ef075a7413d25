"""What a print changed is told word by word, whatever the language, and only where that tells something."""

from __future__ import annotations

import random

import pytest

from analysis.queries.wording import Change, wording


def changes(others, printed):
    return [(stretch.change.value, stretch.words.strip()) for stretch in wording(others, printed).stretches]


@pytest.mark.parametrize(
    ("others", "printed", "told"),
    [
        (
            "Our friendship is rock solid today",
            "Our friendship is solid today, as ever",
            [("same", "Our friendship is"), ("left out", "rock"), ("same", "solid today,"), ("added", "as ever")],
        ),
        (
            "中俄关系成熟稳定，不受第三方影响",
            "中俄关系不受第三方影响",
            [("same", "中俄关系"), ("left out", "成熟稳定，"), ("same", "不受第三方影响")],
        ),
        (
            "Наша дружба не имеет границ",
            "Наша дружба с Китаем не имеет границ",
            [("same", "Наша дружба"), ("added", "с Китаем"), ("same", "не имеет границ")],
        ),
    ],
)
def test_words_left_out_and_added_are_told_in_their_place(others, printed, told):
    assert changes(others, printed) == told


@pytest.mark.parametrize(
    ("others", "printed", "told"),
    [
        ("Ties are “rock solid”", 'Ties  are "rock solid"', "word for word the same"),
        ("We oppose this, firmly", "we oppose this firmly", "the same words; capitals or punctuation differ"),
        ("We oppose this firmly", "We oppose this", "1 word left out"),
        ("We oppose this", "We firmly oppose all this", "2 words added"),
        ("We oppose this very firmly now", "We oppose this most firmly now", "1 word left out, 1 word added"),
        ("Gas will flow for decades", "Talks on arms wait until spring", "in other words"),
        ("rock-solid ties", "rock solid ties", "the same words; capitals or punctuation differ"),
    ],
)
def test_what_a_print_changed_is_said_in_words(others, printed, told):
    assert wording(others, printed).in_words() == told


def test_a_word_that_happens_to_stay_between_two_changes_is_not_set_apart():
    found = changes(
        "we say that peace and trade must come before all", "we say that calm and work must come before all"
    )
    assert found == [
        ("same", "we say that"), ("left out", "peace and trade"), ("added", "calm and work"),
        ("same", "must come before all"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_the_print_can_be_read_out_of_the_comparison_letter_for_letter(seed):
    chance = random.Random(seed)
    parts = ["no", "limits", "“ties”", "и", "друг", "中俄", "…", "rock-solid,", "it’s", "  ", "a.", "5,000", "—", "(x)"]
    others, printed = (" ".join(chance.choices(parts, k=chance.randint(0, 14))) for _ in range(2))
    compared = wording(others, printed)
    kept = "".join(each.words for each in compared.stretches if each.change is not Change.LEFT_OUT)
    assert kept == printed or not compared.same + compared.added
    assert 0 <= compared.likeness <= 1


def test_nothing_against_nothing_is_the_same():
    assert wording("", "").in_words() == "word for word the same"
    assert wording("…", "—").stretches == ()
