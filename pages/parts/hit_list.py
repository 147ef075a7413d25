"""The statements that a query finds, a page at a time, by relevance or by date."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.exporting.hits import columns
from analysis.exporting.notes import Order
from analysis.queries.every_match import EveryMatch, Sort
from pages.parts import data, hits, links, take
from pages.parts.language import mark, told, tr, trn

_SORTS: dict[str, str] = {
    "relevance": mark("Relevance"),
    "newest": mark("Newest first"),
    "oldest": mark("Oldest first"),
}
_ORDERS: dict[Sort, Order] = {"relevance": Order.RANK, "newest": Order.LATEST, "oldest": Order.TIME}
_PER_PAGE = 10


def draw(found: EveryMatch) -> None:
    """Draw the statements; those that come next besides where the reader asks for them, or where none is found."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        sort = _choose_sort(found)
        further = _with_further(found)
        order = found.ordered(data.current().release.statements, sort, further=further)
        take.menu(_source(found, order, sort if len(found.places) else "relevance"))
    if not len(found.places):
        nearest = tr("None of them is close; these come nearest, the nearest first.")
        st.caption(told(found.note) if found.note else nearest)
    elif found.note:
        st.caption(told(found.note))
    body = st.container()
    number = links.page_number(-(-len(order) // _PER_PAGE))
    with body:
        _cards(found, order[(number - 1) * _PER_PAGE : number * _PER_PAGE])
        if not further and found.further and len(order) < _PER_PAGE:
            st.caption(
                tr("These come next. They are only related, or hold few of the words, and are not counted above:")
            )
            _cards(found, found.next_best()[: _PER_PAGE - len(order)])


def _source(found: EveryMatch, order: np.ndarray, sort: Sort) -> take.Source:
    """All that is listed, to take along, with what each was found by."""
    release, places = data.current().release, order.tolist()
    return take.at(
        order,
        "search",
        order=_ORDERS[sort],
        query=links.get("q") or "",
        further=lambda: columns(found.hits(release, places)),
    )


def _cards(found: EveryMatch, places: np.ndarray) -> None:
    page = found.hits(data.current().release, places.tolist())
    hits.cards(page, "" if found.by == "filters" else found.understood.query.asked)


def _choose_sort(found: EveryMatch) -> Sort:
    """Filters alone rank nothing: then the newest come first."""
    options = [name for name in _SORTS if name != "relevance" or found.by != "filters"]
    picked = st.segmented_control(
        tr("Order"),
        options,
        key=links.choice("sort", options, options[0]),
        required=True,
        format_func=lambda option: tr(_SORTS[option]),
        on_change=links.put,
        kwargs={"page": None},
    )
    links.keep("sort", picked, options[0])
    return picked or options[0]  # type: ignore[return-value]


def _with_further(found: EveryMatch) -> bool:
    """Draw the choice to see what comes next too, where there is any; what was chosen. Where nothing is found: yes."""
    if links.opened() or "far" not in st.session_state:
        asked = links.get("far")
        if asked not in (None, "on"):
            links.lost([tr("far “{asked}” is not on", asked=asked)])
        st.session_state["far"] = asked == "on"
    if not found.further or not len(found.places):
        return bool(found.further)
    label = trn("Also the {count} that comes next", "Also the {count} that come next", found.further)
    chosen = st.toggle(
        label,
        key="far",
        help=tr("Statements that are only related, or that hold few of the words. They are not counted above."),
        on_change=links.put,
        kwargs={"page": None},
    )
    links.keep("far", "on" if chosen else None)
    return chosen
