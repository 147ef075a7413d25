"""A statement as readers see it everywhere: words, who, when and on what evidence, where it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
import streamlit as st

from analysis.queries.dates import as_day, basis_in_words
from analysis.queries.timeline import position
from analysis.schema import Kind, Span
from pages.parts import collecting, data, language, links, palette, text
from pages.parts.language import mark, number, told, tr, trn

_KINDS = {
    Kind.DIRECT: (mark("Direct"), mark("printed in quotation marks")),
    Kind.MIXED: (mark("Mixed"), mark("reported, partly in quotation marks")),
    Kind.INDIRECT: (mark("Indirect"), mark("reported; not the speaker’s exact words")),
}


def card(
    statement: data.Row,
    *,
    reason: str | None = None,
    found: Sequence[str] = (),
    part: Span | None = None,
    similar: bool = True,
    on_timeline: bool = True,
    in_context: bool = True,
) -> str:
    """HTML of one statement with the ways on from it.

    reason: why a search found it, in words. found: words to highlight. part: of the statement's words, what to
    underline. similar, on_timeline, in_context: with those links.
    """
    on = ways(statement, similar=similar, on_timeline=on_timeline, in_context=in_context)
    return f'<div class="or-box">{face(statement, reason, found, part)}{on}</div>'


def face(statement: data.Row, reason: str | None = None, found: Sequence[str] = (), part: Span | None = None) -> str:
    """HTML of a card without its links. part: of the statement's words, what to underline."""
    why = f'<p class="or-soft" style="margin:0 0 .6rem 0">{text.escape(reason)}</p>' if reason else ""
    return why + body(statement, found, part)


def ways(
    statement: data.Row,
    *,
    own_page: bool = True,
    similar: bool = True,
    on_timeline: bool = True,
    in_context: bool = True,
    collect: bool = True,
) -> str:
    """HTML of the links that lead on from a statement."""
    statement_id, drawn = str(statement["statement_id"]), []
    if own_page:
        help = tr("Everything about this statement: each print in its context, formulas, similar ones")
        drawn.append(links.way("statement", tr("Open"), "article", help=help, statement=statement_id))
    if in_context and text.known(statement["document_id"]):
        drawn.append(
            links.way(
                "document",
                tr("In context"),
                "format_quote",
                help=tr("The document, with these words highlighted"),
                document=str(statement["document_id"]),
                quote=text.known(statement["quote_id"]),
            )
        )
    if on_timeline:
        help = tr("What was said before and after")
        drawn.append(links.way("timeline", tr("On the timeline"), "timeline", help=help, statement=statement_id))
    if similar:
        help = tr("Statements that are close in meaning")
        drawn.append(links.way("search", tr("More like this"), "join_inner", help=help, like=statement_id))
    if collect:
        drawn.append(collecting.button(statement_id))
    return f'<div class="or-ways">{"".join(drawn)}</div>'


def steps(order: np.ndarray, asked: str) -> None:
    """Draw the buttons to the statements before and after ``asked`` in ``order``, and where it stands there.

    order: places in the statements table.
    """
    shown = data.current()
    place = shown.place(asked)
    at = None if place is None else position(order, place)
    where, before, after = tr("not in the list"), None, None
    if at is not None:
        where = tr("{place} of {every}", place=number(at + 1), every=number(len(order)))
        before = shown.statement_id(order[at - 1]) if at else None
        after = shown.statement_id(order[at + 1]) if at + 1 < len(order) else None
    with st.container(horizontal=True, vertical_alignment="center"):
        for way, label, icon, to, keys in (
            ("previous", tr("Previous"), ":material/arrow_back:", before, "Alt+Up"),
            ("next", tr("Next"), ":material/arrow_forward:", after, "Alt+Down"),
        ):
            st.button(
                label,
                icon=icon,
                disabled=to is None,
                on_click=links.put,
                kwargs={"statement": to, "event": None},
                key=f"step {way}",
                shortcut=keys,
            )
        st.caption(where, width="content")


def quoted(statement: data.Row, found: Sequence[str] = (), part: Span | None = None) -> str:
    """HTML of a statement's words, in quotation marks where they are direct."""
    words = text.highlighted(str(statement["text"]), found, part)
    return f"“{words}”" if statement["kind"] == Kind.DIRECT else words


