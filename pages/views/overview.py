"""Overview: what the archive holds, who is quoted most, what was said last, and what the counts leave out."""

from __future__ import annotations

import streamlit as st

from pages.parts import coverage, data, frame, links, speaker_directory, statement_card, take, year_bars
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
    year_bars.draw(picked)

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
