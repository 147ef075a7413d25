"""Entities: whom and what statements name; one of them; and what is named together."""

from __future__ import annotations

from pages.parts import data, entity_directory, entity_profile, frame, take
from pages.parts.language import tr

profile = entity_profile.asked()
frame.heading(
    tr("Entities"),
    tr("People, states, institutions, places, events and treaties that statements name."),
    download=None if profile else take.selection(),
)

if profile is not None:
    entity_profile.draw(data.picked(), profile)
elif not len(data.picked()):
    frame.nothing_matches()
else:
    entity_directory.draw(data.picked())
