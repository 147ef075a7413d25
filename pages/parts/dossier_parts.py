"""The dossier's page: its title, its statements in order, each with a note, and what to do with them."""

from __future__ import annotations

import streamlit as st

from analysis.exporting.dossier import LONGEST_NOTE, LONGEST_NOTES, LONGEST_TITLE, Dossier
from analysis.exporting.notes import Order
from pages.parts import collecting, data, language, links, statement_card, take, text
from pages.parts.language import number, tr, trn

_PER_PAGE = 12
_TOO_LONG = "dossier_notes_too_long"
_LONG_LINK = 8_000  # characters; from there on, programs and servers are known that cut an address


def source() -> take.Source:
    """The statements of the dossier that this release has, to take along."""
    held = collecting.dossier()
    known = data.current().statements.index
    there = [item for item in held.items if item.statement_id in known]
    return take.these(
        [item.statement_id for item in there],
        "dossier",
        order=Order.COLLECTED,
        title=held.title,
        filtered=False,
        further=lambda: {"note": [item.note or None for item in there]},
    )


def state() -> None:
    """Put the dossier into the page's address, and say what of it this release does not have."""
    held = collecting.dossier()
    wanted = held.to_parameters()
    links.put(**{name: wanted.get(name) for name in ("statement", "title", "notes")})
    if links.opened():
        known = data.current().statements.index
        missing = [each for each in held.ids if each not in known]
        links.lost(tr("statement “{statement}” is not in this release", statement=each) for each in missing)


def another() -> None:
    """Let the reader decide where the browser keeps another dossier than the link's."""
    kept = collecting.mine()
    if kept is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            trn(
                "This dossier came by a link. Your browser keeps another one, of {count} statement.",
                "This dossier came by a link. Your browser keeps another one, of {count} statements.",
                len(kept),
            ),
            width="stretch",
        )
        st.button(tr("Show mine"), on_click=collecting.adopt, args=(kept,), key="show mine")
        st.button(tr("Add mine to this one"), on_click=collecting.adopt, args=(_joined(kept),), key="add mine")
        st.button(tr("Keep this one instead"), on_click=collecting.adopt, args=(collecting.dossier(),), key="keep this")


def _joined(kept: Dossier) -> Dossier:
    """This session's dossier with what ``kept`` has besides, notes too."""
    held = collecting.dossier()
    joined = held.with_these(kept.ids)
    for item in kept.items:
        if item.note and item.statement_id not in held:
            joined = joined.noted(item.statement_id, item.note)
    return joined


def empty() -> None:
    """Say how statements are collected."""
    st.info(
        tr("“Add to dossier” under a statement puts it here; “Download” on a list adds all of it."),
        title=tr("Nothing is collected yet"),
        icon=":material/bookmarks:",
    )
    with st.container(horizontal=True):
        links.to("search", tr("Search"), icon=":material/search:")
        links.to("timeline", tr("Timeline"), icon=":material/timeline:")


def head() -> None:
    """Draw the title and what can be done with the whole."""
    held = collecting.dossier()
    if collecting.TITLE not in st.session_state:
        st.session_state[collecting.TITLE] = held.title
    st.text_input(
        tr("Title"), key=collecting.TITLE, max_chars=LONGEST_TITLE, on_change=_title, placeholder=tr("What it is about")
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        told = trn("{count} statement", "{count} statements", len(held))
        if not data.selection().is_empty:
            told = language.clauses([told, tr("the filters do not narrow a dossier")])
        st.caption(told, width="content")
        st.button(tr("Oldest first"), icon=":material/sort:", type="tertiary", on_click=_by_day, key="by day")
        st.button(
            tr("Empty it"),
            icon=":material/delete:",
            type="tertiary",
            on_click=collecting.adopt,
            args=(Dossier(),),
            key="empty",
        )
    known = data.current().statements.index
    if lacking := sum(each not in known for each in held.ids):
        st.caption(
            trn(
                "{count} is not in this release: it stays in the link and is left out of files.",
                "{count} are not in this release: they stay in the link and are left out of files.",
                lacking,
            )
        )
    if st.session_state.pop(_TOO_LONG, False):
        st.warning(
            tr("Shorten a note: a link carries some {count} characters of notes, packed.", count=number(LONGEST_NOTES)),
            title=tr("This note was not kept"),
        )
    length = len(links.full())
    if length > _LONG_LINK:
        st.caption(
            tr(
                "The link has {count} characters, and some programs cut it after {some}: send the Word file along.",
                count=number(length),
                some=number(_LONG_LINK),
            )
        )


def listing() -> None:
    """Draw the statements, a page of them at a time."""
    held = collecting.dossier()
    body = st.container()
    page = links.page_number(-(-len(held) // _PER_PAGE))
    first = (page - 1) * _PER_PAGE
    with body:
        for at, item in enumerate(held.items[first : first + _PER_PAGE], start=first):
            _item(at, item.statement_id, item.note, len(held))


def _item(at: int, statement_id: str, note: str, every: int) -> None:
    shown = data.current()
    known = statement_id in shown.statements.index
    with st.container(border=True, gap="small"):
        if known:
            statement = shown.statement(statement_id)
            st.html(f'<p class="or-soft or-tight-p">{number(at + 1)}</p>{statement_card.face(statement)}')
        else:
            unknown = tr(
                "“{statement}” is not in release {release}.", statement=statement_id, release=shown.release.number
            )
            st.html(f'<p class="or-soft or-tight-p">{number(at + 1)}</p><p>{text.escape(unknown)}</p>')
        key = f"{collecting.NOTE}{statement_id}"
        if key not in st.session_state:
            st.session_state[key] = note
        st.text_area(
            tr("Your note on {place}", place=number(at + 1)),
            key=key,
            max_chars=LONGEST_NOTE,
            height=68,
            on_change=_note,
            args=(statement_id,),
        )
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            _moves(at, statement_id, every)
            if known:
                st.html(statement_card.ways(statement, similar=False, collect=False))


def _moves(at: int, statement_id: str, every: int) -> None:
    for label, icon, by, possible in (
        (tr("Up"), ":material/arrow_upward:", -1, at > 0),
        (tr("Down"), ":material/arrow_downward:", 1, at < every - 1),
    ):
        st.button(
            label,
            icon=icon,
            type="tertiary",
            disabled=not possible,
            key=f"move {by} {statement_id}",
            on_click=_move,
            args=(statement_id, by),
        )
    st.button(
        tr("Take out"),
        icon=":material/bookmark_remove:",
        type="tertiary",
        key=f"take out {statement_id}",
        on_click=_take_out,
        args=(statement_id,),
    )


def _title() -> None:
    collecting.change(collecting.dossier().titled(str(st.session_state[collecting.TITLE] or "")))


def _note(statement_id: str) -> None:
    noted = collecting.dossier().noted(statement_id, str(st.session_state[f"{collecting.NOTE}{statement_id}"] or ""))
    if noted.fits:
        collecting.change(noted)
    else:
        st.session_state[_TOO_LONG] = True


def _move(statement_id: str, by: int) -> None:
    collecting.change(collecting.dossier().moved(statement_id, by))


def _take_out(statement_id: str) -> None:
    collecting.change(collecting.dossier().without(statement_id))


def _by_day() -> None:
    held = collecting.dossier()
    statements = data.current().statements
    there = statements.loc[[each for each in held.ids if each in statements.index]]
    ordered = there.sort_values("said_on", na_position="last", kind="stable")["statement_id"]
    collecting.change(held.sorted_by({str(each): place for place, each in enumerate(ordered)}))
