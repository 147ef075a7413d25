"""Search: statements by their words and by what they mean, with the reason for each."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking, data, frame, hits, links, warming
from pages.parts.language import told, tr

shown = data.current()
frame.heading(
    tr("Search"),
    tr("Ask in your own words; put an exact phrase in quotation marks; narrow with speaker:, after: …"),
)
query, mode = asking.ask()
asking.language()

if (like := links.get("like")) is not None and not query:
    if like in shown.statements.index:
        hits.close_to(like)
    else:
        links.lost([tr("statement “{asked}” is not in this release", asked=like)])
        links.put(like=None)
elif data.selected().empty:
    frame.nothing_matches()
elif not query:
    asking.suggestions()
else:
    found = hits.find(query, mode)
    asking.understood(found)
    if mode != "words" and shown.release.manifest.dimensions and warming.encoder() is None:
        hits.without_meaning()
    if not found:
        advice = tr("Try other words, search by meaning, or widen the filters.")
        st.info(told(found.note) if found.note else advice, title=tr("Nothing found"))
    else:
        if found.note:
            st.caption(told(found.note))
        hits.draw(found, found.understood.query.asked if found.understood else query)
