"""Timeline: lanes by side, speaker or publisher, a mark a statement or bars by period, events, and what was clicked."""

from __future__ import annotations

import streamlit as st

from pages.parts import data, frame, take, timeline_choices, timeline_days, timeline_legend, timeline_parts
from pages.parts.language import tr

picked = data.picked()
frame.heading(
    tr("Timeline"),
    tr("Statements along time. Click a mark, a bar or an event to read it."),
    download=take.selection(),
)

if not len(picked):
    frame.nothing_matches()
    timeline_days.choose()
    with st.container(horizontal=True):
        timeline_days.ways()
else:
    drawn = timeline_choices.choose(picked)
    events = timeline_parts.within(picked, drawn, timeline_days.choose())
    walk, title, bar = timeline_parts.walk(picked, drawn)
    picture, beside, room = timeline_parts.halves()
    with picture:
        if not len(picked.dated):
            st.info(tr("None of these statements has a day; they are listed below."), title=tr("Nothing to draw"))
        else:
            timeline_parts.draw(timeline_parts.chart(picked, drawn, events, bar, room), drawn)
            timeline_days.strip(picked)
            timeline_legend.legend(picked, drawn, events)
            if (behind := st.expander(tr("The numbers behind the chart"), on_change="rerun", key="numbers")).open:
                with behind:
                    timeline_legend.numbers(picked, drawn)
                    timeline_legend.event_table(events)
    with beside:
        timeline_parts.beside(walk)
    timeline_parts.listing(walk, title, picked.undated)
