"""Promises about grouping: one utterance, one statement; every quote in exactly one; order does not matter."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.embedding import Encoder, embed, load_encoder
from analysis.grouping import group
from analysis.grouping import statements as grouping
from analysis.grouping.prints import Print, compatible
from analysis.grouping.wordings import wording
from analysis.schema import Basis, Citation, Document, Kind, Quote, identifier

DATA = Path(__file__).parent.parent.parent / "data"
PAIRS, FRESH, BLIND = (
    [json.loads(line) for line in (DATA / f"{name}utterance_pairs.jsonl").read_text("utf-8").splitlines()]
    for name in ("", "fresh_", "blind_")
)
SPOKEN = date(2024, 5, 16)


class Offices:
    """A gazetteer that knows one office."""

    def office(self, entity_id: str, on: date | None) -> str | None:
        return "foreign minister" if entity_id == "wang-yi" and on else None


def printed(
    text: str,
    page: str = "a",
    day: date | None = SPOKEN,
    basis: str = "stated",
    speaker: str | None = "wang-yi",
    kind: Kind = Kind.DIRECT,
    statement_id: str | None = None,
    published_on: date | None = None,
) -> Quote:
    return Quote(
        quote_id=identifier("q", page, text, day, speaker),
        document_id=f"d-{page}",
        start=0,
        end=len(text),
        text=text,
        kind=kind,
        speaker_id=speaker,
        speaker_name=speaker,
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text="the minister",
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=day,
        said_on_basis=Basis(basis),
        said_on_text=None,
        side="CN",
        confidence=0.9,
        citation=Citation(0, f"Outlet {page}", "Title", f"https://example.org/{page}", published_on or day),
        statement_id=statement_id,
    )


def statements_of(*quotes: Quote, vectors: np.ndarray | None = None) -> int:
    return len(group(quotes, {}, vectors, Offices())[1])


@pytest.fixture(scope="module")
def small_encoder() -> Encoder:
    """The packaged all-MiniLM-L6-v2, loaded once for all test modules: load_encoder keeps it."""
    return load_encoder("small")


def judged(pairs: list[dict[str, Any]], encoder: Encoder) -> dict[bool, list[str]]:
    """The notes of the pairs that are joined, by whether they ought to be."""
    joined: dict[bool, list[str]] = {True: [], False: []}
    vectors = embed([pair[side] for pair in pairs for side in "ab"], encoder).reshape(len(pairs), 2, -1)
    for pair, rows in zip(pairs, vectors, strict=True):
        a, b = (
            printed(
                pair[side],
                page=side,
                day=date.fromisoformat(pair[f"{side}_day"]) if pair[f"{side}_day"] else None,
                basis=pair[f"{side}_basis"],
                speaker=pair[f"{side}_speaker"],
            )
            for side in "ab"
        )
        if statements_of(a, b, vectors=rows) == 1:
            joined[pair["same"]].append(pair["note"])
    return joined


@pytest.mark.parametrize(
    ("pairs", "recall"), [(PAIRS, 0.9), (FRESH, 0.7), (BLIND, 0.55)], ids=["first", "fresh", "blind"]
)
def test_labelled_pairs_are_joined_or_kept_apart(small_encoder, pairs, recall):
    joined = judged(pairs, small_encoder)
    right, wrong = len(joined[True]), joined[False]
    assert len(pairs) >= 60
    assert len(wrong) <= 0.05 * (right + len(wrong)), f"joined wrongly: {wrong}"
    assert right >= recall * sum(pair["same"] for pair in pairs)


def test_one_formula_on_two_days_is_two_statements(small_encoder):
    other_days = [pair for pair in BLIND if pair["note"].startswith("same formula, another day")]
    assert len(other_days) >= 10
    assert judged(other_days, small_encoder) == {True: [], False: []}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Russia will waive the fee for Chinese drivers", "China will waive the fee for Russian drivers"),
        (
            "The blockade has hurt our trade with the island",
            "The blockade has failed to hurt our trade with the island",
        ),
        ("We sold 730,000 tickets for the match", "We sold 190,000 tickets for the match"),
        ("We should raise the level of trade", "We should raise the level of tourism"),
    ],
    ids=["turned about", "denied", "another number", "one pattern"],
)
def test_sentences_of_one_pattern_that_say_different_things_are_apart(first, second):
    alike = np.array([[1.0, 0.0], [0.85, 0.5268]], dtype=np.float32)  # of a cosine of 0.85
    quotes = (printed(first, "a"), printed(second, "b"))
    assert len(group(quotes, {}, alike, Offices(), "base")[1]) == 2


def test_capitals_stand_for_their_countries():
    assert wording("Ties between Beijing and Moscow").subject == wording("Sino-Russian ties").subject


def test_a_statement_tells_where_its_fullest_print_stands():
    whole = printed("Our friendship is not aimed at outsiders", "b", published_on=date(2024, 5, 18))
    part = printed("not aimed at outsiders", "a", published_on=date(2024, 5, 17))
    grouped, (statement,) = group([whole, part], {}, None, Offices())
    assert statement.text == whole.text
    assert statement.quote_id == whole.quote_id
    assert statement.source_url == "https://example.org/b"
    assert statement.prints == 2
    assert statement.publishers == ("Outlet a", "Outlet b")
    assert statement.first_published_on == date(2024, 5, 17)
    assert statement.office == "foreign minister"
    assert statement.statement_id == identifier("st", part.quote_id)  # the earliest print's
    assert {quote.statement_id for quote in grouped} == {statement.statement_id}


def test_the_best_dated_print_dates_the_statement():
    stated = printed("no ceiling for trade", "a")
    longer = printed("They see no ceiling for trade at all", "b", date(2024, 5, 18), "published")
    (statement,) = group([longer, stated], {}, None, Offices())[1]
    assert (statement.said_on, statement.said_on_basis) == (SPOKEN, Basis.STATED)
    assert statement.text == longer.text


def test_without_an_office_that_day_the_printed_one_stands():
    (statement,) = group([printed("Trade grows", day=None, basis="unknown")], {}, None, Offices())[1]
    assert statement.office == "the minister"


def test_without_a_citation_the_document_is_the_source():
    text = "The bridge opens"
    document = Document(
        "d-x", "x", "x.txt", "https://example.org/x", "A bridge", "Border News", None, date(2024, 5, 17), None, "en",
        None, text, "hash",
    )  # fmt: skip
    quote = printed(text, "x")
    bare = Quote(**{name: getattr(quote, name) for name in quote.__slots__} | {"citation": None})
    (statement,) = group([bare], {"d-x": document}, None, Offices())[1]
    assert (statement.source_publisher, statement.source_title) == ("Border News", "A bridge")
    assert statement.publishers == ("Border News",)
    assert statement.first_published_on == date(2024, 5, 17)


def test_an_undated_print_of_words_said_on_two_days_stays_by_itself():
    words = "no blizzard has ever stopped the trains between us"
    days = [printed(words, "a"), printed(words, "b", date(2022, 2, 4))]
    assert statements_of(*days, printed(words, "c", None, "unknown")) == 3
    assert statements_of(days[0], printed(words, "c", None, "unknown")) == 1


def test_an_undated_print_does_not_bridge_two_days():
    words = "no blizzard has ever stopped the trains between us"
    grouped, _ = group(
        [printed(words, "c", None, "unknown"), printed(words, "a"), printed(words, "b", date(2022, 2, 4))],
        {}, None, Offices(),
    )  # fmt: skip
    assert grouped[1].statement_id != grouped[2].statement_id


def test_imported_statements_keep_their_ids_and_are_not_joined():
    rows = [
        printed("Trade grows fast", "a", statement_id="st-1"),
        printed("Trade grows fast", "b", statement_id="st-2"),
    ]
    grouped, statements = group([*rows, printed("Trade grows fast", "c")], {}, None, Offices())
    assert [quote.statement_id for quote in grouped[:2]] == ["st-1", "st-2"]
    assert len(statements) == 2


def test_words_of_nobody_known_are_joined_only_when_long_and_equal():
    long = "the delegations discussed grain and timber until midnight"
    assert statements_of(printed(long, "a", speaker=None), printed(long, "b", speaker=None)) == 1
    assert statements_of(printed("no ceiling", "a", speaker=None), printed("no ceiling", "b", speaker=None)) == 2
    assert statements_of(printed(long, "a", speaker=None), printed(long, "b")) == 2


def test_two_translations_on_one_page_are_two_statements():
    texts = [
        "We will not let outsiders drive a wedge between our peoples",
        "Nobody from outside is going to drive wedges between both peoples",
    ]
    alike = np.ones((2, 4), dtype=np.float32) / 2
    assert statements_of(printed(texts[0], "a"), printed(texts[1], "b"), vectors=alike) == 1
    assert statements_of(printed(texts[0], "a"), printed(texts[1], "a"), vectors=alike) == 2


def test_no_quotes_give_no_statements():
    assert group([], {}, None, Offices()) == ([], [])


WORDS = st.lists(st.sampled_from(["trade", "peace", "gas", "not", "our", "the", "第三方", "мир", "", "“"]), max_size=9)


@st.composite
def some_quotes(draw: st.DrawFn) -> list[Quote]:
    found = {}
    for _ in range(draw(st.integers(0, 12))):
        basis = draw(st.sampled_from(["stated", "resolved", "dateline", "published", "unknown"]))
        day = None if basis == "unknown" else date(2024, 5, draw(st.integers(1, 6)))
        quote = printed(
            " ".join(draw(WORDS)),
            draw(st.sampled_from("abc")),
            day,
            basis,
            draw(st.sampled_from([None, "wang-yi", "mao-ning", "mao-ning+wang-yi"])),
        )
        found[quote.quote_id] = quote
    return list(found.values())


@given(some_quotes(), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_any_quotes_fall_into_statements_whatever_their_order(quotes, seed):
    grouped, statements = group(quotes, {}, None, Offices())
    assert [quote.quote_id for quote in grouped] == [quote.quote_id for quote in quotes]
    ids = [statement.statement_id for statement in statements]
    assert ids == sorted(set(ids))
    assert {quote.statement_id for quote in grouped} == set(ids)
    assert sum(statement.prints for statement in statements) == len(quotes)
    members = {statement_id: [one for one in grouped if one.statement_id == statement_id] for statement_id in ids}
    for statement in statements:
        assert {one.speaker_id for one in members[statement.statement_id]} == {statement.speaker_id}
        stated = {one.said_on for one in members[statement.statement_id] if one.said_on_basis is Basis.STATED}
        assert len(stated) <= 1
    shuffled = list(quotes)
    random.Random(seed).shuffle(shuffled)
    again, same = group(shuffled, {}, None, Offices())
    assert same == statements
    assert {one.quote_id: one.statement_id for one in again} == {one.quote_id: one.statement_id for one in grouped}


class EveryPrint(grouping._Group):
    """A group that lets a print be compared with each of its own, one by one."""

    def may_hold(self, one: Print) -> bool:
        return all(compatible(other, one) for other in self.prints)

    def has_text_of(self, one: Print) -> bool:
        return any(other.page == one.page or other.quote.document_id == one.quote.document_id for other in self.prints)

    def unlike(self, one: Print, near: Collection[int]) -> Iterator[Print]:
        return iter(self.prints)


ONE_TEXT = "we will go on to widen trade in grain and timber across the northern border next year".split()


@st.composite
def prints_of_one_text(draw: st.DrawFn) -> list[Quote]:
    """Wholes, parts and other wordings of one sentence, on few pages and days."""
    found = {}
    for _ in range(draw(st.integers(2, 14))):
        start = draw(st.sampled_from([0, 0, 4, 9]))
        words = ONE_TEXT[start : draw(st.sampled_from([8, 12, len(ONE_TEXT), len(ONE_TEXT)]))]
        if words and draw(st.booleans()):
            words = [*words[:-1], draw(st.sampled_from(["soon", "not", "2024"]))]
        basis = draw(st.sampled_from(["stated", "published", "unknown"]))
        day = None if basis == "unknown" else date(2024, 5, draw(st.integers(1, 3)))
        quote = printed(" ".join(words), draw(st.sampled_from("abcd")), day, basis)
        found[quote.quote_id] = quote
    return list(found.values())


@given(prints_of_one_text(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_comparing_one_of_many_equal_prints_is_as_good_as_comparing_all(quotes, chance):
    directions = np.array([[1, 0, 0], [0.96, 0.28, 0], [0.6, 0.8, 0], [0, 0, 1]], dtype=np.float32)
    vectors = directions[[chance.randrange(4) for _ in quotes]]
    found = group(quotes, {}, vectors, Offices())
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(grouping, "_Group", EveryPrint)
        assert group(quotes, {}, vectors, Offices()) == found


@pytest.mark.parametrize("size", [400])
def test_a_day_with_hundreds_of_statements_is_grouped_quickly(size):
    quotes = [printed(f"sentence number {n} about trade and gas", str(n % 7)) for n in range(size)]
    assert statements_of(*quotes) == size
