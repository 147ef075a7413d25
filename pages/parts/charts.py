"""Figures, built from what ``analysis.queries`` computed. Each comes with its takeaway in words, for ``alt``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.queries.dates import as_day, in_words
from analysis.queries.events import Event
from analysis.queries.timeline import OTHER, UNKNOWN, Lane, Unit
from analysis.schema import Kind
from pages.parts import palette, text

_LANE = 1.0  # height of a lane
_FILL = 0.84  # the part of it that marks and bars may take
_MOST_LEVELS = 14  # marks piled higher are drawn closer together
_GREY = "rgba(128,128,128,0.45)"
_EVENT = "#8a8d93"
_LABEL_CHARACTERS = 26
CONFIG: dict[str, Any] = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"]}


@dataclass(frozen=True)
class Chart:
    """A figure and what it shows, in a sentence."""

    figure: go.Figure
    summary: str


def lane_name(lane: Lane, side_names: Mapping[str, str]) -> str:
    """A lane's name: its side's, its sides' joined, or what it gathers."""
    if lane.lane == OTHER:
        return f"Others ({len(lane.sides)} sides)"
    if lane.lane == UNKNOWN:
        return "Side not known"
    return " and ".join(side_names.get(part, part) for part in lane.lane.split("+"))


def marks_chart(
    placed: pd.DataFrame,
    lanes: Sequence[Lane],
    names: Sequence[str],
    events: Sequence[Event],
    opened: str | None,
) -> Chart:
    """A mark a statement. ``placed`` is from ``timeline.marks``; ``names`` go with ``lanes``."""
    figure = go.Figure()
    place = {lane.lane: -float(at) for at, lane in enumerate(lanes)}
    levels = placed.groupby("lane")["level"].max() if len(placed) else pd.Series(dtype=int)
    for lane in lanes:
        rows = placed[placed["lane"] == lane.lane]
        step = _FILL / max(_MOST_LEVELS, int(levels.get(lane.lane, 0)) + 1)
        for kind in Kind:
            some = rows[rows["kind"] == kind]
            if some.empty:
                continue
            figure.add_scatter(
                x=some["said_on"],
                y=place[lane.lane] + 0.06 + some["level"] * step,
                mode="markers",
                marker={
                    "symbol": palette.shape(kind),
                    "color": palette.colour(lane.lane),
                    "size": 9,
                    "line": {"width": 1.6 if kind == Kind.INDIRECT else 0.6},
                },
                customdata=[f"statement {statement}" for statement in some["statement_id"]],
                text=[_mark_text(row) for row in some.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
                unselected={"marker": {"opacity": 1}},
                showlegend=False,
            )
    if opened is not None and opened in placed.index:
        day, lane_id, level = placed.loc[opened, ["said_on", "lane", "level"]].to_list()
        step = _FILL / max(_MOST_LEVELS, int(levels.get(lane_id, 0)) + 1)
        _ring(figure, day, place[lane_id] + 0.06 + level * step)
    days = placed["said_on"]
    _finish(figure, lanes, names, events, as_day(days.min()), as_day(days.max()))
    return Chart(figure, _summary(len(placed), lanes, names, as_day(days.min()), as_day(days.max()), len(events)))


def bars_chart(
    counts: pd.DataFrame,
    lanes: Sequence[Lane],
    names: Sequence[str],
    events: Sequence[Event],
    unit: Unit,
    opened: tuple[str, str] | None,
) -> Chart:
    """Bars of one height scale in every lane. ``counts`` is from ``timeline.bars``; opened: (lane, period)."""
    figure = go.Figure()
    tallest = int(counts["count"].max()) if len(counts) else 1
    for at, (lane, name) in enumerate(zip(lanes, names, strict=True)):
        rows = counts[counts["lane"] == lane.lane]
        widths = [(until - since).days + 1 for since, until in zip(rows["since"], rows["until"], strict=True)]
        heights = (rows["count"] / tallest * _FILL).clip(lower=0.025)
        chosen = [opened == (lane.lane, period) for period in rows["period"]]
        figure.add_bar(
            x=[since + timedelta(days=width / 2) for since, width in zip(rows["since"], widths, strict=True)],
            y=heights,
            base=[-float(at)] * len(rows),
            width=[width * 86_400_000 * 0.9 for width in widths],
            marker={
                "color": palette.colour(lane.lane),
                "line": {
                    "color": ["#e0a800" if is_open else palette.colour(lane.lane) for is_open in chosen],
                    "width": [3 if is_open else 0 for is_open in chosen],
                },
            },
            customdata=[f"bar {lane.lane}.{period}" for period in rows["period"]],
            text=[
                f"<b>{text.escape(name)}</b>, {period}: {text.count(int(count), 'statement')}"
                for period, count in zip(rows["period"], rows["count"], strict=True)
            ],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )
    since = min(counts["since"], default=None)
    until = max(counts["until"], default=None)
    _finish(figure, lanes, names, events, since, until)
    figure.update_layout(barmode="overlay")
    total = int(counts["count"].sum())
    summary = _summary(total, lanes, names, since, until, len(events))
    if len(counts):
        top = counts.iloc[int(counts["count"].to_numpy().argmax())]
        where = next(name for lane, name in zip(lanes, names, strict=True) if lane.lane == top["lane"])
        summary += f" The tallest bar is {where} in {top['period']} with {text.count(tallest, 'statement')}."
    return Chart(figure, summary)


def years_by_side(counts: pd.DataFrame, lanes: Sequence[Lane], names: Sequence[str]) -> Chart:
    """Stacked bars a year. ``counts`` is from ``timeline.bars`` by year."""
    figure = go.Figure()
    for lane, name in zip(lanes, names, strict=True):
        rows = counts[counts["lane"] == lane.lane]
        figure.add_bar(
            x=[since.year for since in rows["since"]],
            y=rows["count"],
            name=name,
            marker={"color": palette.colour(lane.lane), "pattern": {"shape": _pattern(lane.lane), "size": 5}},
            hovertemplate=f"{text.escape(name)}, %{{x}}: %{{y}}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        height=330,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": -0.14, "x": 0, "traceorder": "normal"},
        xaxis={"dtick": _year_step(counts), "showgrid": False, "fixedrange": True},
        yaxis={"title": {"text": "Statements"}, "rangemode": "tozero", "fixedrange": True},
    )
    if counts.empty:
        return Chart(figure, "No dated statement.")
    per_year = counts.groupby(counts["since"].map(lambda day: day.year))["count"].sum()
    return Chart(
        figure,
        f"Statements by year and side, {per_year.index.min()} to {per_year.index.max()}: most in "
        f"{per_year.idxmax()}, with {int(per_year.max())} of {int(per_year.sum())}.",
    )


