"""What is new, as an Atom feed of any selection or search: newest release first, then newest day."""

from __future__ import annotations

import uuid
from xml.etree import ElementTree as Xml

import numpy as np
from starlette.responses import Response

from analysis.exporting.exported import Exported
from analysis.exporting.notes import RIGHTS
from analysis.exporting.reference import reference
from analysis.exporting.words import one_line, xml_text
from analysis.queries import on_hand
from analysis.queries.link_parameters import pairs, written
from analysis.queries.news import first_seen, published_at
from analysis.web_address import web_address, written_out
from routes.asking import Asked
from routes.searching import found_by

MEDIA = "application/atom+xml"
MOST = 50  # entries
_ATOM = "http://www.w3.org/2005/Atom"
_SPACE = uuid.UUID("5d0f2f3c-6a0c-5f0e-9b1b-3f6c2b8f5a10")  # of this program's identifiers; never change it
_LONGEST_TITLE = 120


def feed(asked: Asked) -> Response:
    """The newest statements of a selection, or of what ``q`` finds."""
    places = _newest(asked)
    head = Xml.Element(f"{{{_ATOM}}}feed")
    own = asked.own()
    query = (asked.get("q") or "").strip()
    unpinned = [(name, value) for name, value in pairs(own, asked.filters(), 0) if name != "release"]
    itself = f"{asked.site}/{written('feed.atom', unpinned)}"
    page = asked.address("search" if query else "timeline", own)
    _add(head, "id", _identifier("feed", written("", unpinned)))
    _add(head, "title", f"On Record: {query}" if query else "On Record")
    _add(head, "subtitle", _subtitle(asked, query))
    _add(head, "updated", published_at(on_hand.folder(), asked.opened.release.number))
    _add(head, "rights", RIGHTS)
    _add(head, "generator", "On Record")
    _link(head, "self", itself, MEDIA)
    _link(head, "alternate", page, "text/html")
    statements = asked.opened.release.statements.iloc[places]
    for place, row in zip(places.tolist(), Exported(statements, asked.exported()).rows(), strict=True):
        _entry(head, asked, place, row)
    Xml.register_namespace("", _ATOM)
    body = Xml.tostring(head, encoding="utf-8", xml_declaration=True)
    return Response(body, 200, media_type=f"{MEDIA}; charset=utf-8")


def _newest(asked: Asked) -> np.ndarray:
    """Places of the entries' statements."""
    kept = found_by(asked).places if asked.get("q") else asked.kept
    order = asked.opened.timetable.calendar.newest_first(None if kept is None else np.sort(kept))
    number = asked.opened.release.number
    since = first_seen(on_hand.folder(), number, tuple(each for each in asked.there if each < number))
    return np.asarray(order[np.argsort(-since[order], kind="stable")][:MOST])


def _entry(head: Xml.Element, asked: Asked, place: int, row: dict[str, object]) -> None:
    number = asked.opened.release.number
    since = first_seen(on_hand.folder(), number, tuple(each for each in asked.there if each < number))[place]
    cited, entry = reference(row, number), Xml.SubElement(head, f"{{{_ATOM}}}entry")
    words = one_line(row["text"])
    short = words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE].rstrip()} …"
    updated = published_at(on_hand.folder(), int(since))
    _add(entry, "id", _identifier("statement", str(row["statement_id"])))
    _add(entry, "title", f"{cited.who}, {cited.when}: {short}")
    _add(entry, "updated", updated)
    if row["first_published_on"]:
        _add(entry, "published", f"{row['first_published_on']}T00:00:00Z")
    _add(Xml.SubElement(entry, f"{{{_ATOM}}}author"), "name", one_line(row["speaker_name"]) or "Speaker not known")
    _link(entry, "alternate", asked.exported().statement_link(row["statement_id"]), "text/html")
    if source := web_address(row["source_url"]):
        _link(entry, "via", written_out(source), None)
    content = _add(entry, "content", cited.plain())
    content.set("type", "text")


def _subtitle(asked: Asked, query: str) -> str:
    chosen = [("query", query)] if query else []
    chosen += [(name, value) for name, values in asked.filters().items() for value in values]
    told = "; ".join(f"{name}={one_line(value)}" for name, value in chosen) or "every statement"
    return " · ".join([f"Release {asked.opened.release.number}", told, *asked.notes])


def _identifier(kind: str, value: str) -> str:
    """The same for the same thing wherever the archive is served, and in every release."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{kind} {value}')}"


def _add(parent: Xml.Element, name: str, words: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = xml_text(words)
    return made


def _link(parent: Xml.Element, relation: str, address: str, media: str | None) -> None:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=xml_text(address))
    if media:
        made.set("type", media)
