"""The gaps that the Overview names are counted from the statements, whatever they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analysis.queries.coverage import Share, coverage, most_printed
from analysis.queries.formula_uses import uses_of

COLUMNS = [
    "statement_id", "said_on", "said_on_basis", "speaker_id", "speaker_members", "sides", "kind", "prints",
    "source_publisher", "formulas", "confidence",
]  # fmt: skip


def table(rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(said_on=pd.to_datetime(frame["said_on"]))


def said(
    number, day, *, who="wang-yi", sides=("CN",), kind="direct", prints=1, basis="stated", formulas=(), confidence=0.9
):
    members = tuple(who.split("+")) if who else ()
    basis = basis if day else "unknown"
    return [f"s-{number}", day, basis, who, members, sides, kind, prints, "TASS", formulas, confidence]


SOME = table(
    [
        said(1, "2001-07-16", formulas=("no-limits",)),
        *[said(10 + at, f"2003-0{at + 1}-01") for at in range(4)],
        *[said(20 + at, f"2004-0{at + 1}-01") for at in range(4)],
        said(3, "2004-12-31", who="china+russia", sides=("CN", "RU"), prints=3, basis="published"),
        said(4, None, who=None, sides=(), kind="indirect", prints=2, formulas=("no-limits", "win-win")),
        said(5, "2004-12-30", prints=3, confidence=0.59),
    ]
)

ALL = np.arange(len(SOME))


def test_every_count_of_the_gaps_is_what_the_table_holds():
    found = coverage(SOME, ALL)
    assert (found.statements, found.dated, found.undated) == (12, 11, 1)
    assert (found.published, found.nameless, found.indirect, found.once) == (1, 1, 1, 9)
    assert found.unsure == 1
    assert (found.first, found.last) == (date(2001, 7, 16), date(2004, 12, 31))


def test_thin_and_empty_years_are_told_apart():
    found = coverage(SOME, ALL)
    assert found.thin_years == (Share("2001", 1),)
    assert found.empty_years == (2002,)


def test_half_of_the_dated_statements_fall_from_the_year_that_is_named():
    found = coverage(SOME, ALL)
    assert (found.half_since, found.recent) == (2004, 6)
    assert 2 * found.recent >= found.dated


def test_a_joint_statement_counts_for_each_side_and_speaker():
    found = coverage(SOME, ALL)
    assert found.sides == (Share("CN", 11), Share("RU", 1))
    assert found.speakers[0] == Share("wang-yi", 10)
    assert found.heard_once == 2


def test_nothing_has_no_gaps_and_breaks_nothing():
    found = coverage(SOME, ALL[:0])
    assert (found.statements, found.half_since, found.first, found.sides) == (0, None, None, ())
    undated = coverage(SOME, np.flatnonzero(SOME["said_on"].isna()))
    assert (undated.dated, undated.half_since, undated.empty_years) == (0, None, ())


def test_the_most_printed_come_first_and_single_prints_not_at_all():
    assert list(SOME["statement_id"].iloc[most_printed(SOME, ALL, 5)]) == ["s-3", "s-5", "s-4"]
    assert list(SOME["statement_id"].iloc[most_printed(SOME, ALL, 1)]) == ["s-3"]
    assert most_printed(SOME, ALL[:9], 5) == []


def test_a_formula_s_uses_are_counted_with_undated_ones_and_its_first_day_is_a_known_one():
    found, other = uses_of(SOME, "no-limits"), uses_of(SOME, "win-win")
    assert found.statements == 2
    assert (found.first_id, found.first_on) == ("s-1", date(2001, 7, 16))
    assert (other.statements, other.first_id, other.last_on) == (1, None, None)
    assert uses_of(SOME.head(0), "no-limits").statements == 0
