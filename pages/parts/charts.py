"""Bar charts by year, built from what ``analysis.queries`` computed. Each has its takeaway in words, for ``alt``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from analysis.queries import timeline
from analysis.queries.codes import UNKNOWN
from analysis.queries.lanes import OTHER, Lane
from analysis.queries.timeline import Unit
from pages.parts import palette, text
from pages.parts.figure import Figure
from pages.parts.language import beside, labelled, number, tr

CHOSEN = "#e0a800"  # what the reader has opened, in every chart and text
_BUTTONS: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],  # a range is drawn without pressing anything
}
PICTURE, PICTURES = "picture", ("png", "svg")  # a key of the session, and what it may be
_FINGER: dict[str, Any] = {"displayModeBar": False}  # on a phone the buttons cover the chart
PATTERNS = {"RU": "", "CN": "/", "US": "x", "EU": ".", "NATO": "-", OTHER: "+", UNKNOWN: "|"}


def is_phone() -> bool:
    """True where the browser says that it is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def picture() -> str:
    """What a chart's camera saves: one of ``PICTURES``."""
    chosen: str = st.session_state.get(PICTURE, PICTURES[0])
    return chosen


def config(name: str = "chart") -> dict[str, Any]:
    """Which buttons a chart has. name: of the file that its camera saves."""
    if is_phone():
        return _FINGER
    saved = {"format": picture(), "filename": f"on-record-{name}", "scale": 1 if picture() == "svg" else 3}
    return _BUTTONS | {"toImageButtonOptions": saved}


def whole_numbers(most: float) -> dict[str, Any]:
    """What an axis that counts up to ``most`` needs to have no ticks at halves."""
    return {"dtick": 1} if most <= 5 else {}


@dataclass(frozen=True)
class Chart:
    """A figure and what it shows, in a sentence."""

    figure: Figure
    summary: str

    @cached_property
    def spec(self) -> str:
        """The figure as JSON, written once."""
        return json.dumps(self.figure.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @property
    def height(self) -> int | None:
        """Pixels; None where the figure does not say."""
        found: int | None = self.figure.to_dict()["layout"].get("height")
        return found


def years_by_side(
    counts: pd.DataFrame, lanes: Sequence[Lane], names: Sequence[str], ticks: int, last: date | None = None
) -> Chart:
    """Stacked bars a year. ``counts`` is from ``PeriodCounts.bars`` by year.

    ticks: years named at most. last: the archive's last day; the year that it leaves unfinished is drawn paler.
    """
    figure = Figure()
    most = counts.groupby("since")["count"].sum().max() if len(counts) else 0
    open_year = timeline.unfinished(last, Unit.YEAR)
    for lane, name in zip(lanes, names, strict=True):
        rows = counts[counts["lane"] == lane.lane]
        figure.add_bar(
            x=[since.year for since in rows["since"]],
            y=rows["count"],
            name=text.in_chart(name),
            marker={
                "color": palette.colour(lane.lane),
                "opacity": [palette.PALE if period == open_year else 1 for period in rows["period"]],
                "pattern": {  # a second sign beside colour
                    "shape": PATTERNS.get(lane.lane, "\\"),
                    "fillmode": "overlay",
                    "fgcolor": "#ffffff",
                    "fgopacity": 0.45,
                    "size": 6,
                    "solidity": 0.18,
                },
            },
            hovertemplate=labelled(beside(text.in_chart(name), "%{x}"), "%{y}") + "<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        dragmode=False,
        bargap=0.22,
        height=330,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": -0.12, "x": 0, "traceorder": "normal", "itemclick": False},
        xaxis={"nticks": ticks, "tickformat": "d", "tickangle": 0, "showgrid": False, "fixedrange": True},
        yaxis={
            "title": {"text": tr("Statements")},
            "rangemode": "tozero",
            "fixedrange": True,
            **whole_numbers(most),
        },
    )
    return Chart(figure, in_words(counts, last))


def in_words(counts: pd.DataFrame, last: date | None) -> str:
    """What bars by year show, in a sentence. ``counts`` is from ``PeriodCounts.bars`` by year."""
    if counts.empty:
        return tr("No dated statement.")
    per_year = counts.groupby(counts["since"].map(lambda day: day.year))["count"].sum()
    summary = tr(
        "Statements by year and side, {first} to {last}: most in {year}, with {count} of {every}.",
        first=per_year.index.min(),
        last=per_year.index.max(),
        year=per_year.idxmax(),
        count=number(int(per_year.max())),
        every=number(int(per_year.sum())),
    )
    open_year = timeline.unfinished(last, Unit.YEAR)
    if last and open_year and last.year in per_year.index:
        unfinished = tr("{year} is unfinished: the archive ends on {day}.", year=open_year, day=last)
        summary = f"{summary} {unfinished}"
    return summary
