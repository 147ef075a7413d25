"""A selection keeps what it says, survives its link, and says aloud what it could not use."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries.selection import PARAMETERS, Selection, read_selection, select

KNOWN = {
    "speaker": ["china", "wang-yi"],
    "side": ["CN", "RU"],
    "kind": ["direct", "indirect"],
    "publisher": ["TASS", "Xinhua"],
    "formula": ["no-limits", "win-win"],
    "office": ["Foreign Minister", "unknown"],
    "entity": ["nato", "ukraine"],
    "basis": ["published", "stated"],
    "confidence": ["fair", "high", "low"],
}
CHOICES = {
    name: st.sets(st.sampled_from(values)).map(lambda found: tuple(sorted(found))) for name, values in KNOWN.items()
}
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 12, 31)))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    since, until = draw(DAYS), draw(DAYS)
    if since and until and since > until:
        since, until = until, since
    chosen = Selection(
        speakers=draw(CHOICES["speaker"]),
        sides=draw(CHOICES["side"]),
        kinds=draw(CHOICES["kind"]),
        publishers=draw(CHOICES["publisher"]),
        since=since,
        until=until,
        formulas=draw(CHOICES["formula"]),
        offices=draw(CHOICES["office"]),
        entities=draw(CHOICES["entity"]),
        bases=draw(CHOICES["basis"]),
        confidences=draw(CHOICES["confidence"]),
    )
    for name in draw(st.sets(st.sampled_from(sorted(KNOWN)))):
        chosen = chosen.excluding(name, draw(CHOICES[name]))
    return chosen


@given(selections())
def test_a_selection_survives_its_link(selection):
    parameters = selection.to_parameters()
    assert set(parameters) <= set(PARAMETERS)
    assert all(parameters.values())
    assert selection.is_empty == (not parameters)
    read = read_selection(parameters, KNOWN)
    assert (read.selection, read.lost) == (selection, ())


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_value_the_archive_does_not_know_is_named_and_left_out(name):
    read = read_selection({name: ["nowhere"]}, KNOWN)
    assert read.selection.is_empty
    assert read.lost == (f"{name} “nowhere” is not in this archive",)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_where_a_filter_is_not_offered_its_values_are_named_and_nothing_breaks(name):
    offered = {other: values for other, values in KNOWN.items() if other != name}
    read = read_selection({name: [KNOWN[name][0]]}, offered)
    assert (read.selection.is_empty, len(read.lost)) == (True, 1)
    assert read_selection({}, offered).lost == ()


@pytest.fixture
def statements() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": ["a", "b", "c"],
            "speaker_members": [["wang-yi"], ["china"], []],
            "sides": [["CN"], ["CN", "RU"], []],
            "kind": ["direct", "indirect", "direct"],
            "publishers": [["TASS"], ["TASS", "Xinhua"], []],
            "formulas": [["no-limits"], ["no-limits", "win-win"], []],
            "office": ["Foreign Minister", None, None],
            "entities": [["nato"], ["nato", "ukraine"], []],
            "said_on_basis": ["stated", "dateline", "unknown"],
            "confidence": [0.93, 0.8, 0.41],
            "said_on": pd.to_datetime(["2022-02-04", "2023-03-21", None]),
        }
    )


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(), "abc"),
        (Selection(formulas=("no-limits",)), "ab"),
        (Selection(formulas=("win-win",)), "b"),
        (Selection(formulas=("no-limits", "win-win")), "ab"),
        (Selection(formulas=("back-to-back",)), ""),
        (Selection(formulas=("no-limits",), kinds=("direct",)), "a"),
        (Selection(speakers=("china",)), "b"),
        (Selection(sides=("CN",)), "ab"),
        (Selection(publishers=("Xinhua",)), "b"),
        (Selection(since=date(2022, 3, 1)), "b"),
        (Selection(until=date(2022, 2, 4)), "a"),
        (Selection(offices=("Foreign Minister",)), "a"),
        (Selection(offices=("unknown",)), "bc"),
        (Selection(speakers=("unknown", "china")), "bc"),
        (Selection(entities=("ukraine",)), "b"),
        (Selection(bases=("unknown", "dateline")), "bc"),
        (Selection(confidences=("high",)), "ab"),
        (Selection(confidences=("low",)), "c"),
        (Selection(without=(("side", "RU"),)), "ac"),
        (Selection(sides=("CN",), without=(("speaker", "wang-yi"),)), "b"),
        (Selection(without=(("side", "unknown"), ("entity", "ukraine"))), "a"),
    ],
)
def test_a_selection_keeps_what_it_asks_for(statements, selection, kept):
    assert "".join(select(statements, selection)["statement_id"]) == kept


def test_days_that_run_backwards_are_swapped_and_told_of():
    read = read_selection({"from": ["2023-01-02"], "to": ["2023-01-01"]}, KNOWN)
    assert (read.selection.since, read.selection.until) == (date(2023, 1, 1), date(2023, 1, 2))
    assert "run backwards" in read.lost[0]


def test_a_value_is_asked_for_or_left_out_but_never_both():
    asked = Selection(sides=("CN", "RU")).excluding("side", ["RU"])
    assert (asked.sides, asked.excluded("side")) == (("CN",), ("RU",))
    assert asked.asking("side", ["RU"]) == Selection(sides=("RU",))
