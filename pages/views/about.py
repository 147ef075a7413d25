"""About: how statements are found, what the words on the cards mean, what is in this release, and known limits."""

from __future__ import annotations

import streamlit as st

from analysis.queries.dates import EXPLAINED
from pages.parts import about_text, data, frame, tables, text

shown = data.current()
manifest = shown.release.manifest
frame.heading("About", "How this archive was made, and how far it can be trusted.")
st.markdown(about_text.HOW)

st.subheader("What a date rests on", anchor=False)
counts = shown.statements["said_on_basis"].value_counts()
tables.table(
    "What dates rest on",
    ["Basis", "Meaning", "Statements"],
    [[basis.value.capitalize(), meaning, int(counts.get(basis.value, 0))] for basis, meaning in EXPLAINED.items()],
    numbers=["Statements"],
)

st.subheader("This release", anchor=False)
tables.table(
    "This release",
    ["What", "Value"],
    [
        ["Number", f"{manifest.number}"],
        ["Built", manifest.published_at],
        ["Grammar model", manifest.parser],
        ["Meaning model", manifest.encoder or "none: search goes by words alone"],
        *([name.capitalize(), count] for name, count in sorted(manifest.counts.items())),
    ],
)
st.caption(f"{text.count(len(shown.release.skipped), 'input')} could not be used.")
if len(shown.release.skipped):
    with st.expander("What was skipped, and why"):
        skipped = shown.release.skipped.head(200)
        tables.table("Skipped inputs", ["Input", "Reason", "Detail"], skipped.to_numpy().tolist())

st.subheader("Licences of the texts", anchor=False)
licences = shown.release.documents["licence"].fillna("not stated").value_counts()
tables.table(
    "Licences",
    ["Licence", "Texts"],
    [[str(licence), int(count)] for licence, count in licences.head(20).items()],
    numbers=["Texts"],
)
st.markdown(about_text.LIMITS)
