"""What admins do: an older release made the newest, a document taken out, old releases removed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from access.roles import Act
from analysis.archive import releases
from analysis.changing.orders import HowFar, Order
from analysis.queries import on_hand
from pages.parts import data, links, ordering, tables, text
from pages.parts.language import number, tr, trn

_OLDER, _KEEP, _SURE = "older_release", "keep_releases", "sure_to_remove"
_USUAL = 5  # releases to keep, where nothing else is said


def ended(order: Order, how_far: HowFar) -> None:
    """Say what came of a change."""
    if not ordering.failed(how_far):
        on_hand.forget()
        st.success(_what(order, how_far), icon=":material/check_circle:")
    st.button(tr("Good"), key="seen", on_click=links.put, kwargs={"order": None, "document": None})


def _what(order: Order, how_far: HowFar) -> str:
    result = how_far.result
    if order.act == "remove":
        return tr("Release {number} is published without the document.", number=result["release"])
    if order.act == "republish":
        return tr("Release {number} holds what release {older} held.", number=result["release"], older=result["of"])
    gone = trn("{count} release was removed", "{count} releases were removed", len(result["removed"]))
    return tr("{gone}, and {size} MB given back.", gone=gone, size=number(round(result["size"] / 1e6)))


def document() -> None:
    """Ask whether the document that the address names is to be taken out."""
    asked = links.get("document")
    if asked is None:
        st.caption(tr("To take a document out, open it and choose “Remove from the archive” below its text."))
        return
    place = data.current().shelf.place(asked)
    found = data.read(asked) if place is not None else None
    if found is None:
        links.lost([tr("document “{asked}” is not in this release", asked=asked)])
        links.put(document=None)
        return
    with st.container(border=True):
        st.markdown(tr("Take out **{title}**?", title=text.markdown(found.title or found.source)))
        st.caption(
            tr(
                "Statements that it alone prints go with it. Older releases keep it, and a later build of sources that "
                "hold it brings it back."
            )
        )
        with st.container(horizontal=True):
            st.button(
                tr("Remove the document"),
                icon=":material/delete:",
                type="primary",
                key="remove_document",
                on_click=_remove,
                args=(asked,),
            )
            st.button(tr("Keep it"), key="keep_document", on_click=links.put, kwargs={"document": None})


def _remove(document_id: str) -> None:
    ordering.begin(Act.REMOVE, "remove", documents=(document_id,))


def go_back() -> None:
    """Draw the releases, and the choice of an older one to make the newest."""
    published = releases(Path(data.folder()))
    tables.table(
        tr("Releases"),
        [tr("Release"), tr("Date published"), tr("Documents"), tr("Statements")],
        [
            [f"{one.number}", one.published_at[:10], one.counts["documents"], one.counts["statements"]]
            for one in reversed(published[-20:])
        ],
        numbers=[tr("Documents"), tr("Statements")],
    )
    older = [one.number for one in reversed(published[:-1])]
    if not older:
        st.caption(tr("There is no older release to go back to."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(tr("Older release"), older, key=_OLDER, width=200)
        st.button(tr("Publish it as the newest"), icon=":material/history:", key="go_back", on_click=_go_back)
    st.caption(tr("Visitors then see what it holds. Releases in between stay, and links to them."))


def _go_back() -> None:
    asked = st.session_state.get(_OLDER)
    if isinstance(asked, int):
        ordering.begin(Act.REPUBLISH, "republish", release=asked)


def clean() -> None:
    """Draw the choice of how many releases stay."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(tr("Releases to keep"), min_value=1, value=_USUAL, step=1, key=_KEEP, width=200)
        st.button(tr("Remove the older ones"), icon=":material/mop:", key="clean", on_click=_clean)
    st.checkbox(tr("Links to removed releases will show the newest instead; I know."), key=_SURE)


def _clean() -> None:
    keep = st.session_state.get(_KEEP)
    if st.session_state.get(_SURE) is True and isinstance(keep, int) and keep >= 1:
        ordering.begin(Act.CLEAN, "clean", keep=keep)
