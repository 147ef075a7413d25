"""Statements as a Word document: each in quotation, with its note and its citation, then sources and notes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import IO, TYPE_CHECKING

from analysis.exporting.exported import Exported, Row
from analysis.exporting.packing import same_every_time
from analysis.exporting.reference import Reference, reference
from analysis.exporting.sources import sources
from analysis.exporting.words import one_line, xml_text
from analysis.web_address import web_address

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SMALL = 9  # points, of citations
_BLUE = "1F5FBF"


def write_word(exported: Exported, file: IO[bytes]) -> None:
    """A .docx file; web addresses are links, nothing else is."""
    import docx

    document = docx.Document()
    title = _clean(exported.title) or "Statements from On Record"
    _describe(document, title, exported.notes.built)
    _paragraph(document, "Title", title)
    cited = []
    for number, row in enumerate(exported.rows(), start=1):
        found = reference(row, exported.notes.release)
        cited.append(found)
        _statement(document, number, row, found)
    _paragraph(document, "Heading1", "Sources")
    for source, url, numbers in sources(cited):
        line = _paragraph(document, "ListBullet")
        _add(line, f"{source} " if source else "")
        _add_link(line, url, url)
        _add(line, f" ({', '.join(map(str, numbers))})")
    _paragraph(document, "Heading1", "About these statements")
    for name, value in exported.notes.lines(exported.documents):
        line = _paragraph(document, "Normal")
        line.add_run(f"{name}: ").bold = True
        if name == "Link":
            _add_link(line, value, value)
        else:
            _add(line, value)
    written = io.BytesIO()
    document.save(written)
    file.write(same_every_time(written.getvalue()))


def _describe(document: Document, title: str, built: str) -> None:
    """The document's properties; the only day in them is the release's."""
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], "On Record", ""
    about.created = about.modified = datetime.fromisoformat(built)
    about.last_modified_by, about.revision = "", 1


def _statement(document: Document, number: int, row: Row, cited: Reference) -> None:
    _paragraph(document, "Heading2", f"{number}. {cited.who}, {cited.when}")
    _paragraph(document, "Quote", cited.words.removeprefix("reported: "))
    for words in str(row.get("note") or "").splitlines():
        if words.strip():
            _paragraph(document, "Normal", words)
    line = _paragraph(document, "Normal")
    _add(line, "" if row["kind"] == "direct" else "Reported, not verbatim throughout. ")
    _add(line, f"{cited.source}. " if cited.source else "")
    _add_link(line, cited.url, cited.url)
    _add(line, ". " if cited.url else "")
    _add_link(line, row["statement_link"], f"{cited.via[0].upper()}{cited.via[1:]}")
    _add(line, ".")


def _paragraph(document: Document, style: str, words: str = "") -> Paragraph:
    """A paragraph. ``style`` is an identifier of the template's: looking a style up by its name takes milliseconds."""
    line = document.add_paragraph(_clean(words))
    line._p.style = style
    return line


def _add(line: Paragraph, words: str) -> None:
    from docx.shared import Pt

    if words:
        line.add_run(xml_text(words)).font.size = Pt(_SMALL)


def _add_link(line: Paragraph, address: str, label: str) -> None:
    """``label`` as a link to ``address``, or plainly where that is no web address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    if not web_address(address):
        _add(line, label)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(xml_text(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = line.add_run(xml_text(label))
    run.font.size, run.font.underline, run.font.color.rgb = Pt(_SMALL), True, RGBColor.from_string(_BLUE)
    link.append(run._r)
    line._p.append(link)


def _clean(words: object) -> str:
    return xml_text(one_line(words))
