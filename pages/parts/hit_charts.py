"""Charts of what queries find along time. Each has its takeaway in words, for ``alt``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.queries.lanes import Lane
from analysis.queries.match_counts import PeriodCounts
from pages.parts import palette, text
from pages.parts.charts import PATTERNS, Chart, whole_numbers
from pages.parts.figure import Figure
from pages.parts.language import beside, labelled, number, tr

_QUERY_PATTERNS = ("", "/", "x", ".")
_NAME = 44  # characters of a query in a legend
_DIGIT, _BETWEEN = 7, 16  # pixels of one in a period's name, and between two names


def by_side(
    counts: pd.DataFrame, lanes: Sequence[Lane], names: Sequence[str], found: PeriodCounts, room: int, cut: str | None
) -> Chart:
    """Stacked bars a period. counts: from ``PeriodCounts.bars``. room: pixels for it. cut: the unfinished period."""
    figure = Figure()
    for lane, name in zip(lanes, names, strict=True):
        rows = counts[counts["lane"] == lane.lane]
        figure.add_bar(
            x=rows["period"],
            y=rows["count"],
            customdata=rows["period"],
            name=text.in_chart(name),
            marker=_marker(palette.colour(lane.lane), PATTERNS.get(lane.lane, "\\"), rows["period"], cut),
            hovertemplate=labelled(beside(text.in_chart(name), "%{x}"), "%{y}") + "<extra></extra>",
        )
    of_query = found.counts[0]
    _lay_out(figure, found.periods, room, tr("Statements"), "stack", 230)
    figure.update_yaxes(**whole_numbers(max(of_query, default=0)))
    if not of_query:
        return Chart(figure, tr("No dated statement."))
    top = max(range(len(of_query)), key=lambda at: of_query[at])
    return Chart(
        figure,
        tr(
            "What was found, by side, {first} to {last}: most in {period}, with {count} of {every}.",
            first=found.periods[0],
            last=found.periods[-1],
            period=found.periods[top],
            count=number(of_query[top]),
            every=number(sum(of_query)),
        ),
    )


def side_by_side(found: PeriodCounts, queries: Sequence[str], room: int, cut: str | None, *, share: bool) -> Chart:
    """A bar a query in each period. share: of the period's statements in percent, else how many."""
    figure = Figure()
    told = []
    for at, query in enumerate(queries):
        name, counts = text.shortened(query, _NAME), found.counts[at]
        heights: Sequence[float] = found.shares(at) if share else counts
        figure.add_bar(
            x=found.periods,
            y=heights,
            customdata=[[period, count, of] for period, count, of in zip(found.periods, counts, found.of, strict=True)],
            name=text.in_chart(name),
            marker=_marker(palette.QUERIES[at], _QUERY_PATTERNS[at], found.periods, cut),
            hovertemplate=labelled(beside(text.in_chart(name), "%{x}"), _value(share)) + "<extra></extra>",
        )
        told.append(_peak(found, at, name, heights, share))
    _lay_out(figure, found.periods, room, tr("% of statements") if share else tr("Statements"), "group", 320)
    if not share:
        figure.update_yaxes(**whole_numbers(max((max(each, default=0) for each in found.counts), default=0)))
    if not found.periods:
        return Chart(figure, tr("No dated statement."))
    first, last = found.periods[0], found.periods[-1]
    if share:
        lead = tr("Share of each period’s statements, {first} to {last}.", first=first, last=last)
    else:
        lead = tr("Statements by period, {first} to {last}.", first=first, last=last)
    return Chart(figure, " ".join([lead, *told]))


def _value(share: bool) -> str:
    if share:
        return tr(
            "{share} % ({count} of {every})", share="%{y:.1f}", count="%{customdata[1]}", every="%{customdata[2]}"
        )
    return "%{y}"


def _peak(found: PeriodCounts, at: int, name: str, heights: Sequence[float], share: bool) -> str:
    if not any(heights):
        return tr("“{query}”: none.", query=name)
    top = max(range(len(heights)), key=lambda period: heights[period])
    count, of = number(found.counts[at][top]), number(found.of[top])
    if not share:
        return tr("“{query}”: most in {period}, {count}.", query=name, period=found.periods[top], count=count)
    percent = f"{heights[top]:.1f}"
    return tr(
        "“{query}”: most in {period}, {share} % ({count} of {every}).",
        query=name,
        period=found.periods[top],
        share=percent,
        count=count,
        every=of,
    )


def _marker(colour: str, pattern: str, periods: Sequence[str] | pd.Series[str], cut: str | None) -> dict[str, Any]:
    """Colour and a second sign beside it; the unfinished period paler."""
    return {
        "color": colour,
        "opacity": [palette.PALE if period == cut else 1 for period in periods],
        "pattern": {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": "#ffffff",
            "fgopacity": 0.45,
            "size": 6,
            "solidity": 0.18,
        },
    }


def _lay_out(figure: Figure, periods: Sequence[str], room: int, title: str, mode: str, height: int) -> None:
    named = room // (_DIGIT * max(map(len, periods), default=1) + _BETWEEN)
    step = -(-len(periods) // named) or 1
    figure.update_layout(
        barmode=mode,
        dragmode=False,  # a finger scrolls the page
        bargap=0.22,
        height=height,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=True,
        legend={"orientation": "h", "y": -0.16, "x": 0, "traceorder": "normal", "itemclick": False},
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(periods),
            "range": [-0.6 - max(0, 9 - len(periods)) / 2, len(periods) - 0.4 + max(0, 9 - len(periods)) / 2],
            "tickvals": list(periods)[::step],
            "tickangle": 0,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis={"title": {"text": title}, "rangemode": "tozero", "fixedrange": True, "nticks": 5},
    )
