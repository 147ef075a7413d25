"""Choosing the days of the timeline: buttons for the usual ranges, and the strip to drag across."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import streamlit as st

from analysis.queries.events import Event
from analysis.queries.period_counts import totals
from analysis.queries.timeline import Unit, shifted, whole_periods
from pages.parts import charts, data, filters, links, plot, range_strip, timeline_choices
from pages.parts.language import tr
from pages.parts.picked import Picked

FORTNIGHT = timedelta(days=14)


def choose() -> tuple[Event, ...]:
    """Draw the usual ranges, around an event and lately; the events to mark, whose kinds are chosen beside."""
    last = data.current().last_day
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if every := data.events()[0]:
            _around_event(every)
        if last:
            help = tr("The archive ends on {day}", day=last)
            year = date(last.year, 1, 1), date(last.year, 12, 31)
            st.button(tr("Last 12 months"), key="months", help=help, on_click=ask, args=(_year_before(last), last))
            st.button(tr("{year} so far", year=last.year), key="year", help=help, on_click=ask, args=year)
        return timeline_choices.choose_events()


def ways() -> None:
    """Draw the ways from the chosen days: to as many before and after them, and back to all; none without days."""
    asked = data.selection()
    if asked.since and asked.until:
        for way, label, icon, on in (
            ("earlier", tr("Earlier"), ":material/keyboard_double_arrow_left:", -1),
            ("later", tr("Later"), ":material/keyboard_double_arrow_right:", 1),
        ):
            st.button(label, key=way, icon=icon, on_click=ask, args=shifted(asked.since, asked.until, on))
    if asked.since or asked.until:
        st.button(tr("Whole range"), key="whole range", icon=":material/zoom_out_map:", on_click=ask)


def ask(since: date | None = None, until: date | None = None) -> None:
    """Narrow everything to these days, or give all days back; a callback."""
    filters.ask(replace(data.selection(), since=since, until=until))
    links.put(bar=None, page=None)


def around(event: Event, days: timedelta) -> None:
    """Narrow everything to so many days before and after an event; a callback."""
    ask(event.day - days, (event.until or event.day) + days)


def _around_event(events: tuple[Event, ...]) -> None:
    by_id = {event.event_id: event for event in events}

    def take() -> None:
        if (event := by_id.get(st.session_state["around"] or "")) is not None:
            around(event, FORTNIGHT)
            links.put(event=event.event_id, statement=None)
        st.session_state["around"] = None

    st.selectbox(
        tr("Two weeks around an event"),
        list(reversed(by_id)),
        index=None,
        key="around",
        on_change=take,
        format_func=lambda key: f"{by_id[key].day.isoformat()} · {by_id[key].title}" if key in by_id else key,
        placeholder=tr("Choose an event"),
        width=340,
    )


def _year_before(last: date) -> date:
    """The day after the same day a year ago."""
    try:
        return last.replace(year=last.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return date(last.year - 1, 3, 1)


def strip(shown: Picked) -> None:
    """Draw the strip of all the selection's days with the ways from the chosen ones.

    No strip on a phone, where a finger scrolls, nor where there is only one day.
    """
    asked = data.selection()
    every = data.picked(replace(asked, since=None, until=None))
    reach, part = every.along().reach, shown.along().reach
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        is_drawn = not charts.is_phone() and reach is not None and reach[0] < reach[1]
        if is_drawn:
            st.caption(tr("All days of the selection; drag across them to choose some:"), width="stretch")
        ways()
    if not is_drawn or reach is None or part is None:
        return
    unit = range_strip.unit_of(reach)

    def make() -> charts.Chart:
        counts = totals(data.current().timetable.calendar, every.dated, unit, reach)
        return range_strip.strip(counts, unit, reach, part)

    chart = every.keep(("strip", part), make)
    answers = plot.Answers(ranged=lambda since, until: take_range(since, until, unit))
    plot.draw(chart, "strip", {"displayModeBar": False}, answers)


def take_range(since: datetime, until: datetime, unit: Unit) -> None:
    """Narrow everything to a range that was drawn over a chart; a callback.

    unit: of the chart's bars; a range takes those that it covers.
    """
    ask(*whole_periods(since, until, unit))
