"""About: how statements are found, what the words on the cards mean, what is in this release, and known limits."""

from __future__ import annotations

import streamlit as st

from analysis.queries.dates import EXPLAINED, NAMES
from pages.parts import about_text, data, frame, tables
from pages.parts.language import told, tr, trn

shown = data.current()
manifest = shown.release.manifest
frame.heading(tr("About"), tr("How this archive was made, and how far it can be trusted."))
st.markdown(about_text.how())

st.subheader(tr("What a date rests on"), anchor=False)
counts = shown.statements["said_on_basis"].value_counts()
tables.table(
    tr("What dates rest on"),
    [tr("Basis"), tr("Meaning"), tr("Statements")],
    [[told(NAMES[basis]), told(meaning), int(counts.get(basis, 0))] for basis, meaning in EXPLAINED.items()],
    numbers=[tr("Statements")],
)

st.subheader(tr("This release"), anchor=False)
tables.table(
    tr("This release"),
    [tr("What"), tr("Value")],
    [
        [tr("Release number"), f"{manifest.number}"],
        [tr("Built"), manifest.published_at],
        [tr("Grammar model"), manifest.parser],
        [tr("Meaning model"), manifest.encoder or tr("none: search goes by words alone")],
        *([about_text.table_name(table), count] for table, count in sorted(manifest.counts.items())),
    ],
)
st.caption(trn("{count} input could not be used.", "{count} inputs could not be used.", len(shown.release.skipped)))
if len(shown.release.skipped):
    with st.expander(tr("What was skipped, and why")):
        skipped = shown.release.skipped.head(200)
        head = [tr("Input"), tr("Reason"), tr("Detail")]
        tables.table(tr("Skipped inputs"), head, skipped.to_numpy().tolist())

st.subheader(tr("Licences of the texts"), anchor=False)
tables.table(
    tr("Licences"),
    [tr("Licence"), tr("Texts")],
    [[licence or tr("not stated"), count] for licence, count in shown.shelf.licences()[:20]],
    numbers=[tr("Texts")],
)
st.markdown(about_text.limits())
