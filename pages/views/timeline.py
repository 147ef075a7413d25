"""Timeline: a lane a side, a mark a statement or bars by period, events, and the statement that was clicked."""

from __future__ import annotations

import streamlit as st

from analysis.queries.timeline import Unit
from pages.parts import charts, data, frame, take, timeline_parts
from pages.parts.language import tr

picked = data.picked()
frame.heading(
    tr("Timeline"),
    tr("Statements along time, a lane a side. Click a mark, a bar or an event to read it."),
    download=take.selection(),
)

if picked.statements.empty:
    frame.nothing_matches()
else:
    unit = timeline_parts.choose_unit(picked.dated)
    walk, title, bar = timeline_parts.walk(picked)
    marked, problems = timeline_parts.marked_events(picked)
    picture, beside, room = timeline_parts.halves()
    with picture:
        if picked.dated.empty:
            st.info(tr("None of these statements has a day; they are listed below."), title=tr("Nothing to draw"))
        else:
            chart = timeline_parts.chart(picked, unit, marked, bar, room)
            st.plotly_chart(
                chart.figure,
                key="timeline",
                alt=chart.summary,
                config=charts.config("timeline"),
                on_select=timeline_parts.clicked,
                selection_mode="points",
            )
            timeline_parts.legend(picked, unit, problems)
            if (numbers := st.expander(tr("The numbers behind the chart"), on_change="rerun", key="numbers")).open:
                with numbers:
                    timeline_parts.numbers(picked, Unit.MONTH if unit is Unit.STATEMENT else unit)
                    timeline_parts.event_table(marked)
    with beside:
        timeline_parts.beside(walk)
    timeline_parts.listing(walk, title, picked.undated)
