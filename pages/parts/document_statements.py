"""What is said in a document: who is quoted how often, and each quotation with a way to its place in the text."""

from __future__ import annotations

from urllib.parse import quote as in_an_address

import pandas as pd
import streamlit as st

from analysis.schema import Kind
from pages.parts import data, links, marked_text, palette, tables, text
from pages.parts.language import number, tr, trn

_MOST = 300  # listed; a longer text's are reached with previous and next


def draw(prints: pd.DataFrame, asked: str | None) -> None:
    """Draw who is quoted, and every statement of the text in its order. prints: ``whole_prints``."""
    label = trn("{count} statement in this text", "{count} statements in this text", len(prints))
    if asked:  # the quotation at hand is what the reader came for
        if (every := st.expander(label, on_change="rerun", key="every_statement")).open:
            with every:
                _listed(prints)
        return
    st.subheader(label, anchor=False)
    _listed(prints)
    speakers = prints["speaker_name"].fillna(tr("Speaker not known")).value_counts()
    if 1 < len(speakers) < len(prints):
        tables.table(
            tr("Who is quoted here"),
            [tr("Speaker"), tr("Statements")],
            [[str(name), int(count)] for name, count in speakers.items()],
            numbers=[tr("Statements")],
        )


def _listed(prints: pd.DataFrame) -> None:
    shown, picked = data.current(), data.picked()
    rows = data.rows(prints.head(_MOST))
    places = shown.places.get_indexer(pd.Index([str(row["statement_id"]) for row in rows])).tolist()
    kept = [place >= 0 and picked.holds(place) for place in places]
    if not all(kept):
        st.caption(tr("{kept} of {every} are within the filters.", kept=number(sum(kept)), every=number(len(rows))))
    items = [_item(row, has_page=place >= 0, is_kept=held) for row, place, held in zip(rows, places, kept, strict=True)]
    st.html(f'<ol class="or-list or-within">{"".join(items)}</ol>')
    if len(prints) > _MOST:
        st.caption(trn("And {count} more.", "And {count} more.", len(prints) - _MOST))


def _item(row: data.Row, *, has_page: bool, is_kept: bool) -> str:
    words = text.shortened(str(row["text"]), 110)
    words = f"“{words}”" if row["kind"] == Kind.DIRECT else words
    target = in_an_address(marked_text.anchor_of(str(row["quote_id"])))
    about = [f"<strong>{text.escape(text.known(row['speaker_name']) or tr('Speaker not known'))}</strong>"]
    if has_page:
        about.append(links.anchor("statement", tr("open"), statement=str(row["statement_id"])))
    if not is_kept:
        about.append(tr("outside the filters"))
    return (
        f'<li style="--side:{palette.colour(text.known(row["side"]))}">'
        f'<a href="#{text.escape(target)}">{text.escape(words)}</a>'
        f'<span class="or-soft">{" · ".join(about)}</span></li>'
    )
