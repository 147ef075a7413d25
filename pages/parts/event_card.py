"""An event beside the timeline: what happened, who was there, who says so, and what was said around it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from analysis.queries.events import Event
from pages.parts import data, language, links, text, timeline_days
from pages.parts.language import mark, told, tr

_AROUND = {
    timedelta(days=7): mark("A week"),
    timedelta(days=14): mark("Two weeks"),
    timedelta(days=30): mark("A month"),
}


def event_card(event: Event) -> None:
    """Draw an event with buttons that narrow everything to the days before and after it."""
    with st.container(border=True, gap="small"):
        st.html(_face(event))
        st.caption(tr("What was said before and after:"))
        with st.container(horizontal=True, gap="small"):
            for days, label in _AROUND.items():
                st.button(
                    tr(label),
                    icon=":material/date_range:",
                    key=f"around {days.days}",
                    on_click=timeline_days.around,
                    args=(event, days),
                )
            st.button(tr("Close"), on_click=links.put, kwargs={"event": None}, key="close event")


def source(event: Event) -> str:
    """The page that says so, as readers see it; empty where none is known."""
    publisher, title = event.source_publisher or "", event.source_title or ""
    return language.labelled(publisher, title) if publisher and title else publisher or title


def _face(event: Event) -> str:
    shown = data.current()
    days = language.day(event.day) + (f" – {language.day(event.until)}" if event.until else "")
    people = language.listed(shown.names.get(person, person) for person in event.participants)
    origin = source(event)
    soft = [
        text.escape(event.place) if event.place else "",
        text.escape(tr("With {people}", people=people)) if people else "",
        tr("Source: {source}", source=text.outside_link(event.source_url, origin)) if origin else "",
    ]
    return (
        f'<p class="or-words">{text.escape(told(event.title))}</p>'
        f'<p style="margin:0"><strong>{days}</strong> <span class="or-tag">{text.escape(told(event.kind))}</span></p>'
        + "".join(f'<p class="or-soft" style="margin:0">{line}</p>' for line in soft if line)
    )
