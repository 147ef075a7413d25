"""What the profiles of speakers and of entities share: their heads, and the formulas of their statements."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import streamlit as st

from analysis.queries.tallies import tally
from pages.parts import data, links, tables, text
from pages.parts.language import listed, number, told, tr

_FORMULAS = 10


def head(back: str, name: str, facts: Iterable[str], entity: data.Row, counted: tuple[int, int]) -> None:
    """Draw the way back to the directory, the name, what is known, and how much of it the filters keep.

    back: what the directory is called. facts: HTML. counted: statements that the filters keep, and all.
    """
    st.button(back, icon=":material/arrow_back:", on_click=links.put, kwargs={"profile": None, "page": None})
    st.header(text.markdown(name), anchor=False)
    st.html(f'<p style="margin:0">{" · ".join([*facts, *_wikidata(entity)])}{_also_known_as(entity)}</p>')
    kept, every = counted
    if kept < every:
        st.caption(tr("The filters keep {kept} of {every}.", kept=number(kept), every=number(every)))


def _wikidata(entity: data.Row) -> list[str]:
    """HTML of the way to Wikidata, where it is known."""
    item = text.known(entity.get("wikidata"))
    if item is None or not re.fullmatch(r"Q\d+", item):
        return []
    return [text.outside_link(f"https://www.wikidata.org/wiki/{item}", tr("Wikidata: {item}", item=item))]


def _also_known_as(entity: data.Row) -> str:
    """HTML of the other names of an entity; empty where there are none."""
    aliases = [alias for alias in entity.get("aliases") or () if alias != entity.get("name")]
    if not aliases:
        return ""
    return f'<br><span class="or-soft">{text.escape(tr("Also: {names}", names=listed(aliases)))}</span>'


def formulas(rows: np.ndarray, shared: dict[str, list[str]]) -> None:
    """Draw the fixed wordings that some statements use most. shared: filters that their links set beside it."""
    st.subheader(tr("Most used formulas"), anchor=False)
    found = tally(data.current().release.statements, "formulas", rows)
    if not found:
        st.caption(tr("None of these statements uses a formula that is known."))
        return
    known = data.current().formulas
    tables.table(
        tr("Most used formulas"),
        [tr("Formula"), tr("Statements"), tr("Share")],
        [
            [
                tables.Html(
                    links.anchor(
                        "timeline",
                        told(known[key].name) if key in known else key,
                        shared={**st.session_state["shared"], **shared, "formula": [key]},
                    )
                ),
                count,
                f"{100 * count / len(rows):.1f} %",
            ]
            for key, count in found[:_FORMULAS]
        ],
        numbers=[tr("Statements"), tr("Share")],
    )
    if len(found) > _FORMULAS:
        st.caption(tr("The first {shown} of {every}.", shown=_FORMULAS, every=number(len(found))))
