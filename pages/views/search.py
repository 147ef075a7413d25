"""Search: statements by their words and by what they mean, with the reason for each."""

from __future__ import annotations

import streamlit as st

from pages.parts import asking, data, frame, hits, links, warming

shown = data.current()
frame.heading("Search", "Ask in your own words; put an exact phrase in quotation marks; narrow with speaker:, after: …")
query, mode = asking.ask()
asking.language()

if (like := links.get("like")) is not None and not query:
    if like in shown.statements.index:
        hits.close_to(like)
    else:
        links.lost([f"statement “{like}” is not in this release"])
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
        st.info(found.note or "Try other words, search by meaning, or widen the filters.", title="Nothing found")
    else:
        if found.note:
            st.caption(found.note)
        hits.draw(found, found.understood.query.asked if found.understood else query)
