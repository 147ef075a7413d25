"""Taking statements along: the menu of downloads, each file made only when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.archive import Release
from analysis.exporting import naming
from analysis.exporting.dossier import MOST
from analysis.exporting.exported import Exported, in_order
from analysis.exporting.formats import FORMATS, Format
from analysis.exporting.hits import columns
from analysis.exporting.notes import Notes, Order
from analysis.exporting.reference import reference
from analysis.queries.search import Hit
from pages.parts import collecting, data, failing, links
from pages.parts.language import current, mark, number, told, tr

_GROUPS = (
    (mark("For a paper"), ("docx", "markdown", "text")),
    (mark("For a reference manager"), ("bibtex", "ris", "csl")),
    (mark("As data"), ("xlsx", "csv", "json", "parquet")),
)
Further = Callable[[], Mapping[str, Sequence[Any]]]
_AT_ONCE = threading.Semaphore(2)  # files made at a time: more would only make every page wait


@dataclass(frozen=True)
class Source:
    """Statements that can be taken along, not fetched before they are asked for. Nothing in it needs a session.

    further: gives columns beside their own, a value for each. order, query: as ``Notes`` has them.
    filtered: the filters decided on them, or on the list from which they come.
    """

    count: int
    fetch: Callable[[], pd.DataFrame]
    name: str  # of the file
    order: Order = Order.TIME
    query: str = ""
    further: Further = dict
    title: str = ""
    filtered: bool = True


def selection() -> Source:
    """What the filters keep."""
    picked = data.picked()
    return Source(len(picked), lambda: in_order(picked.statements), "selection")


def these(
    statement_ids: Sequence[str],
    name: str,
    *,
    order: Order,
    query: str = "",
    title: str = "",
    filtered: bool = True,
    further: Further = dict,
) -> Source:
    """Statements of the release by identifier, in this order."""
    shown, ids = data.current(), list(statement_ids)
    return Source(len(ids), lambda: shown.statements.loc[ids], name, order, query, further, title, filtered)


def at(
    places: Sequence[int] | np.ndarray,
    name: str,
    *,
    order: Order,
    query: str = "",
    further: Further = dict,
) -> Source:
    """Statements that the filters keep by their places in the release's table, in this order."""
    statements, rows = data.current().release.statements, np.asarray(places, dtype=np.intp)
    return Source(len(rows), lambda: statements.iloc[rows], name, order, query, further)


def hits(found: Sequence[Hit], query: str) -> Source:
    """What a search found, best first, each with its rank and what it was found by."""
    ids = [hit.statement_id for hit in found]
    return these(ids, "search", order=Order.RANK, query=query, further=partial(columns, found))


def menu(source: Source, key: str = "take") -> None:
    """Draw the button that opens the menu; nothing where there is nothing. ``key``: one for each menu of a page."""
    if source.count:
        with st.container(width="content"):  # a fragment would take all the room that is left in a row
            _menu(source, key)


@st.fragment
@failing.told("menu")
def _menu(source: Source, key: str) -> None:
    opened = st.popover(
        tr("Download"),
        icon=":material/download:",
        help=tr("These statements as a document, as citations or as data"),
        on_change="rerun",
        key=key,
    )
    if not opened.open:
        return
    with opened:
        every = len(data.current().statements)
        st.markdown(tr("**{count}** of {every} statements", count=number(source.count), every=number(every)))
        for label, names in _GROUPS:
            st.caption(tr(label))
            with st.container(horizontal=True, gap="small"):
                for name in names:
                    _download(source, FORMATS[name], f"{key} {name}")
        if source.filtered and source.count <= MOST:
            collecting.button_for_all([str(each) for each in source.fetch()["statement_id"]], f"{key} collect")
        st.caption(tr("Each file names the release, what was asked, the link to this view and the licences."))
        if current() != "en":
            st.caption(tr("Files are in English: the same statements give the same file in every language."))


def _download(source: Source, form: Format, key: str) -> None:
    takes = form.takes(source.count)
    st.download_button(
        told(form.label),
        _make(source, form) if takes else b"",
        file_name=file_name(source.name, form.suffix),
        mime=form.mime,
        on_click="ignore",
        disabled=not takes,
        help=None if takes else told(form.too_many(source.count)),
        key=key,
    )


def _make(source: Source, form: Format) -> Callable[[], bytes]:
    """What makes the file, without a session: it runs when the reader clicks, beside the page."""
    asked = data.selection().to_parameters() if source.filtered else {}
    about = {
        "selection": asked,
        "query": source.query,
        "order": source.order,
        "view": links.view(),
        "site": links.site(),
    }
    return partial(_made, source, form, data.current().release, about)


def _made(source: Source, form: Format, release: Release, about: Mapping[str, Any]) -> bytes:
    with _AT_ONCE:
        notes = Notes.of(release, **about)
        return form.write(Exported(source.fetch(), notes, source.further(), source.title))


def file_name(name: str, suffix: str) -> str:
    """A file's name: "on-record-3-selection.csv" for release 3."""
    return naming.file_name(data.current().release.number, name, suffix)


def cite(statement: data.Row, key: str = "cite") -> None:
    """Draw the button that shows one statement's citation, to copy or to take along."""
    with st.container(width="content"):
        _cite(statement, key)


@st.fragment
@failing.told("cite")
def _cite(statement: data.Row, key: str) -> None:
    opened = st.popover(
        tr("Cite"),
        icon=":material/format_quote:",
        help=tr("A citation to copy, and for reference managers"),
        on_change="rerun",
        key=key,
    )
    if not opened.open:
        return
    statement_id = str(statement["statement_id"])
    with opened:
        st.code(reference(statement, data.current().release.number).plain(), language=None, wrap_lines=True)
        with st.container(horizontal=True, gap="small"):
            for name in ("bibtex", "ris", "csl", "docx"):
                source = these([statement_id], statement_id, order=Order.ONE, filtered=False)
                _download(source, FORMATS[name], f"{key} {name}")
