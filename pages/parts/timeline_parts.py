"""What stands around the timeline's chart: how it is drawn, what was clicked, and the list below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.queries import timeline
from analysis.queries.dates import as_day
from analysis.queries.events import Event, between
from analysis.queries.timeline import Unit
from pages.parts import chart_data, data, filters, lane_charts, language, links, statement_card, tables, text
from pages.parts.charts import Chart, is_phone
from pages.parts.language import mark, told, tr, trn
from pages.parts.picked import Picked

AUTOMATIC = "auto"
UNITS = (Unit.STATEMENT, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
_UNIT_NAMES = {
    AUTOMATIC: mark("Automatic"),
    Unit.STATEMENT: mark("Each statement"),
    Unit.MONTH: mark("Month"),
    Unit.QUARTER: mark("Quarter"),
    Unit.YEAR: mark("Year"),
}
_SCALES = {
    Unit.MONTH: mark("A bar counts the statements of a month; all lanes have one scale"),
    Unit.QUARTER: mark("A bar counts the statements of a quarter; all lanes have one scale"),
    Unit.YEAR: mark("A bar counts the statements of a year; all lanes have one scale"),
}
_PER_PAGE = 10


def choose_unit(dated: pd.DataFrame) -> Unit:
    """Draw the choice between statements and periods, and whether events are marked; what is to be drawn."""
    options = [AUTOMATIC, *(str(unit) for unit in UNITS)]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        picked = st.segmented_control(
            tr("Draw"),
            options,
            key=links.choice("by", options, AUTOMATIC),
            required=True,
            format_func=lambda option: tr(_UNIT_NAMES[option]),
            wrap=True,
            help=tr("Automatic draws every statement while they are few, and bars by period when they are many."),
        )
        links.keep("by", picked, AUTOMATIC)
        key = "events_shown"
        if links.opened() or key not in st.session_state:
            asked = links.get("events")
            if asked not in (None, "on", "off"):
                links.lost([tr("events “{asked}” is neither on nor off", asked=asked)])
            st.session_state[key] = asked != "off"
        marked = st.toggle(tr("Events"), key=key, help=tr("Summits, treaties and other dates"))
        links.keep("events", None if marked else "off")
    return timeline.unit_for(dated) if picked in (None, AUTOMATIC) else Unit(picked)


def walk(picked: Picked) -> tuple[pd.DataFrame, str, tuple[str, str] | None]:
    """What previous and next step through: the clicked bar's statements, else all dated ones, oldest first.

    Returns them, what they are in words, and the bar as (lane, period).
    """
    dated, lanes, names = picked.dated, picked.lanes, picked.lane_names
    asked = links.get("bar")
    if asked is None:
        return dated, _dated_in_words(len(dated)), None
    lane_id, _, period = asked.partition(".")
    try:
        since, until = timeline.period_days(period)
    except ValueError as problem:
        links.lost([told(problem)])
        links.put(bar=None)
        return dated, _dated_in_words(len(dated)), None
    found = timeline.in_period(dated, since, until)
    found = found[timeline.lane_of(found, lanes) == lane_id]
    name = next((name for lane, name in zip(lanes, names, strict=True) if lane.lane == lane_id), lane_id)
    if found.empty:
        links.lost([tr("bar “{asked}” holds nothing with these filters", asked=asked)])
        links.put(bar=None)
        return dated, _dated_in_words(len(dated)), None
    title = trn(
        "{side}, {period}: {count} statement",
        "{side}, {period}: {count} statements",
        len(found),
        side=name,
        period=period,
    )
    return found, title, (lane_id, period)


def _dated_in_words(count: int) -> str:
    return trn("{count} dated statement", "{count} dated statements", count)


def marked_events(picked: Picked) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events within the reach of the dated statements, none where they are switched off; and what is wrong."""
    every, problems = data.events()
    if links.get("events") == "off" or picked.dated.empty:
        return (), problems
    days = picked.dated["said_on"]
    return between(every, as_day(days.iloc[0]), as_day(days.iloc[-1])), problems


def chart(picked: Picked, unit: Unit, events: Sequence[Event], bar: tuple[str, str] | None, room: int) -> Chart:
    """The figure, made once for each state in which it can be seen."""
    opened = links.get("statement") if unit is Unit.STATEMENT else None
    event = links.get("event")

    def make() -> Chart:
        if unit is Unit.STATEMENT:
            placed = picked.keep("placed", lambda: timeline.marks(picked.dated, picked.lanes))
            return lane_charts.marks_chart(placed, picked.lanes, picked.lane_names, events, (opened, event), room)
        cut = timeline.unfinished(data.current().last_day, unit)
        counts, names = picked.bars(unit), picked.lane_names
        return lane_charts.bars_chart(counts, picked.lanes, names, events, (bar, event), room, cut)

    return picked.keep(("timeline", unit, tuple(event.event_id for event in events), bar, opened, event, room), make)


def clicked() -> None:
    """Take in a click on the chart; a callback. Clicking a chosen mark again changes nothing."""
    points = st.session_state["timeline"]["selection"]["points"]
    if not points:
        return
    custom = points[0].get("customdata")
    what, _, value = str(custom[0] if isinstance(custom, list) else custom).partition(" ")
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