def years(counts: pd.DataFrame, side: object, name: str) -> Chart:
    """One speaker's bars by year. ``counts`` is from ``speakers.by_year``."""
    figure = go.Figure()
    figure.add_bar(
        x=counts["year"],
        y=counts["count"],
        marker={"color": palette.colour(side)},
        hovertemplate="%{x}: %{y}<extra></extra>",
    )
    figure.update_layout(
        height=220,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        bargap=0.15,
        xaxis={"dtick": max(1, len(counts) // 12), "showgrid": False, "fixedrange": True},
        yaxis={"title": {"text": "Statements"}, "rangemode": "tozero", "fixedrange": True, "tickformat": "d"},
    )
    if counts.empty:
        return Chart(figure, f"No dated statement by {name}.")
    top = counts.iloc[int(counts["count"].to_numpy().argmax())]
    return Chart(
        figure,
        f"Statements by {name} by year: {int(counts['count'].sum())} from {counts['year'].min()} to "
        f"{counts['year'].max()}, most in {top['year']} ({top['count']}).",
    )


def _mark_text(row: Mapping[Any, Any]) -> str:
    words = text.shortened(str(row["text"]), 160)
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        if len(line) + len(word) > 58:
            lines, line = [*lines, line], ""
        line = f"{line} {word}".strip()
    name = text.known(row["speaker_name"]) or "Speaker not known"
    return f"<b>{text.escape(name)}</b>, {in_words(as_day(row['said_on']))}<br>" + "<br>".join(
        text.escape(line) for line in [*lines, line]
    )


def _ring(figure: go.Figure, x: object, y: float) -> None:
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": "circle-open", "size": 19, "color": "#e0a800", "line": {"width": 3}},
        hoverinfo="skip",
        showlegend=False,
    )


def _finish(
    figure: go.Figure,
    lanes: Sequence[Lane],
    names: Sequence[str],
    events: Sequence[Event],
    since: date | None,
    until: date | None,
) -> None:
    """Axes, lane lines and events; the same for marks and bars, so that switching moves nothing."""
    rows = 3 if events else 0
    top = 1.0 + 0.34 * rows + (0.1 if rows else 0)
    if since and until:
        margin = timedelta(days=max(12, round((until - since).days * 0.015)))
        reach = [since - margin, until + margin]
        if events:
            _events(figure, events, reach[0], reach[1], -float(len(lanes)) + 1, rows)
        figure.update_xaxes(range=reach)
    figure.update_layout(
        height=round(64 * len(lanes) + 28 * rows + 70),
        margin={"l": 0, "r": 8, "t": 4, "b": 0},
        hoverlabel={"align": "left"},
        clickmode="event+select",
        dragmode="zoom",
        xaxis={"showgrid": True, "gridcolor": "rgba(128,128,128,0.18)", "zeroline": False, "hoverformat": "%-d %B %Y"},
        yaxis={
            "tickmode": "array",
            "tickvals": [0.28 - at for at in range(len(lanes))],
            "ticktext": [f"{_wrapped(name)}<br>{lane.count:,}" for lane, name in zip(lanes, names, strict=True)],
            "range": [1 - len(lanes) - 0.12, top],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": -at,
                "y1": -at,
                "line": {"color": _GREY, "width": 1},
            }
            for at in range(len(lanes))
        ],
    )


