"""Manage: for admins, which release visitors see and what stays in the archive."""

from __future__ import annotations

import streamlit as st

from access.roles import Act
from pages.parts import frame, managing_parts, ordering, signing_in
from pages.parts.language import tr

frame.heading(tr("Manage"), tr("Which release visitors see, which documents are in it, and which releases are kept."))
signing_in.allow(Act.REPUBLISH)
ordering.say_problem()
asked = ordering.asked_for()
if asked is not None:
    ended = ordering.watch(asked[0], Act.REPUBLISH)
    if ended is not None:
        managing_parts.ended(asked[1], ended)
elif ordering.can_change():
    st.subheader(tr("Releases"), anchor=False)
    managing_parts.go_back()
    st.subheader(tr("Documents"), anchor=False)
    managing_parts.document()
    st.subheader(tr("Room"), anchor=False)
    managing_parts.clean()
