"""The strip below the timeline: all days of the selection, those that are shown stronger; dragging chooses others."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from analysis.queries import timeline
from analysis.queries.timeline import Unit
from pages.parts import language, palette
from pages.parts.charts import Chart
from pages.parts.day_ticks import day_ticks
from pages.parts.figure import Figure
from pages.parts.language import tr

MOST = 120  # bars
_HEIGHT = 72  # pixels


def unit_of(reach: tuple[date, date]) -> Unit:
    """The periods that the strip counts by: the finest of which it has room for all."""
    return next((unit for unit in timeline.PERIODS if timeline.periods_in(reach, unit) <= MOST), Unit.YEAR)


def strip(counts: np.ndarray, unit: Unit, reach: tuple[date, date], shown: tuple[date, date]) -> Chart:
    """Bars of all the selection's statements. counts: by the periods of ``unit`` that ``reach`` touches."""
    first = timeline.number(reach[0], unit)
    starts = [timeline.first_day(first + at, unit) for at in range(len(counts))]
    ends = [timeline.last_day(start, unit) for start in starts]
    colour = palette.colour(None)
    figure = Figure()
    figure.add_bar(
        x=[start + (end - start + timedelta(days=1)) / 2 for start, end in zip(starts, ends, strict=True)],
        y=counts.tolist(),
        width=[((end - start).days + 1) * 86_400_000 * 0.9 for start, end in zip(starts, ends, strict=True)],
        marker={
            "color": [
                colour if end >= shown[0] and start <= shown[1] else palette.paler(colour)
                for start, end in zip(starts, ends, strict=True)
            ]
        },
        hoverinfo="skip",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 0, "r": 4, "t": 2, "b": 30, "autoexpand": False},
        dragmode="select",
        selectdirection="h",
        xaxis={
            "range": [starts[0], ends[-1] + timedelta(days=1)],
            "showgrid": False,
            "fixedrange": True,
            **day_ticks(starts[0], ends[-1]),
        },
        yaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
        shapes=[
            {
                "type": "rect",
                "yref": "paper",
                "x0": shown[0],
                "x1": shown[1] + timedelta(days=1),
                "y0": 0,
                "y1": 1,
                "line": {"color": "rgba(128,128,128,0.9)", "width": 1.5},
            }
        ],
    )
    told = tr(
        "All days of the selection, {first} to {last}; shown above are {since} to {until}.",
        first=language.day(reach[0]),
        last=language.day(reach[1]),
        since=language.day(shown[0]),
        until=language.day(shown[1]),
    )
    return Chart(figure, told)
