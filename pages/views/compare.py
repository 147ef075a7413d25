"""Compare: two or three sides or speakers on one question."""

from __future__ import annotations

import streamlit as st

from pages.parts import compare_asking, compare_pairs, compare_parts, compare_words, compared, data, frame
from pages.parts.language import tr

frame.heading(tr("Compare"), tr("Two or three sides or speakers on one question: how often, in which words, how near."))
asked = compare_asking.ask()

if not len(data.picked()):
    frame.nothing_matches()
elif len(asked.who) < 2:
    st.info(tr("Choose a second side or speaker above."), title=tr("A comparison needs two"))
else:
    found = compared.compare(data.picked(), asked)
    compare_parts.how_much(found)
    if not any(len(group.on) for group in found.groups):
        st.info(
            tr("Ask in other words, widen what counts, or remove a filter."),
            title=tr("None of them said anything on it"),
        )
    else:
        compare_parts.over_time(found)
        compare_parts.typical(found)
        compare_words.draw(found)
        compare_pairs.draw(found)
        compare_parts.left_out(found)
