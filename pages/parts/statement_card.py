"""A statement as readers see it everywhere: words, who, when and on what evidence, where it is printed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries.dates import as_day, basis_in_words, in_words
from analysis.schema import Kind
from pages.parts import data, links, palette, text

_KINDS = {
    Kind.DIRECT: ("Direct", "printed in quotation marks"),
    Kind.MIXED: ("Mixed", "reported, partly in quotation marks"),
    Kind.INDIRECT: ("Indirect", "reported; not the speaker’s exact words"),
}


def card(
    statement: data.Row,
    *,
    reason: str | None = None,
    found: Sequence[str] = (),
    similar: bool = True,
    on_timeline: bool = True,
    in_context: bool = True,
) -> None:
    """Draw one statement with the ways on from it.

    reason: why a search found it, in words. found: words to highlight. similar, on_timeline,
    in_context: draw those links.
    """
    with st.container(border=True, gap="small"):
        if reason:
            st.html(f'<p class="or-soft" style="margin:0">{text.escape(reason)}</p>')
        st.html(body(statement, found))
        statement_id = str(statement["statement_id"])
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            if in_context and text.known(statement["document_id"]):
                links.to(
                    "document",
                    "In context",
                    icon=":material/format_quote:",
                    help="The document, with these words highlighted",
                    document=str(statement["document_id"]),
                    quote=text.known(statement["quote_id"]),
                )
            if on_timeline:
                links.to(
                    "timeline",
                    "On the timeline",
                    icon=":material/timeline:",
                    help="What was said before and after",
                    statement=statement_id,
                )
            if similar:
                links.to(
                    "search",
                    "Similar",
                    icon=":material/join_inner:",
                    help="Statements that are close in meaning",
                    like=statement_id,
                )


def body(statement: data.Row, found: Sequence[str] = ()) -> str:
    """The card's HTML: every word that is not ours is escaped."""
    shown = data.current()
    words = text.highlighted(str(statement["text"]), found)
    if statement["kind"] == Kind.DIRECT:
        words = f"“{words}”"
    side = text.known(statement["side"])
    name = text.known(statement["speaker_name"]) or "Speaker not known"
    office = text.known(statement["office"])
    kind, kind_explained = _KINDS.get(str(statement["kind"]), (str(statement["kind"]), ""))  # type: ignore[call-overload]
    day = as_day(statement["said_on"])
    basis = basis_in_words(str(statement["said_on_basis"]), text.known(statement["said_on_text"]))
    who = f"<strong>{text.escape(name)}</strong>" + (f", {text.escape(office)}" if office else "")
    return (
        f'<article class="or-card" style="--side:{palette.colour(side)}">'
        f'<p class="or-words">{words}</p>'
        f'<p>{who} <span class="or-tag"><span class="or-dot"></span>{text.escape(shown.side(side))}</span></p>'
        f'<p><strong>{in_words(day)}</strong> <span class="or-soft">— {text.escape(basis)}</span></p>'
        f'<p class="or-soft"><span class="or-tag">{text.escape(kind)}</span>{text.escape(kind_explained)}'
        f"{_printed(statement)}</p>{_formulas(statement)}</article>"
    )


def _formulas(statement: data.Row) -> str:
    """The fixed wordings that it uses."""
    names = data.current().formula_names
    tags = [f'<span class="or-tag">{text.escape(names.get(each, each))}</span>' for each in statement["formulas"]]
    return f'<p class="or-soft">Formulas: {"".join(tags)}</p>' if tags else ""


def _printed(statement: data.Row) -> str:
    """Who relayed it, how often it is printed, and the page where it can be read."""
    via = text.known(statement["via"])
    prints = int(statement["prints"])
    publishers = [str(name) for name in statement["publishers"]]
    parts = [f"via {text.escape(via)}"] if via else []
    if prints > 1:
        parts.append(f"printed {prints} times, by {text.escape(', '.join(publishers) or 'publishers not named')}")
    source = text.known(statement["source_title"]) or text.known(statement["source_url"])
    publisher = text.known(statement["source_publisher"]) or (publishers[0] if publishers else None)
    if source or publisher:
        label = f"{publisher}: {source}" if source and publisher else source or publisher
        parts.append("source: " + text.outside_link(statement["source_url"], text.shortened(str(label), 120)))
    return "".join(f" · {part}" for part in parts)


def cards(rows: Sequence[data.Row]) -> None:
    """Draw several statements, one under the other."""
    for row in rows:
        card(row)
