"""Timeline: a lane a side, a mark a statement or bars by period, events, and the statement that was clicked."""

from __future__ import annotations

import streamlit as st

from analysis.queries import timeline
from analysis.queries.dates import as_day
from analysis.queries.events import between
from pages.parts import charts, data, frame, lane_charts, links, timeline_parts
from pages.parts.timeline_parts import UNITS

shown, statements = data.current(), data.selected()
frame.heading("Timeline", "Statements along time, a lane a side. Click a mark, a bar or an event to read it.")

if statements.empty:
    frame.nothing_matches()
else:
    dated = timeline.dated(statements)
    unit = timeline_parts.choose_unit(dated)
    lanes = timeline.lanes(dated)
    names = [lane_charts.lane_name(lane, shown.side_names) for lane in lanes]
    walk, title, bar = timeline_parts.walk(statements, dated, lanes, names)
    every, problems = data.events()
    reach = as_day(dated["said_on"].min()), as_day(dated["said_on"].max())
    marked = between(every, *reach) if links.get("events") != "off" and len(dated) else ()

    picture, beside = timeline_parts.halves()
    with picture:
        if dated.empty:
            st.info("None of these statements has a day; they are listed below.", title="Nothing to draw")
        else:
            if unit is timeline.Unit.STATEMENT:
                placed = timeline.marks(dated, lanes)
                chart = lane_charts.marks_chart(placed, lanes, names, marked, links.get("statement"))
            else:
                counts = timeline.bars(dated, lanes, unit)
                chart = lane_charts.bars_chart(counts, lanes, names, marked, bar)
            st.plotly_chart(
                chart.figure,
                key="timeline",
                alt=chart.summary,
                config=charts.CONFIG,
                on_select=timeline_parts.clicked,
                selection_mode="points",
            )
            timeline_parts.legend(unit, problems)
            with st.expander("The numbers behind the chart"):
                counts = timeline.bars(dated, lanes, UNITS[1] if unit is timeline.Unit.STATEMENT else unit)
                timeline_parts.numbers(counts, dict(zip([lane.lane for lane in lanes], names, strict=True)))
                timeline_parts.event_table(marked)
    with beside:
        timeline_parts.beside(walk, every)
    timeline_parts.listing(walk, title, timeline.undated(statements))