def legend(picked: Picked, unit: Unit, problems: Sequence[str]) -> None:
    """Say what the marks mean, and what is not drawn."""
    if unit is Unit.STATEMENT:
        meaning = [tr("● direct words · ◆ partly in quotation marks · ○ reported without quotation marks · ▼ event")]
    else:
        meaning = [tr(_SCALES[unit]), tr("▼ event")]
        last = data.current().last_day
        if last and (cut := timeline.unfinished(last, unit)) and cut in set(picked.bars(unit)["period"]):
            meaning.append(tr("paler: {period} is unfinished, the archive ends on {day}", period=cut, day=last))
    if len(picked.undated):
        meaning.append(
            trn(
                "not drawn: {count} undated statement, listed below",
                "not drawn: {count} undated statements, listed below",
                len(picked.undated),
            )
        )
    if not is_phone():
        meaning.append(tr("Drag to zoom, double-click to go back"))
    st.caption(" · ".join(meaning))
    for problem in problems:
        st.caption(f":material/warning: {text.markdown(told(problem))}")


def beside(walked: pd.DataFrame) -> None:
    """Draw the statement or the event that was clicked, with the way to the next one."""
    if (asked_event := links.get("event")) is not None:
        event = next((event for event in data.events()[0] if event.event_id == asked_event), None)
        if event is None:
            links.lost([tr("event “{asked}” is not in this archive", asked=asked_event)])
            links.put(event=None)
        else:
            _event(event)
    asked = links.get("statement")
    order = [str(statement_id) for statement_id in walked["statement_id"]]
    if asked is not None and asked not in data.current().statements.index:
        links.lost([tr("statement “{asked}” is not in this release", asked=asked)])
        links.put(statement=None)
        asked = None
    if asked is None and links.get("bar") and order:
        asked = order[0]
    if asked is None:
        return
    statement_card.steps(order, asked)
    statement_card.card(data.current().statement(asked), on_timeline=False)
    if not data.holds(asked):
        st.caption(tr("This statement is outside the filters; the link that brought you here asked for it."))
    links.share(tr("Link to this statement"), path="statement", statement=asked)


def _event(event: Event) -> None:
    shown = data.current()
    with st.container(border=True, gap="small"):
        days = language.day(event.day) + (f" – {language.day(event.until)}" if event.until else "")
        kind = text.escape(told(event.kind))
        people = language.listed(shown.names.get(person, person) for person in event.participants)
        source = ": ".join(part for part in (event.source_publisher, event.source_title) if part)
        st.html(
            f'<p class="or-words">{text.escape(event.title)}</p>'
            f'<p style="margin:0"><strong>{days}</strong> <span class="or-tag">{kind}</span></p>'
            + (f'<p class="or-soft" style="margin:0">{text.escape(event.place)}</p>' if event.place else "")
            + (
                f'<p class="or-soft" style="margin:0">{text.escape(tr("With {people}", people=people))}</p>'
                if people
                else ""
            )
            + (
                '<p class="or-soft" style="margin:0">'
                f"{tr('Source: {source}', source=text.outside_link(event.source_url, source))}</p>"
                if source
                else ""
            )
        )
        with st.container(horizontal=True):
            st.button(
                tr("A week before and after"),
                icon=":material/date_range:",
                on_click=_around,
                args=(event.day, event.until),
            )
            st.button(tr("Close"), on_click=links.put, kwargs={"event": None}, key="close event")


def _around(day: date, until: date | None) -> None:
    """Filter to the days around an event; a callback."""
    week = timedelta(days=7)
    filters.ask(replace(data.selection(), since=day - week, until=(until or day) + week))
    links.put(bar=None, page=None)


def numbers(picked: Picked, unit: Unit) -> None:
    """Draw the counts that the bars show."""
    names = dict(zip([lane.lane for lane in picked.lanes], picked.lane_names, strict=True))
    chart_data.table(
        tr("Statements by side and period"),
        [tr("Period"), tr("Side"), tr("Statements")],
        [
            [row["period"], names[row["lane"]], int(row["count"])]
            for row in data.rows(picked.bars(unit).sort_values(["since", "lane"], kind="stable"))
        ],
        name=f"by-{unit}-and-side",
        numbers=[tr("Statements")],
        tight=[tr("Period")],
    )


def event_table(events: Sequence[Event]) -> None:
    """Draw the events that are marked."""
    if events:
        tables.table(
            tr("Events"),
            [tr("Day"), tr("Event"), tr("Kind"), tr("Source")],
            [
                [
                    event.day.isoformat(),
                    event.title,
                    told(event.kind),
                    tables.Html(text.outside_link(event.source_url, event.source_publisher or tr("source"))),
                ]
                for event in events
            ],
            tight=[tr("Day")],
        )


def listing(walked: pd.DataFrame, title: str, undated: pd.DataFrame) -> None:
    """Draw the statements as a list, dated or undated ones, ten at a time."""
    names = {
        "dated": title,
        "undated": trn("{count} undated statement", "{count} undated statements", len(undated)),
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
    rows = undated if picked == "undated" else walked.iloc[::-1]
    if rows.empty:
        every_dated = tr("Every statement that the filters keep has a day.")
        st.info(every_dated if picked == "undated" else tr("None has a day."))
        return
    body = st.container()
    number = links.page_number(-(-len(rows) // _PER_PAGE))
    with body:
        statement_card.cards(data.rows(rows.iloc[(number - 1) * _PER_PAGE : number * _PER_PAGE]))
