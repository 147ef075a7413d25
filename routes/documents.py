"""The texts that statements were found in, and the releases that hold them."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from analysis.archive.manifest import Manifest
from analysis.archive.manifest import releases as published
from analysis.archive_place import place
from analysis.queries import on_hand
from analysis.queries.shelf import Order
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import address, paged, plain
from routes.problems import Problem

_OF_DOCUMENT = ("document_id", "url", "title", "publisher", "author", "published_on", "lang", "licence", "content_hash")
_OF_QUOTE = (
    "quote_id",
    "statement_id",
    "start",
    "end",
    "text",
    "kind",
    "speaker_id",
    "speaker_name",
    "via",
    "said_on",
    "said_on_basis",
    "side",
    "confidence",
)


def documents(asked: Asked) -> Content | Response:
    """The documents that print what the filters keep; one that is asked for has its own address."""
    if asked.get("document"):
        return RedirectResponse(asked.moved("documents", "document"))
    shelf = asked.opened.shelf
    counts = shelf.counts(asked.kept)
    title = (asked.get("title") or "").strip()
    found = shelf.listed(counts, Order(asked.word("sort", "newest")), title)
    number, part = asked.part(len(found))
    rows = []
    for each in shelf.rows(found[part], counts):
        row = {name: plain(getattr(each, name)) for name in each.__dataclass_fields__}
        row["html_url"] = asked.address("document", {"document": each.document_id})
        rows.append({**row, "url": address(asked, "documents", each.document_id)})
    return paged(asked, "documents", len(found), rows, number, part)


def document(asked: Asked) -> Content:
    """A document with its text, and every quotation by its place in it; offsets are Unicode code points."""
    wanted, release = asked.identifier or "", asked.opened.release
    if asked.opened.shelf.place(wanted) is None:
        raise Problem(404, f"Release {release.number} has no document “{wanted[:100]}”.", "id")
    found, quotes = release.document(wanted), release.quotes_in(wanted)
    return {
        "document": {**{name: plain(getattr(found, name)) for name in _OF_DOCUMENT}, "text": found.text},
        "quotes": [{name: plain(row[name]) for name in _OF_QUOTE} for row in quotes.to_dict("records")],
    }


def releases(asked: Asked) -> Content:
    """Every release that can be asked for, newest first."""
    there = sorted(published(place(on_hand.folder())), key=lambda each: -each.number)
    return {"total": len(there), "releases": [_release(asked, each) for each in there]}


def _release(asked: Asked, manifest: Manifest) -> Content:
    return {
        "number": manifest.number,
        "published_at": manifest.published_at,
        "counts": dict(manifest.counts),
        "parser": manifest.parser,
        "encoder": manifest.encoder,
        "html_url": f"{asked.site}/?release={manifest.number}",
        "url": f"{asked.site}/api/overview?release={manifest.number}",
    }
