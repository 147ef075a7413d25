"""The timeline's chart and what a click on it brings: the statement or event beside it, and the list below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.queries import timeline
from analysis.queries.events import Event, between
from analysis.queries.timeline import Unit
from pages.parts import charts, data, lane_bars, lane_marks, links, plot, statement_card, text, timeline_days
from pages.parts.charts import Chart, is_phone
from pages.parts.event_card import event_card
from pages.parts.lane_axes import Scene
from pages.parts.language import told, tr, trn
from pages.parts.picked import Picked
from pages.parts.timeline_choices import Drawn

Walk = tuple[np.ndarray, str, tuple[str, str] | None]
_PER_PAGE = 10


def walk(picked: Picked, drawn: Drawn) -> Walk:
    """What previous and next step through: the clicked bar's statements, else all dated ones, oldest first.

    Returns their places, what they are in words, and the bar as (lane, period).
    """
    along, names = picked.along(drawn.by), picked.lane_names(drawn.by)
    every = along.rows, trn("{count} dated statement", "{count} dated statements", len(along.rows)), None
    asked = links.get("bar")
    if asked is None:
        return every
    lane_id, _, period = asked.rpartition(".")  # a publisher's name may hold one, a period never
    try:
        found = along.bar(lane_id, *timeline.period_days(period))
    except ValueError as problem:
        links.lost([told(problem)])
        links.put(bar=None)
        return every
    if not len(found):
        links.lost([tr("bar “{asked}” holds nothing with these filters", asked=asked)])
        links.put(bar=None)
        return every
    name = next(name for lane, name in zip(along.lanes, names, strict=True) if lane.lane == lane_id)
    title = trn(
        "{side}, {period}: {count} statement",
        "{side}, {period}: {count} statements",
        len(found),
        side=name,
        period=period,
    )
    return found, title, (lane_id, period)


def chart(picked: Picked, drawn: Drawn, events: Sequence[Event], bar: tuple[str, str] | None, room: int) -> Chart:
    """The figure, made once for each state in which it can be seen."""
    along = picked.along(drawn.by)
    assert along.reach is not None
    event = links.get("event")
    opened = links.get("statement") if drawn.unit is Unit.STATEMENT else None
    names, colours = picked.lane_names(drawn.by), picked.lane_colours(drawn.by)
    scene = Scene(along.lanes, names, colours, len(picked.dated), along.reach, events, event, room)

    def make() -> Chart:
        if drawn.unit is Unit.STATEMENT:
            rows = data.current().release.statements[lane_marks.COLUMNS].iloc[along.marks.rows]
            return lane_marks.marks_chart(scene, along.marks, rows, opened)
        counts = picked.counts(drawn.unit, drawn.by, drawn.of)
        assert counts is not None
        return lane_bars.bars_chart(scene, counts, bar, timeline.unfinished(data.current().last_day, drawn.unit))

    marked = tuple(event.event_id for event in events)
    return picked.keep(("timeline", drawn.by, drawn.unit, drawn.of, marked, bar, opened, event, room), make)


def within(picked: Picked, drawn: Drawn, events: Sequence[Event]) -> tuple[Event, ...]:
    """Those of ``events`` that fall within what is drawn."""
    reach = picked.along(drawn.by).reach
    return between(events, *reach) if reach else ()


def draw(chart: Chart, drawn: Drawn) -> None:
    """Draw the figure, which answers to clicks and to ranges."""
    answers = plot.Answers(_clicked, lambda since, until: timeline_days.take_range(since, until, drawn.unit))
    plot.draw(chart, "timeline_chart", charts.config("timeline"), answers)


def _clicked(mark: str) -> None:
    """Open what was clicked on the chart; a callback."""
    what, _, value = mark.partition(" ")
    if what == "statement":
        links.put(statement=value, event=None, page=None)
    elif what == "event":
        links.put(event=value)
    elif what == "bar":
        links.put(bar=value, statement=None, event=None, page=None)


def halves() -> tuple[DeltaGenerator, DeltaGenerator, int]:
    """Room for the chart, and beside it for what was clicked; all of it for the chart until then.

    The third is how many pixels the chart has for labels at least, in a window 1,100 wide: none on a phone.
    """
    opened = any(links.get(name) for name in ("statement", "event", "bar"))
    chart, beside = st.columns([3, 2] if opened else [60, 1], gap="medium")
    return chart, beside, 0 if is_phone() else 250 if opened else 500


def beside(walked: np.ndarray) -> None:
    """Draw the statement or the event that was clicked, with the way to the next one."""
    shown = data.current()
    if (asked_event := links.get("event")) is not None:
        event = next((event for event in data.events()[0] if event.event_id == asked_event), None)
        if event is None:
            links.lost([tr("event “{asked}” is not in this archive", asked=asked_event)])
            links.put(event=None)
        else:
            event_card(event)
    asked = links.get("statement")
    if asked is not None and shown.place(asked) is None:
        links.lost([tr("statement “{asked}” is not in this release", asked=asked)])
        links.put(statement=None)
        asked = None
    if asked is None and links.get("bar") and len(walked):
        asked = shown.statement_id(walked[0])
    if asked is None:
        return
    statement_card.steps(walked, asked)
    st.html(statement_card.card(shown.statement(asked), on_timeline=False))
    if not data.holds(asked):
        st.caption(tr("This statement is outside the filters; the link that brought you here asked for it."))
    links.share(tr("Link to this statement"), path="statement", statement=asked)


def listing(walked: np.ndarray, title: str, undated: np.ndarray) -> None:
    """Draw the statements as a list, dated or undated ones, ten at a time."""
    left = 0 if len(undated) else data.undated_left_out()
    names = {
        "dated": title,
        "undated": trn("{count} undated, left out by the dates", "{count} undated, left out by the dates", left)
        if left
        else trn("{count} undated statement", "{count} undated statements", len(undated)),
    }
    st.subheader(tr("Statements"), anchor=False)
    picked = st.segmented_control(
        tr("Which statements"),
        list(names),
        key=links.choice("list", list(names), "dated"),
        required=True,
        format_func=lambda option: text.markdown(names.get(option, option)),
        label_visibility="collapsed",
        on_change=links.put,
        kwargs={"page": None},
    )
    links.keep("list", picked, "dated")
    if links.get("bar") and picked != "undated":
        st.button(
            tr("Back to all periods"),
            icon=":material/close:",
            on_click=links.put,
            kwargs={"bar": None, "statement": None, "page": None},
        )
    rows = undated if picked == "undated" else walked[::-1]
    if not len(rows):
        _none_listed(left, is_undated=picked == "undated")
        return
    body = st.container()
    page = links.page_number(-(-len(rows) // _PER_PAGE))
    with body:
        statement_card.cards(data.rows_at(rows[(page - 1) * _PER_PAGE : page * _PER_PAGE]))


def _none_listed(left: int, *, is_undated: bool) -> None:
    """Say why the list is empty. left: undated statements that the dates leave out, to which a button leads."""
    if not is_undated:
        st.info(tr("None has a day."))
        return
    if not left:
        st.info(tr("Every statement that the filters keep has a day."))
        return
    st.info(
        trn(
            "The dates leave out {count} undated statement that the other filters keep.",
            "The dates leave out {count} undated statements that the other filters keep.",
            left,
        )
    )
    st.button(tr("Show them, at all dates"), icon=":material/event_busy:", on_click=timeline_days.ask)
