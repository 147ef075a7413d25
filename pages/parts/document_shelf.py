"""The list of documents: searched by title, sorted, by pages; and which of it stands before and after one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.queries.shelf import Listed, Order
from pages.parts import data, language, links, text
from pages.parts.language import mark, number, tr, trn

_PER_PAGE = 25
_ORDERS = {
    Order.NEWEST: mark("Newest first"),
    Order.OLDEST: mark("Oldest first"),
    Order.MOST: mark("Most statements first"),
    Order.TITLE: mark("By title"),
}


def draw() -> None:
    """Draw the documents that print what the filters keep, each a link to its text."""
    shelf = data.current().shelf
    counts = data.document_counts()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = _ask_title()
        order = _ask_order()
    found = _places(order, title)
    st.caption(_counted(int((counts > 0).sum()), len(found), title))
    if not len(found):
        st.info(tr("Try other words of the title, or clear the box."), title=tr("No title has these words"))
        return
    body = st.container(gap="small", key="shelf")
    at = links.page_number(-(-len(found) // _PER_PAGE))
    with body:
        for row in shelf.rows(found[(at - 1) * _PER_PAGE : at * _PER_PAGE], counts):
            _line(row)


def _counted(kept: int, found: int, title: str) -> str:
    texts = trn("{count} text", "{count} texts", kept)
    if title:
        return tr("{found} of {texts} have these words in their title.", found=number(found), texts=texts)
    every = number(len(data.current().shelf))
    return tr("{texts} with statements that the filters keep, of {every} in the archive.", texts=texts, every=every)


def _ask_title() -> str:
    if links.opened() or "title" not in st.session_state:
        st.session_state["title"] = links.get("title") or ""
    asked: str = st.text_input(
        tr("Words in the title"), key="title", on_change=_to_first_page, icon=":material/search:", max_chars=200
    )
    links.keep("title", asked.strip())
    return asked.strip()


def _ask_order() -> Order:
    key = links.choice("sort", [str(each) for each in Order], str(Order.NEWEST))
    chosen: str = st.selectbox(
        tr("Order"),
        [str(each) for each in Order],
        key=key,
        format_func=lambda each: tr(_ORDERS[Order(each)]),
        on_change=_to_first_page,
        width=240,
    )
    links.keep("sort", chosen, str(Order.NEWEST))
    return Order(chosen)


def _to_first_page() -> None:
    links.put(page=None)


def _places(order: Order, title: str) -> np.ndarray:
    """Places of the documents in the list as it is asked for."""
    shelf, counts = data.current().shelf, data.document_counts()
    return data.picked().keep(("shelf", order, title), lambda: shelf.listed(counts, order, title))


def _line(row: Listed) -> None:
    kept = trn("{count} statement", "{count} statements", row.statements)
    if row.statements < row.every:
        kept = tr("{kept} of {every}", kept=kept, every=number(row.every))
    about = [row.publisher, language.day(row.published_on) if row.published_on else tr("date not known"), kept]
    title = text.shortened(text.known(row.title) or tr("Untitled text"), 110)
    with st.container(gap=None):
        links.to(
            "document",
            f"**{text.markdown(title)}**",
            icon=":material/description:",
            document=row.document_id,
            title=links.get("title"),
            sort=links.get("sort"),
            page=links.get("page"),
        )
        st.caption(text.markdown(" · ".join(part for part in about if part)))


def neighbours(document_id: str) -> None:
    """Draw the way back to the list, and to the documents before and after this one in it."""
    shelf = data.current().shelf
    links.choice("sort", [str(each) for each in Order], str(Order.NEWEST))  # says so where the link asks for another
    found = _places(Order(links.get("sort") or Order.NEWEST), links.get("title") or "")
    place = shelf.place(document_id)
    at = next(iter(np.flatnonzero(found == place).tolist()), None) if place is not None else None
    before = shelf.document_id(found[at - 1]) if at else None
    after = shelf.document_id(found[at + 1]) if at is not None and at + 1 < len(found) else None
    st.button(tr("All documents"), icon=":material/arrow_back:", on_click=_open, args=(None,), key="all documents")
    st.button(
        tr("Previous document"),
        icon=":material/chevron_left:",
        disabled=before is None,
        on_click=_open,
        args=(before,),
        key="document before",
    )
    st.button(
        tr("Next document"),
        icon=":material/chevron_right:",
        disabled=after is None,
        on_click=_open,
        args=(after,),
        key="document after",
    )
    if at is None:
        where = tr("not among those that the filters keep")
    else:
        where = tr("{place} of {every}", place=number(at + 1), every=number(len(found)))
    st.caption(where, width="content")


def _open(document_id: str | None) -> None:
    """Show another document, or the list where it is None; a callback."""
    links.put(document=document_id, quote=None)
