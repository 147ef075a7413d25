"""Document: the text with everything that is quoted in it, the asked quotation highlighted."""

from __future__ import annotations

from pages.parts import data, document_parts, frame, links
from pages.parts.language import tr

shown = data.current()
asked = links.get("document")
if asked is not None and asked not in shown.documents:
    links.lost([tr("document “{asked}” is not in this release", asked=asked)])
    links.put(document=None, quote=None)
    asked = None

if asked is None:
    frame.heading(
        tr("Documents"),
        tr("The texts that the statements were found in. Choose one to read it with its quotations."),
    )
    if data.selected().empty:
        frame.nothing_matches()
    else:
        document_parts.shelf(data.selected_documents())
else:
    document_parts.read(asked)
