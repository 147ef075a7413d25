"""Speakers: who speaks, in which office, how often and when; and one speaker's profile."""

from __future__ import annotations

from analysis.queries.speakers import directory
from pages.parts import data, frame, profile

shown, statements = data.current(), data.selected()
frame.heading("Speakers", "Everyone whose words the archive holds. Choose one for a profile.")

if statements.empty:
    frame.nothing_matches()
else:
    listed = directory(statements, shown.names)
    chosen = profile.choose(listed)
    if chosen is None:
        profile.table(listed)
    else:
        profile.draw(chosen)
