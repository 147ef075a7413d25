"""Search: statements by their words and by what they mean, with the reason for each; how often, when and by whom."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking, by_whom, data, finding, frame, hit_counts, hit_list, hits, links, side_by_side
from pages.parts.language import told, tr

frame.heading(
    tr("Search"),
    tr("Ask in your own words; put an exact phrase in quotation marks; narrow with speaker:, after: …"),
)
query, mode = asking.ask()
queries = list(dict.fromkeys([*([query] if query else []), *side_by_side.further_queries()]))
with st.container(horizontal=True):
    asking.language()
    if query:
        side_by_side.add_button()

if (like := links.get("like")) is not None and not queries:
    if like in data.current().places:
        hits.close_to(like)
    else:
        links.lost([tr("statement “{asked}” is not in this release", asked=like)])
        links.put(like=None)
elif not len(data.picked()):
    frame.nothing_matches()
elif not queries:
    asking.suggestions()
else:
    every = [finding.find(each, mode) for each in queries]
    found = every[0]
    if len(queries) == 1:
        asking.understood(found.understood)
    asking.hints([each.understood for each in every])
    if finding.waits_for_meaning(mode, every):
        hits.without_meaning()
    if len(queries) > 1:
        side_by_side.draw(queries, every, mode)
    elif len(found.places):
        st.markdown(hit_counts.summary(found))
        hit_counts.along_time(found, queries[0], mode)
    if any(len(each.places) for each in every):
        by_whom.details(queries, every, mode)
    if len(queries) > 1:
        st.subheader(tr("Statements for the first query"), anchor=False)
    if not len(found.ranking.rows):
        advice = tr("Try other words, search by meaning, or widen the filters.")
        st.info(told(found.note) if found.note else advice, title=tr("Nothing found"))
    else:
        hit_list.draw(found)
