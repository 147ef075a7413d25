"""Dossier: the statements that the reader collected, in order and with notes, to link to and to take along."""

from __future__ import annotations

from pages.parts import collecting, dossier_parts, frame
from pages.parts.language import tr

dossier_parts.state()
frame.heading(
    tr("Dossier"),
    tr("What you collect, in your order and with your notes. The link holds all of it; it is kept in this browser."),
    share=tr("Link to this dossier"),
    download=dossier_parts.source(),
)
dossier_parts.another()
if collecting.dossier().items:
    dossier_parts.head()
    dossier_parts.listing()
else:
    dossier_parts.empty()
