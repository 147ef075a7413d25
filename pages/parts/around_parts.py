"""What a speaker said before and after an event that the reader chooses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from analysis.queries.around_event import WINDOWS, Around, around
from analysis.queries.codes import days_of
from analysis.queries.events import Event
from pages.parts import data, event_card, indexes, link_widgets, links, statement_card, tables, text
from pages.parts.language import beside, current, day, number, told, tr, trn
from pages.parts.picked import Picked

_NONE = "none"
_DEFAULT = 30  # days on each side
_LISTED = 5  # statements on each side


def draw(picked: Picked, speaker_id: str) -> None:
    """Draw the choice of an event and, once there is one, the counts and statements around it."""
    st.subheader(tr("Before and after an event"), anchor=False)
    every, _ = data.events()
    events = {event.event_id: event for event in reversed(every)}
    which, how = st.columns([3, 2], vertical_alignment="bottom")
    with which:
        options = {_NONE: tr("Choose an event")}
        options |= {key: _name(event) for key, event in events.items()}
        chosen = link_widgets.select("event", tr("Event"), options, _NONE)
    if chosen == _NONE:
        return
    with how:
        windows = {str(days): str(days) for days in WINDOWS}
        window = int(link_widgets.segmented("days", tr("Days on each side"), windows, str(_DEFAULT)))
    _around(picked, speaker_id, events[chosen], window)


def _around(picked: Picked, speaker_id: str, event: Event, window: int) -> None:
    shown = data.current()
    days = days_of(shown.release.statements)
    kept = indexes.kept(picked)
    lasts = (event.day, event.until)
    theirs = around(days, kept & indexes.current().said_by(speaker_id), lasts, window, shown.last_day)
    everyone = around(days, kept, lasts, window, shown.last_day)
    _event(event)
    _counts(theirs, everyone)
    if theirs.is_cut and shown.last_day:
        st.caption(
            tr("The archive ends on {day}: less than the days asked for lie after the event.", day=shown.last_day)
        )
    before, after = st.columns(2, gap="large")
    with before:
        _list(tr("Before"), theirs.before[::-1])
    with after:
        _list(tr("After"), np.concatenate([theirs.during, theirs.after]) if len(theirs.during) else theirs.after)
    selection = replace(data.selection(), since=theirs.first, until=theirs.last).asking("speaker", [speaker_id])
    links.to(
        "timeline",
        tr("All on the timeline"),
        icon=":material/timeline:",
        shared=selection.to_parameters(),
        event=event.event_id,
    )


def _name(event: Event) -> str:
    """An event in a list that is searched by typing: in the reader's language and in English."""
    names = [text.shortened(told(event.title), 90)]
    if current() != "en":
        names.append(text.shortened(str(event.title), 90))
    return " · ".join([event.day.isoformat(), *dict.fromkeys(names)])


def _event(event: Event) -> None:
    days = day(event.day) + (f" – {day(event.until)}" if event.until else "")
    title = f"<strong>{text.escape(told(event.title))}</strong>"
    source = event_card.source(event)
    st.html(
        f'<p style="margin:0">{beside(title, text.escape(days))} '
        f'<span class="or-tag">{text.escape(told(event.kind))}</span> '
        f'<span class="or-soft">{text.outside_link(event.source_url, source)}</span></p>'
    )


def _counts(theirs: Around, everyone: Around) -> None:
    rows = []
    for name, part, whole in (
        (tr("Before"), theirs.before, everyone.before),
        (tr("During"), theirs.during, everyone.during),
        (tr("After"), theirs.after, everyone.after),
    ):
        share = f"{100 * len(part) / len(whole):.1f} %" if len(whole) else "–"
        rows.append([name, len(part), len(whole), share])
    columns = [tr("Statements"), tr("By everyone within the filters"), tr("Share")]
    tables.table(tr("Statements around the event"), [tr("When"), *columns], rows, numbers=columns)


def _list(title: str, rows: np.ndarray) -> None:
    """The statements of one side, those nearest to the event first."""
    count = trn("{count} statement", "{count} statements", len(rows))
    st.markdown(f"**{title}** · {count}")
    if not len(rows):
        st.caption(tr("Nothing to show."))
        return
    statement_card.briefly(data.rows(data.current().release.statements.iloc[rows[:_LISTED]]))
    if len(rows) > _LISTED:
        st.caption(tr("The {shown} nearest to the event, of {every}.", shown=_LISTED, every=number(len(rows))))
