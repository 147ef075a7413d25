"""The numbers behind a chart: as a table, as a CSV file, and how the chart's camera saves the picture."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.exporting.notes import Notes
from analysis.exporting.tables import write_cells
from pages.parts import charts, data, links, tables, take
from pages.parts.language import tr
from pages.parts.tables import Cell, Html

_MARKUP = re.compile(r"<[^>]*>")


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    numbers: Sequence[str] = (),
    tight: Sequence[str] = (),
    filtered: bool = True,
    plain: tuple[Sequence[str], Sequence[Sequence[Cell]]] | None = None,
) -> None:
    """Draw the numbers as ``tables.table`` does, and what takes them along. Best within "The numbers behind the chart".

    name: of the file, in plain English, and one on its page. filtered: the filters decided on the numbers. plain: head
    and rows for the file, where those shown are for reading.
    """
    saved_head, saved_rows = plain or (head, rows)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.download_button(
            tr("These numbers as CSV"),
            partial(_csv, list(saved_head), [list(row) for row in saved_rows], _notes(filtered)),
            file_name=take.file_name(name, ".csv"),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"numbers {name}",
        )
        if not charts.is_phone():  # a phone's charts have no buttons
            _picture(name)
    tables.table(caption, head, rows, numbers, tight)


def _picture(name: str) -> None:
    key = f"picture {name}"
    st.session_state.setdefault(key, charts.picture())

    def choose() -> None:
        st.session_state[charts.PICTURE] = st.session_state[key]

    st.segmented_control(
        tr("The camera on the chart saves it as"),
        charts.PICTURES,
        key=key,
        required=True,
        on_change=choose,
        format_func=str.upper,
    )


def _notes(filtered: bool) -> list[str]:
    release = data.current().release
    asked = data.selection().to_parameters() if filtered else {}
    notes = Notes(release.number, release.manifest.published_at[:10], len(release.statements), selection=asked)
    return [str(release.number), notes.selected, f"{links.site()}/{links.view()}"]


def _csv(head: list[str], rows: list[list[Cell]], notes: list[str]) -> bytes:
    """The table, with release, selection and link in the last columns of each row."""
    file = io.StringIO(newline="")
    plain = ([_plain(value) for value in row] + notes for row in rows)
    write_cells([*head, "release", "selection", "link"], plain, file)
    return file.getvalue().encode("utf-8", "replace")


def _plain(value: Cell) -> Cell:
    return html.unescape(_MARKUP.sub("", value)) if isinstance(value, Html) else value
