"""Overview: what the archive holds, who is quoted most, what was said last, and what the counts leave out."""

from __future__ import annotations

import streamlit as st

from analysis.queries.timeline import Unit
from pages.parts import charts, coverage, data, frame, links, speaker_directory, statement_card, take
from pages.parts.language import tr

picked = data.picked()
frame.heading(
    tr("On Record"),
    tr("What was said about China–Russia relations: who said it, when, and where it is printed."),
    download=take.selection(),
)
coverage.figures(picked)

if not len(picked):
    frame.nothing_matches()
else:
    st.subheader(tr("Statements by year and side"), anchor=False)
    counts = picked.bars(Unit.YEAR)
    ticks = 5 if charts.is_phone() else 15
    chart = picked.keep(
        ("years", ticks),
        lambda: charts.years_by_side(counts, picked.along().lanes, picked.lane_names(), ticks, data.current().last_day),
    )
    st.plotly_chart(chart.figure, key="years", alt=chart.summary, config=charts.config("by-year-and-side"))
    coverage.unfinished_note(counts["period"])
    if (numbers := st.expander(tr("The numbers behind the chart"), on_change="rerun", key="numbers")).open:
        with numbers:
            coverage.by_year(picked)

    most, latest = st.columns([4, 5], gap="large")
    with most:
        st.subheader(tr("Most quoted"), anchor=False)
        coverage.most_quoted(speaker_directory.table_of(picked).head(10))
        links.to("speakers", tr("All speakers"), icon=":material/groups:")
        coverage.most_printed(picked)
    with latest:
        st.subheader(tr("Latest statements"), anchor=False)
        statement_card.cards(data.rows_at(picked.newest_first[:3]), similar=False)
        links.to("timeline", tr("All on the timeline"), icon=":material/timeline:")
    coverage.gaps(picked)
