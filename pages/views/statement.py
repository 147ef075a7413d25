"""Statement: one statement's words, what they rest on, every print in its context, and what stands near it."""

from __future__ import annotations

import streamlit as st

from pages.parts import data, links, statement_parts, statement_prints
from pages.parts.language import tr

shown = data.current()
asked = links.get("statement")
if asked is not None and asked not in shown.places:
    links.lost([tr("statement “{asked}” is not in this release", asked=asked)])
    links.put(statement=None)
    asked = None

if asked is None:
    statement_parts.none_chosen()
else:
    statement = shown.statement(asked)
    statement_parts.heading(statement)
    said, beside = st.columns([7, 4], gap="large")
    with said:
        prints = statement_prints.of(statement)
        statement_parts.words(statement, prints)
        statement_prints.draw(statement, prints)
    with beside:
        statement_parts.named(statement)
        statement_parts.formulas(statement)
        statement_parts.near(statement)
        statement_parts.same_day(statement)
