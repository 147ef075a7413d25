"""Speakers: who speaks, in which office, how often and when; and one speaker's profile."""

from __future__ import annotations

from pages.parts import data, frame, profile
from pages.parts.language import tr

frame.heading(tr("Speakers"), tr("Everyone whose words the archive holds. Choose one for a profile."))

if data.selected().empty:
    frame.nothing_matches()
else:
    listed = data.picked().directory
    chosen = profile.choose(listed)
    if chosen is None:
        profile.table(listed)
    else:
        profile.draw(chosen)
