"""What analysis tells readers is English words, and can be said again in another language."""

from __future__ import annotations

import pickle
from datetime import date

from analysis.messages import all_of, any_of, count_message, message


def test_a_message_is_its_english_words_and_remembers_its_template():
    told = message("until {day}", day=date(2023, 4, 30))
    assert told == "until 30 April 2023"
    assert (told.template, told.values) == ("until {day}", {"day": date(2023, 4, 30)})


def test_a_message_that_counts_is_in_the_singular_for_one():
    assert count_message("{count} more text", "{count} more texts", 1) == "1 more text"
    assert count_message("{count} more text", "{count} more texts", 1204) == "1,204 more texts"


def test_braces_in_a_value_or_in_words_without_values_mean_nothing():
    assert message("said {name}", name="{0.__class__}") == "said {0.__class__}"
    assert message("{a") == "{a"


def test_names_are_joined_in_words():
    assert any_of(["Wang Yi", "Qin Gang", "Li Hui"]) == "Wang Yi, Qin Gang or Li Hui"
    assert all_of(["China", "Russia"]) == "China and Russia"
    assert all_of(["China"]) == "China"
    assert any_of([]) == ""


def test_a_message_survives_the_cache():
    told = message("not {what}", what=message("undated"))
    again = pickle.loads(pickle.dumps(told))
    assert again == told
    assert (again.template, again.values["what"].template) == ("not {what}", "undated")
