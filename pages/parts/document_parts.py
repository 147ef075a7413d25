"""A document's text with its quotations marked, and what leads on from it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.exporting.notes import Order
from analysis.queries.documents import other_prints, same_print, whole_prints
from analysis.queries.timeline import neighbours
from analysis.schema import Document
from pages.parts import data, document_shelf, document_statements, frame, links, marked_text, statement_card, take, text
from pages.parts.language import number, tr

_OTHERS = 12  # prints listed beside the asked one
SCROLL = 'setTimeout(() => document.querySelector(".or-asked")?.scrollIntoView({block: "center"}), 250)'


def read(document_id: str) -> None:
    """Draw one document: its text at the left, the asked quotation and the others at the right."""
    found = data.read(document_id)
    if found is None:
        st.error(tr("The text could not be read from the archive; run `python -m analysis check`."))
        return
    quotes = data.quotes_in(document_id)
    asked = links.get("quote")
    if asked is not None and asked not in set(quotes["quote_id"]):
        links.lost([tr("quotation “{asked}” is not in this text", asked=asked)])
        links.put(quote=None)
        asked = None
    title = found.title or tr("Untitled text")
    frame.heading(text.markdown(title), _printed(found), download=_statements(document_id, quotes))
    _metadata(found)
    words, beside = st.columns([7, 4], gap="large")
    with words:
        st.html(marked_text.marked(found, quotes, asked))
        if notes := marked_text.footnotes(found):
            st.markdown(f"##### {tr('Sources')}")
            st.html(notes)
        if asked:
            anew = f'<span hidden data-asked="{text.escape(asked)}"></span>'  # another quotation, another scroll
            st.html(f"{anew}<script>{SCROLL}</script>", unsafe_allow_javascript=True)
    with beside, st.container(key="beside_text"):  # style.css keeps it in sight beside a long text
        _beside(quotes, asked)


def _statements(document_id: str, quotes: pd.DataFrame) -> take.Source:
    """What is said in a text, to take along."""
    known = data.current().places
    ids = [each for each in dict.fromkeys(map(str, quotes["statement_id"].dropna())) if each in known]
    return take.these(ids, document_id, order=Order.TEXT, filtered=False)


def _printed(found: Document) -> str:
    parts = [found.publisher or tr("Publisher not known"), found.author]
    if found.published_on:
        parts.append(tr("published {day}", day=found.published_on))
    else:
        parts.append(tr("publication date not known"))
    if found.published_on_text:
        parts.append(tr("by the words “{words}”", words=text.shortened(found.published_on_text, 60)))
    return " · ".join(text.markdown(part) for part in parts if part)


def _metadata(found: Document) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        document_shelf.neighbours(found.document_id)
    details = [
        tr("Licence: {licence}", licence=text.escape(found.licence)) if found.licence else tr("Licence not stated")
    ]
    if found.url:
        page = text.outside_link(found.url, text.shortened(found.url, 90))
        details.insert(0, tr("Source: {source}", source=page))
    st.html(f'<p class="or-soft or-tight-p">{" · ".join(details)}</p>')


def _beside(quotes: pd.DataFrame, asked: str | None) -> None:
    if quotes.empty:
        st.info(tr("No quotation was found in this text."))
        return
    prints = whole_prints(quotes)
    _steps([str(quote_id) for quote_id in prints["quote_id"]], same_print(quotes, asked) if asked else frozenset())
    if asked:
        statement_id = text.known(quotes.set_index("quote_id").loc[asked, "statement_id"])
        if statement_id and statement_id in data.current().places:
            st.html(statement_card.card(data.current().statement(statement_id), in_context=False))
            links.share(
                tr("Link to this quotation"), path="document", document=str(quotes["document_id"].iloc[0]), quote=asked
            )
            _prints(statement_id, asked)
    document_statements.draw(prints, asked)


def _steps(order: Sequence[str], lit: frozenset[str]) -> None:
    """Draw the buttons to the statements before and after the one at hand. lit: the pieces of its print."""
    at = next((place for place, quote_id in enumerate(order) if quote_id in lit), None)
    before, after = neighbours(order, order[at]) if at is not None else (None, order[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, icon, to in (
            (tr("Previous"), ":material/arrow_upward:", before),
            (tr("Next"), ":material/arrow_downward:", after),
        ):
            st.button(label, icon=icon, disabled=to is None, on_click=links.put, kwargs={"quote": to})
        if at is not None:
            st.caption(tr("{place} of {every}", place=number(at + 1), every=number(len(order))), width="content")


def _prints(statement_id: str, asked: str) -> None:
    """Draw the other places where the statement is printed."""
    shelf = data.current().shelf
    others = data.rows(other_prints(data.quotes_of(statement_id), asked))[:_OTHERS]
    if not others:
        return
    st.markdown(f"**{tr('Also printed in')}**")
    places = [shelf.place(str(quote["document_id"])) for quote in others]
    listed = {row.document_id: row for row in shelf.rows([place for place in places if place is not None], shelf.every)}
    items = []
    for quote in others:
        document_id, quote_id = str(quote["document_id"]), str(quote["quote_id"])
        row = listed.get(document_id)
        name = (text.known(row.title) or text.known(row.publisher)) if row else None
        label = text.shortened(name or tr("Untitled text"), 70)
        items.append(f"<li>{links.anchor('document', label, document=document_id, quote=quote_id)}</li>")
    st.html(f'<ul class="or-list">{"".join(items)}</ul>')
