"""Overview: what the archive holds, who is quoted most, what was said last, and what is not known."""

from __future__ import annotations

import streamlit as st

from analysis.queries import speakers, timeline
from pages.parts import charts, coverage, data, frame, lane_charts, links, statement_card, tables, text

shown, statements = data.current(), data.selected()
frame.heading("On Record", "What was said about China–Russia relations: who said it, when, and where it is printed.")
coverage.figures(statements)

if statements.empty:
    frame.nothing_matches()
else:
    st.subheader("Statements by year and side", anchor=False)
    lanes = timeline.lanes(timeline.dated(statements), most=7)
    names = [lane_charts.lane_name(lane, shown.side_names) for lane in lanes]
    counts = timeline.bars(statements, lanes, timeline.Unit.YEAR)
    chart = charts.years_by_side(counts, lanes, names)
    st.plotly_chart(chart.figure, key="years", alt=chart.summary, config=charts.CONFIG)
    coverage.caveats(statements)
    with st.expander("The numbers behind the chart"):
        wide = counts.assign(year=[day.year for day in counts["since"]]).pivot_table(
            index="year", columns="lane", values="count", fill_value=0, aggfunc="sum"
        )
        tables.table(
            "Statements by year and side",
            ["Year", *names],
            [[str(year), *(int(row.get(lane.lane, 0)) for lane in lanes)] for year, row in wide.iterrows()],
            numbers=names,
        )

    most, latest = st.columns([2, 3], gap="large")
    with most:
        st.subheader("Most quoted", anchor=False)
        coverage.most_quoted(speakers.directory(statements, shown.names).head(10))
        links.to("speakers", "All speakers", icon=":material/groups:")
    with latest:
        st.subheader("Latest statements", anchor=False)
        newest = speakers.newest_first(timeline.dated(statements)).head(3)
        statement_card.cards(data.rows(newest))
        links.to("timeline", "All on the timeline", icon=":material/timeline:")
        if left := len(timeline.undated(statements)):
            links.to(
                "timeline", f"{text.count(left, 'undated statement')}", icon=":material/event_busy:", list="undated"
            )
