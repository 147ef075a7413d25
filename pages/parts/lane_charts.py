"""The timeline's figure: lanes, marks or bars in them, and a band of events above.

One unit of the vertical axis is one pixel, so that lanes with few statements take little room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.queries.dates import as_day
from analysis.queries.events import Event
from analysis.queries.facets import side_name
from analysis.queries.timeline import OTHER, UNKNOWN, Lane
from analysis.schema import Kind
from pages.parts import event_marks, language, palette, text
from pages.parts.charts import CHOSEN, Chart
from pages.parts.language import current, listed, number, told, tr, trn

_LEAST, _MOST = 30, 118  # pixels of a lane
_PAD = 5  # between a lane's line and what stands on it
_STEP = 11  # pixels from one mark to the next above it
_LINE = "rgba(128,128,128,0.5)"
_FAINT = "rgba(128,128,128,0.16)"


class Lanes:
    """Where each lane stands: ``base`` of its line and ``height`` above it, in pixels from the lowest line up."""

    def __init__(self, lanes: Sequence[Lane], names: Sequence[str], heights: Sequence[float]) -> None:
        self.lanes, self.names = lanes, names
        self.height = dict(zip([lane.lane for lane in lanes], heights, strict=True))
        above = [0.0, *accumulate(reversed(heights))]
        self.base = dict(zip([lane.lane for lane in reversed(lanes)], above, strict=False))
        self.top = above[-1]

    def name(self, lane_id: str) -> str:
        """A lane's name."""
        return next(name for lane, name in zip(self.lanes, self.names, strict=True) if lane.lane == lane_id)


def lane_name(lane: Lane, side_names: Mapping[str, str]) -> str:
    """A lane's name: its side's, its sides' joined, or what it gathers."""
    if lane.lane == OTHER:
        return trn("{count} other side", "{count} other sides", len(lane.sides))
    return told(side_name(None if lane.lane == UNKNOWN else lane.lane, side_names))


def marks_chart(
    placed: pd.DataFrame,
    lanes: Sequence[Lane],
    names: Sequence[str],
    events: Sequence[Event],
    opened: tuple[str | None, str | None],
    room: int,
) -> Chart:
    """A mark a statement. ``placed`` is from ``timeline.marks``; ``names`` go with ``lanes``.

    opened: the identifiers of a statement and an event, None for neither. room: pixels for the labels of events.
    """
    highest: dict[Any, int] = placed.groupby("lane")["level"].max().to_dict()
    needed = [(highest.get(lane.lane, 0) + 1) * _STEP + 2 * _PAD for lane in lanes]
    drawn = Lanes(lanes, names, [min(max(height, _LEAST), _MOST) for height in needed])
    squeeze = {
        lane.lane: min(_STEP, (drawn.height[lane.lane] - 2 * _PAD) / (highest.get(lane.lane, 0) + 1)) for lane in lanes
    }
    at = placed["lane"].map(drawn.base) + placed["lane"].map(squeeze) * (placed["level"] + 0.5) + _PAD
    figure = go.Figure()
    for (lane_id, kind), rows in placed.assign(at=at).groupby(["lane", "kind"], sort=False):
        figure.add_scatter(
            x=rows["said_on"],
            y=rows["at"],
            mode="markers",
            marker={
                "symbol": palette.shape(kind),
                "color": palette.colour(lane_id),
                "size": 9,
                "line": {"width": 1.7 if kind == Kind.INDIRECT else 0},
            },
            customdata=[f"statement {statement}" for statement in rows["statement_id"]],
            text=[_mark_text(row) for row in rows.to_dict("records")],
            hovertemplate="%{text}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )
    statement, event = opened
    if statement is not None and statement in placed.index:
        _ring(figure, placed.at[statement, "said_on"], at[statement])
    days = placed["said_on"]
    since, until = as_day(days.min()), as_day(days.max())
    _finish(figure, drawn, events, since, until, room, event)
    return Chart(figure, _summary(len(placed), drawn, since, until, len(events)))


def bars_chart(
    counts: pd.DataFrame,
    lanes: Sequence[Lane],
    names: Sequence[str],
    events: Sequence[Event],
    opened: tuple[tuple[str, str] | None, str | None],
    room: int,
    unfinished: str | None = None,
) -> Chart:
    """Bars of one height scale in every lane. ``counts`` is from ``timeline.bars``.

    opened: a bar as (lane, period) and an event's identifier, None for neither. room: pixels for the labels of events.
    unfinished: the period that the archive's end cuts short; its bars are paler.
    """
    bar, event = opened
    tallest = int(counts["count"].max()) if len(counts) else 1
    scale = (_MOST - 2 * _PAD) / tallest
    highest: dict[Any, int] = counts.groupby("lane")["count"].max().to_dict()
    heights = [max(_LEAST, highest.get(lane.lane, 0) * scale + 2 * _PAD) for lane in lanes]
    drawn = Lanes(lanes, names, heights)
    figure = go.Figure()
    for lane_id, rows in counts.groupby("lane", sort=False):
        widths = [(until - since).days + 1 for since, until in zip(rows["since"], rows["until"], strict=True)]
        name = drawn.name(str(lane_id))
        figure.add_bar(
            x=[since + timedelta(days=width / 2) for since, width in zip(rows["since"], widths, strict=True)],
            y=(rows["count"] * scale).clip(lower=2),
            base=[drawn.base[str(lane_id)]] * len(rows),
            width=[width * 86_400_000 * 0.88 for width in widths],
            marker={
                "color": [_bar_colour(bar, str(lane_id), str(period), unfinished) for period in rows["period"]],
            },
            customdata=[f"bar {lane_id}.{period}" for period in rows["period"]],
            text=[
                f"<b>{text.escape(name)}</b>, {period}: {trn('{count} statement', '{count} statements', int(count))}"
                + (f"<br>{tr('unfinished: the archive ends here')}" if period == unfinished else "")
                + f"<br>{tr('click to read them')}"
                for period, count in zip(rows["period"], rows["count"], strict=True)
            ],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )
    since, until = min(counts["since"], default=None), max(counts["until"], default=None)
    _finish(figure, drawn, events, since, until, room, event)
    figure.update_layout(barmode="overlay")
    summary = _summary(int(counts["count"].sum()), drawn, since, until, len(events))
    if len(counts):
        top = counts.iloc[int(counts["count"].to_numpy().argmax())]
        tallest_told = tr(
            "The tallest bar is {side} in {period}: {count}.",
            side=drawn.name(top["lane"]),
            period=top["period"],
            count=number(tallest),
        )
        summary = f"{summary} {tallest_told}"
    return Chart(figure, summary)


def _bar_colour(opened: tuple[str, str] | None, lane_id: str, period: str, unfinished: str | None) -> str:
    if opened == (lane_id, period):
        return CHOSEN
    return palette.pale(lane_id) if period == unfinished else palette.colour(lane_id)


def _mark_text(row: Mapping[Any, Any]) -> str:
    lines: list[str] = []
    line = ""
    for word in text.shortened(str(row["text"]), 160).split(" "):
        if len(line) + len(word) > 58:
            lines, line = [*lines, line], ""
        line = f"{line} {word}".strip()
    name = text.known(row["speaker_name"]) or tr("Speaker not known")
    head = f"<b>{text.escape(name)}</b>, {language.day(as_day(row['said_on']))}<br>"
    office = text.known(row["office"])
    if office:
        head = f"<b>{text.escape(name)}</b>, {text.escape(text.shortened(office, 44))}<br>" + (
            f"{language.day(as_day(row['said_on']))}<br>"
        )
    return head + "<br>".join(text.escape(part) for part in [*lines, line])


def _ring(figure: go.Figure, x: object, y: object) -> None:
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": "circle-open", "size": 18, "color": CHOSEN, "line": {"width": 3}},
        hoverinfo="skip",
        showlegend=False,
    )


