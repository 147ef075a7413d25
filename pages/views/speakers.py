"""Speakers: who speaks, in which office, how often and when; and one speaker's profile."""

from __future__ import annotations

from pages.parts import data, frame, speaker_directory, speaker_profile, take
from pages.parts.language import tr

profile = speaker_profile.asked()
frame.heading(
    tr("Speakers"),
    tr("Everyone whose words the archive holds. A name opens a profile."),
    download=None if profile else take.selection(),
)

if profile is not None:
    speaker_profile.draw(data.picked(), profile)
elif not len(data.picked()):
    frame.nothing_matches()
else:
    speaker_directory.draw(data.picked())
