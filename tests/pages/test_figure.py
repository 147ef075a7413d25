"""Figures are sent without Plotly's checks of each value; here Plotly checks one of each kind."""

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from charts_drawn import charts

from pages.parts.figure import Figure


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("timeline", {"by": "statement"}),
        ("timeline", {"by": "year", "event": "2022-02-24-russias-full-scale-invasion-ukraine-begins"}),
        ("timeline", {"by": "month", "counts": "share", "lanes": "speaker"}),
        ("search", {"q": "gas"}),
        ("search", {"q": "gas", "q2": "talk"}),
        ("compare", {"who": ["side:CN", "side:RU"]}),
        ("speakers", {"profile": "wang-yi"}),
        ("entities", {"view": "network"}),
    ],
)
def test_plotly_finds_nothing_wrong_with_what_a_page_sends(open_page, page, parameters):
    app = open_page(page, **parameters)
    drawn = [each.figure for each in charts(app)]
    assert drawn
    for figure in drawn:
        assert "template" not in figure["layout"]
        go.Figure(**figure)


def test_values_are_sent_as_json_has_them():
    figure = Figure()
    figure.add_bar(x=pd.Series([date(2022, 2, 4)]), y=np.array([1.5, np.nan]), marker={"color": ["red"]})
    figure.update_layout(yaxis={"nticks": 5}, shapes=[{"x0": date(2022, 2, 4)}])
    figure.update_yaxes(dtick=1)
    assert figure.to_dict() == {
        "data": [{"type": "bar", "x": ["2022-02-04"], "y": [1.5, None], "marker": {"color": ["red"]}}],
        "layout": {"yaxis": {"nticks": 5, "dtick": 1}, "shapes": [{"x0": "2022-02-04"}]},
    }