def _finish(
    figure: go.Figure,
    drawn: Lanes,
    events: Sequence[Event],
    since: date | None,
    until: date | None,
    room: int,
    opened: str | None,
) -> None:
    """Axes, lane lines and events; the same for marks and bars, so that switching moves nothing."""
    top = drawn.top
    if since and until:
        margin = timedelta(days=max(10, round((until - since).days * 0.012)))
        reach = (since - margin, until + margin)
        figure.update_xaxes(range=list(reach))
        if events:
            top = event_marks.draw(figure, events, reach, drawn.top, room, opened)
    figure.update_layout(
        height=round(top + 8 + 34),
        margin={"l": 0, "r": 4, "t": 4, "b": 30},
        hoverlabel={"align": "left"},
        clickmode="event+select",
        dragmode="zoom" if room else False,  # a finger scrolls the page
        xaxis={"showgrid": True, "gridcolor": _FAINT, "zeroline": False, "hoverformat": _hover_days()},
        yaxis={
            "tickmode": "array",
            "tickvals": [drawn.base[lane.lane] + 11 for lane in drawn.lanes],
            "ticktext": [
                f"{text.escape(name)} <b>{number(lane.count)}</b>"
                for lane, name in zip(drawn.lanes, drawn.names, strict=True)
            ],
            "range": [-4, top + 4],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"color": _LINE, "width": 1}}
            for y in drawn.base.values()
        ],
    )


def _summary(count: int, drawn: Lanes, since: date | None, until: date | None, events: int) -> str:
    each = listed(f"{name} {number(lane.count)}" for lane, name in zip(drawn.lanes, drawn.names, strict=True))
    summary = trn(
        "{count} dated statement from {since} to {until}: {sides}.",
        "{count} dated statements from {since} to {until}: {sides}.",
        count,
        since=language.day(since),
        until=language.day(until),
        sides=each,
    )
    return f"{summary} {trn('{count} event marked.', '{count} events marked.', events)}" if events else summary


def _hover_days() -> str:
    """How days are written under the pointer: Plotly has the names of the months in English only."""
    return "%-d %B %Y" if current() == "en" else "%Y-%m-%d"
