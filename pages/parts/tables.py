"""Small tables as HTML: readable by screen readers and on a phone, every cell escaped."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import text
from pages.parts.language import number

Cell = object  # shown as text; a Html cell is ours and shown as it stands


class Html(str):
    """Markup made by us from escaped parts."""


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[str] = (),
    tight: Sequence[str] = (),
) -> None:
    """Draw a table. ``caption`` is read, not seen. numbers: columns set flush right. tight: columns that don't wrap."""

    def cell(tag: str, value: Cell, name: str) -> str:
        look = ' class="or-number"' if name in numbers else ' class="or-tight"' if name in tight else ""
        scope = ' scope="col"' if tag == "th" else ""
        if isinstance(value, int) and not isinstance(value, bool):
            value = number(value)
        return f"<{tag}{scope}{look}>{value if isinstance(value, Html) else text.escape(value)}</{tag}>"

    top = "".join(cell("th", name, name) for name in head)
    body = "".join(
        "<tr>" + "".join(cell("td", value, name) for name, value in zip(head, row, strict=True)) + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="or-scroll"><table class="or-table" aria-label="{text.escape(caption)}">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )
