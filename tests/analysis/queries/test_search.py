"""Promises about search: filters first, words and meaning each where they help, the same answer every time."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.embedding import Encoder, embed, load_encoder
from analysis.queries.search import matched_words, search
from analysis.queries.selection import Selection
from analysis.queries.similar import similar
from analysis.wording import fold, forms, stem, words

# id, speaker, side, day, words: written for these tests
ROWS = [
    ("st-01", "Lin Jian", "CN", "2024-03-07", "This relationship is not targeted at any third party"),
    ("st-02", "Lin Jian", "CN", "2024-05-16", "Trade between the two neighbours doubled in ten years"),
    ("st-03", "Sergey Lavrov", "RU", "2023-03-17", "We have no plan for a military alliance with Beijing"),
    ("st-04", "Sergey Lavrov", "RU", "2022-02-04", "There are no forbidden areas in our cooperation"),
    ("st-05", "Wang Yi", "CN", "2022-03-07", "The friendship of the two peoples is rock solid"),
    ("st-06", "Wang Yi", "CN", None, "China is ready to mediate together with others when needed"),
    ("st-07", "Vladimir Putin", "RU", "2024-05-16", "The Power of Siberia pipeline reached its design capacity"),
    ("st-08", "Vladimir Putin", "RU", "2023-03-21", "We shall send more gas east through a second pipe"),
    ("st-09", "Jens Stoltenberg", "NATO", "2023-04-05", "Beijing must not deliver lethal weapons to Moscow"),
    ("st-10", "Xi Jinping", "CN", "2024-05-16", "Students from both countries learn each other's languages"),
    ("st-11", "Xi Jinping", "CN", "2023-03-22", "Changes unseen in a century are under way"),
    ("st-12", "Mao Ning", "CN", "2024-05-17", "Кто-то в Москве назвал это дружбой"),
    ("st-13", "Mao Ning", "CN", "2024-05-18", "中俄关系不针对第三方"),
    ("st-14", "Dmitry Peskov", "RU", "2024-05-18", "Grain exports will grow this autumn"),
    ("st-15", "Dmitry Peskov", "RU", "2024-05-18", "Grain exports will grow this autumn"),
]


class SmallRelease:
    """What search reads of a release."""

    number = 1

    def __init__(self, encoder, rows=ROWS):
        self.encoder, self.rows = encoder, rows

    @cached_property
    def statements(self):
        ids, speakers, sides, days, texts = zip(*self.rows, strict=True)
        return pd.DataFrame(
            {
                "statement_id": ids,
                "text": texts,
                "kind": "direct",
                "speaker_name": speakers,
                "speaker_members": [(name.lower().replace(" ", "-"),) for name in speakers],
                "sides": [(side,) for side in sides],
                "office": None,
                "via": None,
                "publishers": [("Outlet",)] * len(ids),
                "source_publisher": "Outlet",
                "source_title": None,
                "said_on": pd.to_datetime(list(days)),
            }
        )

    @cached_property
    def _matrix(self):
        if self.encoder is None:
            return np.zeros((0, 0), dtype=np.float32)
        return embed(list(self.statements["text"]), self.encoder)

    def vectors(self):
        return (list(self.statements["statement_id"]) if len(self._matrix) else []), self._matrix


@pytest.fixture(scope="module")
def small_encoder() -> Encoder:
    """The packaged all-MiniLM-L6-v2, loaded once for all test modules: load_encoder keeps it."""
    return load_encoder("small")


@pytest.fixture(scope="module")
def release(small_encoder):
    return SmallRelease(small_encoder)


@pytest.fixture
def find(release, small_encoder):
    def find(query, selection=None, **options):
        return search(release, query, selection or Selection(), encoder=small_encoder, **options)

    return find


def ids(hits):
    return [hit.statement_id for hit in hits]


@pytest.mark.parametrize("mode", ["hybrid", "semantic"])
def test_other_words_for_the_same_thought_find_it(find, mode):
    found = ids(find("we are not allied against anyone", mode=mode))
    assert {"st-01", "st-03"} <= set(found[:3])  # the third says that nothing is forbidden between them


def test_a_hit_by_meaning_says_so_in_words_not_numbers(find):
    hit = next(hit for hit in find("we are not allied against anyone") if hit.statement_id == "st-01")
    assert hit.why == "meaning"
    assert hit.closeness in {"very close", "close", "related"}


@pytest.mark.parametrize("mode", ["hybrid", "words"])
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Power of Siberia", "st-07"),
        ("forbidden areas", "st-04"),
        ("pipelines", "st-07"),  # inflected otherwise
        ("Stoltenberg", "st-09"),  # who said it
        ("lavrov alliance", "st-03"),
        ("unseen in a century", "st-11"),
        ("第三方", "st-13"),
        ("дружбой", "st-12"),
        ("ROCK-SOLID", "st-05"),
    ],
)
def test_exact_words_come_first_and_are_named(find, mode, query, first):
    hit = find(query, mode=mode)[0]
    assert hit.statement_id == first
    assert hit.why in {"words", "both"}


def test_the_words_that_matched_are_given_as_printed(find):
    assert find("languages of students")[0].matched == ("Students", "languages")
    assert matched_words("China’s pipelines, and the Pipeline", forms("pipeline in China")) == (
        "China’s", "pipelines", "Pipeline",
    )  # fmt: skip


def test_a_phrase_in_quotation_marks_must_stand_exactly_so(find):
    assert ids(find('"third party"', mode="words")) == ["st-01"]
    assert ids(find("“third party” pipes"))[0] == "st-01"
    nothing = find('"party third"', mode="words")
    assert "exact words" in nothing.note


def test_words_mode_finds_only_what_has_the_words(find):
    assert ids(find("pipeline capacity", mode="words")) == ["st-07"]
    assert find("zeppelin", mode="words") == []
    assert find("zeppelin", mode="words").note


def test_filters_apply_before_ranking(find):
    russian = Selection(sides=("RU",))
    found = find("we are not allied against anyone", russian, limit=3)
    assert len(found) == 3
    assert set(ids(found)) <= {"st-03", "st-04", "st-07", "st-08", "st-14", "st-15"}
    days = Selection(since=date(2024, 5, 16), until=date(2024, 5, 16))
    assert set(ids(find("friendship", days))) == {"st-02", "st-07", "st-10"}
    assert find("friendship", Selection(sides=("FR",))) == []


def test_filters_do_not_change_the_order_of_what_they_keep(find):
    kept = {"st-03", "st-04", "st-07", "st-08", "st-14", "st-15"}
    for mode in ("hybrid", "semantic", "words"):
        everything = [name for name in ids(find("gas and grain alliance", mode=mode)) if name in kept]
        assert ids(find("gas and grain alliance", Selection(sides=("RU",)), mode=mode)) == everything


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "words"])
def test_the_same_question_gets_the_same_answer_and_ties_go_by_id(find, mode):
    first = find("grain exports this autumn", mode=mode)
    assert first == find("grain exports this autumn", mode=mode)
    assert ids(first)[:2] == ["st-14", "st-15"]
    assert first[0].score == first[1].score
    assert ids(find("grain exports this autumn", mode=mode, limit=1)) == ["st-14"]


@pytest.mark.parametrize("query", ["", "   ", "…—!?", "“”"])
@pytest.mark.parametrize("mode", ["hybrid", "semantic", "words"])
def test_nothing_asked_finds_nothing_and_says_what_to_type(find, query, mode):
    hits = find(query, mode=mode)
    assert hits == []
    assert "Type" in hits.note


def test_common_words_alone_name_nothing_to_look_for(find):
    hits = find("what of the", mode="words")
    assert hits == []
    assert "common words" in hits.note


def test_without_an_encoder_words_are_searched_and_the_note_says_so(release):
    hits = search(release, "Power of Siberia", encoder=None)
    assert hits[0].statement_id == "st-07"
    assert hits[0].why == "words"
    assert "only words" in hits.note


def test_a_release_without_vectors_is_searched_by_words(small_encoder):
    hits = search(SmallRelease(None), "Power of Siberia", encoder=small_encoder)
    assert hits[0].statement_id == "st-07"
    assert "only words" in hits.note


def test_another_models_vectors_are_refused(release, small_encoder):
    class Narrow(SmallRelease):
        def vectors(self):
            names, matrix = super().vectors()
            return names, matrix[:, :16]

    with pytest.raises(ValueError, match=r"384 dimensions.* has 16"):
        search(Narrow(small_encoder), "trade", encoder=small_encoder)


def test_an_unknown_mode_is_refused(release):
    with pytest.raises(ValueError, match="hybrid, semantic or words"):
        search(release, "trade", encoder=None, mode="fuzzy")


def test_a_very_long_query_is_answered(find):
    for mode in ("hybrid", "semantic", "words"):
        assert find("gas pipeline to the east " * 400, mode=mode)[0].statement_id in {"st-07", "st-08"}


@given(query=st.text(max_size=60), mode=st.sampled_from(["hybrid", "words"]))
@settings(max_examples=30, deadline=None)
def test_any_text_is_a_query(release, small_encoder, query, mode):
    encoder = small_encoder if mode == "hybrid" else None
    hits = search(release, query, Selection(), encoder=encoder, mode=mode)
    assert len(hits) <= 20
    assert len({hit.statement_id for hit in hits}) == len(hits)


def test_more_like_this_leaves_the_statement_itself_out(release):
    hits = similar(release, "st-08", limit=3)
    assert ids(hits)[0] == "st-07"
    assert "st-08" not in ids(hits)
    assert len(hits) == 3


def test_more_like_an_unknown_statement_finds_nothing(release):
    assert similar(release, "st-gone") == []
    assert similar(SmallRelease(None), "st-01") == []


@given(st.text())
def test_words_stand_where_they_say_they_do(text):
    places = [(word.start, word.end) for word in words(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert [fold(text[start:end]) for start, end in places] == forms(text)


@pytest.mark.parametrize(
    ("printed", "form"),
    [("China’s", "china"), ("U.S.", "usa"), ("US", "usa"), ("us", "us"), ("Xi’an", "xian"), ("Ёлка", "елка"),
     ("ﬁne", "fine")],
)  # fmt: skip
def test_words_are_folded_for_comparing(printed, form):
    assert fold(printed) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [("targets", "targeted"), ("parties", "party"), ("planned", "planning"), ("alliances", "alliance"),
     ("sell", "selling")],
)  # fmt: skip
def test_inflected_forms_meet(one, other):
    assert stem(one) == stem(other)


def test_a_year_in_a_question_lifts_what_was_said_then(find):
    in_2023 = [hit.statement_id for hit in find("how do they see what is coming in 2023", limit=15)]
    plain = [hit.statement_id for hit in find("how do they see what is coming", limit=15)]
    then = {"st-03", "st-08", "st-09", "st-11"}
    assert sum(map(in_2023.index, then)) < sum(map(plain.index, then))