def kind_in_words(statement: data.Row) -> tuple[str, str]:
    """How the words are printed, in the reader's language: the kind's name, and what it means."""
    name, explained = _KINDS.get(str(statement["kind"]), (str(statement["kind"]), ""))  # type: ignore[call-overload]
    return tr(name), tr(explained)


def body(statement: data.Row, found: Sequence[str] = (), part: Span | None = None) -> str:
    """The card's HTML: every word that is not ours is escaped."""
    side = text.known(statement["side"])
    name = text.known(statement["speaker_name"]) or tr("Speaker not known")
    office = text.known(statement["office"])
    kind, kind_explained = kind_in_words(statement)
    day = as_day(statement["said_on"])
    basis = basis_in_words(str(statement["said_on_basis"]), text.known(statement["said_on_text"]))
    who = language.beside(f"<strong>{text.escape(name)}</strong>", text.escape(office or ""))
    return (
        f'<article class="or-card" style="--side:{palette.colour(side)}">'
        f'<p class="or-words">{quoted(statement, found, part)}</p>'
        f'<p>{who} <span class="or-tag"><span class="or-dot"></span>{text.escape(data.side(side))}</span></p>'
        f'<p><strong>{language.day(day)}</strong> <span class="or-soft">— {text.escape(told(basis))}</span></p>'
        f'<p class="or-soft"><span class="or-tag">{text.escape(kind)}</span>{text.escape(kind_explained)}'
        f"{_printed(statement)}</p>{_formulas(statement)}</article>"
    )


def _formulas(statement: data.Row) -> str:
    """The fixed wordings that it uses."""
    tags = formula_tags(statement)
    return f'<p class="or-soft">{tr("Formulas: {names}", names=tags)}</p>' if tags else ""


def formula_tags(statement: data.Row) -> str:
    """HTML of a tag for each formula that it uses, a link to all statements with it."""
    known = data.current().formulas
    return "".join(
        f'<span class="or-tag">{formula_anchor(each, told(known[each].name) if each in known else str(each))}</span>'
        for each in statement["formulas"]
    )


def formula_anchor(formula_id: str, label: str) -> str:
    """HTML that links ``label`` to every statement of the release that uses a formula."""
    return links.anchor("timeline", label, shared={"formula": [str(formula_id)]})


def _printed(statement: data.Row) -> str:
    """Who relayed it, how often it is printed, and the page where it can be read."""
    via = text.known(statement["via"])
    prints = int(statement["prints"])
    publishers = [str(name) for name in statement["publishers"]]
    parts = [tr("via {name}", name=text.escape(via))] if via else []
    if prints > 1:
        by = text.escape(language.listed(publishers) or tr("publishers not named"))
        parts.append(
            trn(
                "printed {count} time, by {publishers}", "printed {count} times, by {publishers}", prints, publishers=by
            )
        )
    if link := source(statement):
        parts.append(tr("source: {source}", source=link))
    return "".join(f" · {part}" for part in parts)


def cards(rows: Sequence[data.Row], *, similar: bool = True) -> None:
    """Draw several statements, one under the other, in one piece. similar: with the link to similar ones."""
    st.html("".join(card(row, similar=similar) for row in rows))


def source(statement: data.Row) -> str:
    """HTML of the page where its words are printed, a link where it has an address; empty where none is known."""
    title = text.known(statement["source_title"]) or text.known(statement["source_url"])
    publisher = text.known(statement["source_publisher"]) or next(iter(statement["publishers"]), None)
    label = language.labelled(publisher, title) if title and publisher else title or publisher
    return text.outside_link(statement["source_url"], text.shortened(str(label), 120)) if label else ""


def briefly(rows: Sequence[data.Row], notes: Sequence[str] = ()) -> None:
    """Draw several statements in a few lines each, the words a link to their page. notes: words to add to each."""
    items = []
    for row, note in zip_longest(rows, notes[: len(rows)]):
        words = text.shortened(str(row["text"]), 140)
        label = f"“{words}”" if row["kind"] == Kind.DIRECT else words
        about = [text.known(row["speaker_name"]) or tr("Speaker not known"), language.day(as_day(row["said_on"])), note]
        items.append(
            f'<li style="--side:{palette.colour(text.known(row["side"]))}">'
            f"{links.anchor('statement', label, statement=str(row['statement_id']))}"
            f'<span class="or-soft">{text.escape(" · ".join(part for part in about if part))}</span></li>'
        )
    st.html(f'<ul class="or-list">{"".join(items)}</ul>')
