"""The events above a timeline's lanes: a mark each, and labels where they cover neither each other nor a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import east_asian_width

from analysis.queries.events import Event, weight
from pages.parts import language, text
from pages.parts.charts import CHOSEN
from pages.parts.figure import Figure
from pages.parts.language import told

_ROWS, _HEIGHT = 3, 19  # of labels; pixels of a row
_LONG, _SHORT = 42, 26  # characters of a title where there is room, and where there is little
_NARROW = 400  # pixels
_CHARACTER, _WIDE = 5.6, 12.0  # pixels of one, and of one of Chinese
_MANY_EVENTS, _LABEL_WEIGHT = 12, 2  # among many, what weighs less has no label
_LINE = "rgba(128,128,128,0.5)"
_EVENT = "#85888f"


def draw(
    figure: Figure,
    events: Sequence[Event],
    reach: tuple[date, date],
    lanes_top: float,
    room: int,
    opened: str | None,
) -> float:
    """A mark each, and for the weightiest a line and a label where it covers no other; returns the top, in pixels.

    The rest are named on hover and in the table.
    """
    at = lanes_top + 14
    labels = labels_that_fit(events, reach, room, opened)
    rows = 1 + max((label.row for label in labels), default=-1)
    xs: list[Any] = []
    ys: list[Any] = []
    for label in labels:
        xs += [label.event.day, label.event.day, None]
        ys += [0, at + 20 + label.row * _HEIGHT, None]
    figure.add_scatter(
        x=xs, y=ys, mode="lines", line={"color": _LINE, "width": 1.2, "dash": "dot"}, hoverinfo="skip", showlegend=False
    )
    figure.add_scatter(
        x=[label.event.day for label in labels],
        y=[at + 14 + label.row * _HEIGHT for label in labels],
        mode="text",
        text=[f" {text.in_chart(_short(label.event, room))} " for label in labels],
        textposition=["middle left" if label.is_left else "middle right" for label in labels],
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=[event.day for event in events],
        y=[at] * len(events),
        mode="markers",
        marker={
            "symbol": "triangle-down",
            **_looks(events, opened),
            "opacity": 0.85,
            "line": {"width": 0},
        },
        customdata=[f"event {event.event_id}" for event in events],
        text=[
            f"<b>{text.in_chart(told(event.title))}</b><br>"
            + language.beside(language.day(event.day), text.in_chart(told(event.kind)))
            for event in events
        ],
        hovertemplate="%{text}<extra></extra>",
        unselected={"marker": {"opacity": 0.85}},
        showlegend=False,
    )
    return at + 10 + rows * _HEIGHT


def _looks(events: Sequence[Event], opened: str | None) -> dict[str, Any]:
    """Sizes and colours; one for all where none is open, which takes Plotly a fifth less time."""
    if not any(event.event_id == opened for event in events):
        return {"size": 10, "color": _EVENT}
    return {
        "size": [15 if event.event_id == opened else 10 for event in events],
        "color": [CHOSEN if event.event_id == opened else _EVENT for event in events],
    }


@dataclass(frozen=True, slots=True)
class Label:
    """An event's label: the row it stands in, 0 the lowest, and what it covers there, in pixels from the left."""

    event: Event
    row: int
    line: float  # where its event's line runs, up to its row
    start: float
    end: float

    @property
    def is_left(self) -> bool:
        """True where it stands left of its line, for want of room at the right."""
        return self.start < self.line

    def clears(self, other: Label) -> bool:
        """True where neither covers the other, nor the line that leads to it."""
        if self.row == other.row:
            return self.end <= other.start + 4 or other.end <= self.start + 4
        upper, lower = (self, other) if self.row > other.row else (other, self)
        return not lower.start - 3 < upper.line < lower.end + 3


def labels_that_fit(
    events: Sequence[Event], reach: tuple[date, date], room: int, opened: str | None = None
) -> list[Label]:
    """The labels of the opened and the weightiest events, as many as fit beside each other into ``room`` pixels."""
    days = (reach[1] - reach[0]).days or 1
    chosen: list[Label] = []
    least = _LABEL_WEIGHT if len(events) > _MANY_EVENTS else 0
    heavy = [event for event in events if weight(event) >= least or event.event_id == opened]
    for event in sorted(heavy, key=lambda event: (event.event_id != opened, -weight(event), event.day)):
        line = (event.day - reach[0]).days / days * room
        width = _width(_short(event, room))
        sides = [(line, line + width)] if line + width <= room else []
        sides += [(line - width, line)] if line >= width else []
        tried = (Label(event, row, line, start, end) for row in range(_ROWS) for start, end in sides)
        if label := next((label for label in tried if all(label.clears(other) for other in chosen)), None):
            chosen.append(label)
    return chosen


def _width(title: str) -> float:
    """Pixels of a label, with a space before and behind."""
    wide = sum(east_asian_width(each) in "FW" for each in title)
    return wide * _WIDE + (len(title) - wide + 2) * _CHARACTER


def _short(event: Event, room: int) -> str:
    return text.shortened(told(event.title), _SHORT if room < _NARROW else _LONG)
