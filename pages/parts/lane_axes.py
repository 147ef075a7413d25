"""What a timeline's marks and bars stand on: lanes with their names, days, and a band of events above.

One unit of the vertical axis is one pixel, so that lanes with few statements take little room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from analysis.queries.events import Event
from analysis.queries.lanes import Lane
from pages.parts import event_marks, language, text
from pages.parts.day_ticks import day_ticks
from pages.parts.figure import Figure
from pages.parts.language import listed, number, trn

LEAST, MOST = 30, 118  # pixels of a lane
PAD = 5  # between a lane's line and what stands on it
_LINE = "rgba(128,128,128,0.5)"
_FAINT = "rgba(128,128,128,0.16)"
_LONG, _SHORT = 34, 16  # characters of a lane's name where there is room, and on a phone


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn, whether as marks or as bars."""

    lanes: Sequence[Lane]
    names: Sequence[str]  # of the lanes
    colours: Sequence[str]  # of the lanes
    count: int  # dated statements
    reach: tuple[date, date]  # first and last day
    events: Sequence[Event]
    event: str | None  # identifier of the one that is open
    room: int  # pixels for the labels of events; 0 on a phone

    def name(self, lane: int) -> str:
        """The name of the lane at a place, short enough for a label."""
        return text.shortened(self.names[lane], _LONG if self.room else _SHORT)


def bases(heights: Sequence[float]) -> list[float]:
    """Where each lane's line runs, in pixels from the lowest line up; the first lane is on top."""
    above = [0.0, *accumulate(reversed(heights))]
    return above[-2::-1]


def finish(figure: Figure, scene: Scene, heights: Sequence[float], days: tuple[date, date]) -> None:
    """Axes, lane lines and events; the same for marks and bars. days: first and last on the axis."""
    since, until = days
    margin = timedelta(days=max(1, round(((until - since).days + 1) * 0.012)))
    reach = (since - margin, until + margin + timedelta(days=1))
    top, lines = sum(heights), bases(heights)
    if scene.events:
        top = event_marks.draw(figure, scene.events, reach, top, scene.room, scene.event)
    figure.update_layout(
        height=round(top + 8 + 34),
        margin={"l": 0, "r": 4, "t": 4, "b": 30, "autoexpand": False},  # plot.js gives the lanes' names their room
        hoverlabel={"align": "left"},
        selectdirection="h",  # a range of days, never of lanes
        xaxis={
            "range": list(reach),
            "showgrid": True,
            "gridcolor": _FAINT,
            "zeroline": False,
            **day_ticks(since, until),
            "fixedrange": True,  # looking closer is choosing days: what is listed and counted follows
        },
        yaxis={
            "tickmode": "array",
            "tickvals": [line + 11 for line in lines],
            "ticktext": [
                f"{text.in_chart(scene.name(at))} <b>{number(lane.count)}</b>" for at, lane in enumerate(scene.lanes)
            ],
            "range": [-4, top + 4],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"color": _LINE, "width": 1}}
            for y in lines
        ],
    )


def summary(scene: Scene) -> str:
    """What is drawn, in a sentence or two for those who do not see it."""
    each = listed(f"{name} {number(lane.count)}" for lane, name in zip(scene.lanes, scene.names, strict=True))
    told = trn(
        "{count} dated statement from {since} to {until}: {sides}.",
        "{count} dated statements from {since} to {until}: {sides}.",
        scene.count,
        since=language.day(scene.reach[0]),
        until=language.day(scene.reach[1]),
        sides=each,
    )
    events = len(scene.events)
    return f"{told} {trn('{count} event marked.', '{count} events marked.', events)}" if events else told
