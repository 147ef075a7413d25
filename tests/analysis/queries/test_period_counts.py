from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.queries import timeline
from analysis.queries.period_counts import PeriodCounter
from analysis.queries.timeline import Unit

rows = st.lists(
    st.tuples(
        st.sampled_from(["CN", "RU", "CN+RU", "US", "EU", "UA", "NATO", "IN", "JP", None]),
        st.none() | st.dates(min_value=pd.Timestamp(2001, 1, 1).date(), max_value=pd.Timestamp(2026, 6, 30).date()),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@given(rows)
def test_counts_are_those_of_the_statements_themselves(made: list[tuple[str | None, object, bool]]) -> None:
    statements = pd.DataFrame(
        {
            "statement_id": [f"s-{number:03d}" for number in range(len(made))],
            "side": pd.Series([side for side, _, _ in made], dtype=object),
            "said_on": pd.Series(pd.to_datetime([day for _, day, _ in made]), dtype="datetime64[us]"),
        }
    )
    keep = pd.Series([kept for _, _, kept in made]).to_numpy()
    counted = PeriodCounter(statements).count(keep)
    kept = statements[keep]
    dated = timeline.dated(kept)
    assert counted.undated == len(kept) - len(dated)
    lanes = timeline.lanes(dated)
    assert counted.lanes() == lanes
    for unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        expected = timeline.bars(kept, lanes, unit).to_dict("records")
        assert counted.bars(lanes, unit).to_dict("records") == expected
