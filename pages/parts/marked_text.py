"""A document's words, or a part of them, as HTML: quotations marked with their speakers, footnotes numbered."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pandas as pd

from analysis.queries.dates import as_day
from analysis.queries.documents import Piece, numbered, pieces, same_print
from analysis.schema import Citation, Document, Span
from pages.parts import data, language, links, palette, text
from pages.parts.language import tr


def marked(found: Document, quotes: pd.DataFrame, asked: str | None, window: Span | None = None) -> str:
    """Every quotation in a mark that names its speaker and links to itself, ``asked`` lit up.

    quotes: those of the document. window: the part to show, with "…" where the text goes on; None for all.
    """
    part = window or Span(0, len(found.text))
    by_id = {str(quote["quote_id"]): quote for quote in data.rows(quotes)}
    spans = [
        (quote_id, int(quote["start"]) - part.start, int(quote["end"]) - part.start)
        for quote_id, quote in by_id.items()
        if quote["start"] < part.end and quote["end"] > part.start
    ]
    plain = [
        Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
        for span in found.boilerplate
        if span.overlaps(part)
    ]
    put = [
        Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
        for span in found.questions
        if span.overlaps(part)
    ]
    noted = [
        (number, citation.at - part.start)
        for number, citation in zip(numbered(found.citations)[0], found.citations, strict=True)
        if part.start < citation.at <= part.end or window is None
    ]
    numbers = [number for number, _ in noted]
    lit = same_print(quotes, asked) if asked else frozenset()
    words = found.text[part.start : part.end]
    begun: set[str] = set()
    drawn = "".join(
        _piece(found.document_id, words, piece, by_id, lit, begun)
        + "".join(f"<sup>[{numbers[note]}]</sup>" for note in piece.notes)
        for piece in pieces(len(words), spans, plain, [at for _, at in noted], put)
    )
    before = "… " if found.text[: part.start].rstrip(" ") and not found.text[: part.start].endswith("\n") else ""
    after = " …" if part.end < len(found.text) and found.text[part.end] != "\n" else ""
    return f'<div class="or-doc" lang="{text.escape(found.lang)}">{before}{drawn}{after}</div>'


def anchor_of(quote_id: str) -> str:
    """Where a quotation begins within its text's HTML, for links in the same page."""
    return f"at-{quote_id}"


def footnotes(found: Document, window: Span | None = None) -> str:
    """The sources that the text, or its part in ``window``, cites, by their numbers; empty where it cites none."""
    numbers, sources = numbered(found.citations)
    cited = {
        number
        for number, citation in zip(numbers, found.citations, strict=True)
        if window is None or window.start < citation.at <= window.end
    }
    rows = "".join(
        f'<li value="{number}">{_source(source)}</li>' for number, source in enumerate(sources, 1) if number in cited
    )
    return f'<ol class="or-soft or-notes">{rows}</ol>' if rows else ""


def _source(source: Citation) -> str:
    """HTML of one source: who printed it, the page, and when."""
    page = text.outside_link(source.url, source.title or source.url or tr("untitled"))
    published = language.day(as_day(source.published_on)) if source.published_on else ""
    return language.beside(language.labelled(text.escape(source.publisher), page), published)


def _piece(
    document_id: str,
    words: str,
    piece: Piece,
    quotes: Mapping[str, data.Row],
    lit: frozenset[str],
    begun: set[str],
) -> str:
    shown = text.escape_exactly(words[piece.start : piece.end])
    if piece.quote_ids:
        quote_id = next((each for each in piece.quote_ids if each in lit), piece.quote_ids[-1])
        quote = quotes[str(quote_id)]
        begins = quote_id not in begun
        label = _label(document_id, quote) if begins else ""
        place = f' id="{text.escape(anchor_of(str(quote_id)))}"' if begins else ""
        begun.add(str(quote_id))
        look = "or-q or-asked" if quote_id in lit else "or-q"
        shown = f'<mark class="{look}"{place} style="--side:{palette.colour(quote["side"])}">{label}{shown}</mark>'
    elif piece.is_question:
        told = text.escape(tr("A question put to the speaker: no statement"))
        shown = f'<span class="or-put" title="{told}">{shown}</span>'
    elif piece.is_boilerplate:
        shown = f'<span class="or-plain">{shown}</span>'
    return shown


def _label(document_id: str, quote: data.Row) -> str:
    name = text.known(quote["speaker_name"]) or tr("Speaker not known")
    where = urlencode(links.parameters({"document": document_id, "quote": str(quote["quote_id"])}))
    return (
        f'<a class="or-who" target="_self" href="document?{text.escape(where)}" '
        f'title="{text.escape(tr("Open this quotation"))}">'
        f"{text.escape(name)}</a>"
    )