def _events(figure: go.Figure, events: Sequence[Event], since: date, until: date, bottom: float, rows: int) -> None:
    """A line and a mark each; a label where it covers no other. The rest are named on hover and in the table."""
    heights = [1.12 + 0.34 * row for row in range(rows)]
    reserved = timedelta(days=round((until - since).days * _LABEL_CHARACTERS / 150))
    free: list[date] = [since] * rows
    xs: list[Any] = []
    ys: list[Any] = []
    marks: list[tuple[Event, float, str]] = []
    for event in events:
        row = next((row for row in range(rows) if free[row] <= event.day), None)
        fits = row is not None and event.day + reserved <= until + reserved / 3
        label = text.escape(text.shortened(event.title, _LABEL_CHARACTERS)) if fits else ""
        at = heights[row if row is not None else 0]
        if fits and row is not None:
            free[row] = event.day + reserved
        xs += [event.day, event.day, None]
        ys += [bottom, at, None]
        marks.append((event, at, label))
    figure.add_scatter(
        x=xs, y=ys, mode="lines", line={"color": _GREY, "width": 1, "dash": "dot"}, hoverinfo="skip", showlegend=False
    )
    figure.add_scatter(
        x=[event.day for event, _, _ in marks],
        y=[at for _, at, _ in marks],
        mode="markers+text",
        marker={"symbol": "triangle-down", "size": 10, "color": _EVENT},
        text=[label for _, _, label in marks],
        textposition="middle right",
        textfont={"size": 12},
        cliponaxis=False,
        customdata=[f"event {event.event_id}" for event, _, _ in marks],
        hovertext=[
            f"<b>{text.escape(event.title)}</b><br>{in_words(event.day)}, {text.escape(event.kind)}"
            for event, _, _ in marks
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _summary(
    count: int, lanes: Sequence[Lane], names: Sequence[str], since: date | None, until: date | None, events: int
) -> str:
    each = ", ".join(f"{name} {lane.count}" for lane, name in zip(lanes, names, strict=True))
    told = f"{text.count(count, 'dated statement')} from {in_words(since)} to {in_words(until)}: {each}."
    return told + (f" {text.count(events, 'event')} marked." if events else "")


def _wrapped(name: str) -> str:
    return text.escape(name).replace(" and ", " and<br>")


def _pattern(lane: str) -> str:
    """A second sign beside colour for stacked bars."""
    return {"RU": "", "CN": "/", "US": "x", "EU": ".", "NATO": "-", OTHER: "+", UNKNOWN: "|"}.get(lane, "\\")


def _year_step(counts: pd.DataFrame) -> int:
    if counts.empty:
        return 1
    span = max(counts["since"]).year - min(counts["since"]).year + 1
    return 1 if span <= 14 else 2 if span <= 28 else 5
