"""Document: the text with everything that is quoted in it, one quotation highlighted; else the list of documents."""

from __future__ import annotations

from access.roles import Act
from pages.parts import data, document_parts, document_shelf, frame, links, signing_in, take
from pages.parts.language import tr

shown = data.current()
asked = links.get("document")
if asked is not None and shown.shelf.place(asked) is None:
    links.lost([tr("document “{asked}” is not in this release", asked=asked)])
    links.put(document=None, quote=None)
    asked = None

if asked is None:
    frame.heading(
        tr("Documents"),
        tr("The texts that the statements were found in. Choose one to read it with its quotations."),
        download=take.selection(),
    )
    if not len(data.picked()):
        frame.nothing_matches()
    else:
        document_shelf.draw()
else:
    document_parts.read(asked)
    if signing_in.may(Act.REMOVE):
        links.to("manage", tr("Remove from the archive"), icon=":material/delete:", document=asked)
