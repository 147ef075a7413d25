"""A document's text with its quotations marked, and the list of documents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.queries.dates import as_day
from analysis.queries.documents import other_prints
from analysis.queries.timeline import neighbours
from analysis.schema import Document
from pages.parts import data, frame, language, links, marked_text, statement_card, tables, text
from pages.parts.language import number, tr, trn

_PER_PAGE = 25
_SCROLL = """<script>
setTimeout(() => document.querySelector(".or-asked")?.scrollIntoView({block: "center"}), 250);
// %s
</script>"""


def shelf(documents: pd.DataFrame) -> None:
    """Draw the list of documents, each a link to its text."""
    st.caption(
        trn(
            "{count} text with statements that the filters keep, newest first.",
            "{count} texts with statements that the filters keep, newest first.",
            len(documents),
        )
    )
    body = st.container(gap="small")
    at = links.page_number(-(-len(documents) // _PER_PAGE))
    with body:
        for row in data.rows(documents.iloc[(at - 1) * _PER_PAGE : at * _PER_PAGE]):
            day = as_day(row["published_on"])
            about = [
                text.known(row["publisher"]),
                language.day(day) if day else tr("date not known"),
                trn("{count} quotation", "{count} quotations", int(row["quotes"])),
            ]
            with st.container(gap=None):
                title = text.shortened(text.known(row["title"]) or tr("Untitled text"), 110)
                links.to(
                    "document",
                    f"**{text.markdown(title)}**",
                    icon=":material/description:",
                    document=str(row["document_id"]),
                )
                st.caption(text.markdown(" · ".join(part for part in about if part)))


def read(document_id: str) -> None:
    """Draw one document: its text at the left, the asked quotation and the others at the right."""
    shown = data.current()
    found = data.document(data.folder(), shown.release.number, document_id)
    if found is None:
        st.error(tr("The text could not be read from the archive; run `python -m analysis check`."))
        return
    quotes = shown.quotes_by_document.get(document_id, shown.release.quotes.head(0))
    order = [str(quote_id) for quote_id in quotes["quote_id"]]
    asked = links.get("quote")
    if asked is not None and asked not in order:
        links.lost([tr("quotation “{asked}” is not in this text", asked=asked)])
        links.put(quote=None)
        asked = None
    title = found.title or tr("Untitled text")
    frame.heading(text.markdown(title), _printed(found))
    _metadata(found)
    words, beside = st.columns([7, 4], gap="large")
    with words:
        st.html(marked_text.marked(found, quotes, asked))
        if notes := marked_text.footnotes(found):
            st.markdown(f"##### {tr('Sources')}")
            st.html(notes)
        if asked:
            st.html(_SCROLL % text.escape(asked), unsafe_allow_javascript=True)
    with beside, st.container(key="beside_text"):  # style.css keeps it in sight beside a long text
        _beside(quotes, order, asked)


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
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.button(
            tr("All documents"),
            icon=":material/arrow_back:",
            on_click=links.put,
            kwargs={"document": None, "quote": None, "page": None},
        )
        details = [
            tr("Licence: {licence}", licence=text.escape(found.licence)) if found.licence else tr("Licence not stated")
        ]
        if found.url:
            page = text.outside_link(found.url, text.shortened(found.url, 90))
            details.insert(0, tr("Source: {source}", source=page))
        st.html(f'<span class="or-soft">{" · ".join(details)}</span>')


def _beside(quotes: pd.DataFrame, order: Sequence[str], asked: str | None) -> None:
    shown = data.current()
    if not order:
        st.info(tr("No quotation was found in this text."))
        return
    before, after = neighbours(order, asked) if asked else (None, order[0])
    where = trn("{count} quotation", "{count} quotations", len(order))
    if asked:
        where = tr("{place} of {every}", place=number(order.index(asked) + 1), every=number(len(order)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            tr("Previous"),
            icon=":material/arrow_back:",
            disabled=before is None,
            on_click=links.put,
            kwargs={"quote": before},
        )
        st.button(
            tr("Next"),
            icon=":material/arrow_forward:",
            disabled=after is None,
            on_click=links.put,
            kwargs={"quote": after},
        )
        st.caption(where, width="content")
    if asked:
        statement_id = text.known(quotes.set_index("quote_id").loc[asked, "statement_id"])
        if statement_id and statement_id in shown.statements.index:
            statement_card.card(shown.statement(statement_id), in_context=False)
            links.share(
                tr("Link to this quotation"), path="document", document=str(quotes["document_id"].iloc[0]), quote=asked
            )
            _prints(statement_id, asked)
    else:
        speakers = quotes["speaker_name"].fillna(tr("Speaker not known")).value_counts()
        tables.table(
            tr("Who is quoted here"),
            [tr("Speaker"), tr("Quotations")],
            [[str(name), int(count)] for name, count in speakers.items()],
            numbers=[tr("Quotations")],
        )


def _prints(statement_id: str, asked: str) -> None:
    """Draw the other places where the statement is printed."""
    shown = data.current()
    prints = shown.quotes_by_statement.get(statement_id)
    others = [] if prints is None else data.rows(other_prints(prints, asked))
    if not others:
        return
    st.markdown(f"**{tr('Also printed in')}**")
    items = []
    for quote in others[:12]:
        document_id, quote_id = str(quote["document_id"]), str(quote["quote_id"])
        document = shown.documents.get(document_id, {})
        name = text.known(document.get("title")) or text.known(document.get("publisher")) or tr("Untitled text")
        items.append(
            f"<li>{links.anchor('document', text.shortened(name, 70), document=document_id, quote=quote_id)}</li>"
        )
    st.html(f'<ul class="or-list">{"".join(items)}</ul>')
