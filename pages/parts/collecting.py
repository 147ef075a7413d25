"""The dossier that the reader collects: what is in it, and the button that puts a statement there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.exporting.dossier import MOST, Dossier, read_dossier
from pages.parts import data, in_browser, links, text
from pages.parts.in_browser import Answers
from pages.parts.language import number, tr

PATH = "dossier"
NOTE, TITLE = "dossier_note_", "dossier_title"  # keys of the fields; a note's is followed by its statement
_DISABLED = " disabled=disabled"
_HELD, _MINE = "dossier", "dossier_of_browser"


def dossier() -> Dossier:
    """What was collected so far."""
    held: Dossier = st.session_state.get(_HELD, Dossier())
    return held


def change(new: Dossier) -> None:
    """Go on with a dossier that the reader changed."""
    st.session_state[_HELD] = new


def adopt(new: Dossier) -> None:
    """Go on with another dossier than that which is shown."""
    change(new)
    st.session_state.pop(_MINE, None)
    for key in [key for key in st.session_state if str(key) == TITLE or str(key).startswith(NOTE)]:
        del st.session_state[key]  # fields are filled anew


def mine() -> Dossier | None:
    """The dossier that the browser keeps, while another that came by a link is shown; else None."""
    found: Dossier | None = st.session_state.get(_MINE)
    return found


def menu_title(title: str) -> str:
    """``title`` of the page in the menu, with how many statements are collected. Drawn before ``take_in``."""
    held = len(dossier())
    if not held and "address" not in st.session_state and (st.context.url or "").endswith(f"/{PATH}"):
        held = len(read_dossier({"statement": st.query_params.get_all("statement")}).dossier)
    return tr("{title} ({count})", title=title, count=number(held)) if held else title


def take_in() -> None:
    """Take in the dossier of an opened link. The back button takes nothing away that was collected since."""
    if not links.opened() or st.session_state["address"][0] != PATH:
        return
    asked = read_dossier(links.address())
    links.lost(asked.lost)
    if asked.dossier.items and not (dossier().items and st.session_state["went_back"]):
        adopt(asked.dossier)


def keep() -> None:
    """Let the browser keep the dossier as a run begins; unless it keeps another and the reader has not decided."""
    with st.sidebar:
        in_browser.draw(None if mine() else dossier(), Answers(_found, _elsewhere, _turn))


def _found(kept: Dossier) -> None:
    if not dossier().items:
        adopt(kept)
    elif kept.items and kept != dossier():
        st.session_state[_MINE] = kept


def _elsewhere(kept: Dossier) -> None:
    if not mine() and kept != dossier():
        adopt(kept)


def button(statement_id: str) -> str:
    """HTML of the button that puts a statement into the dossier, or takes it out again."""
    held = statement_id in dossier()
    full = not held and not dossier().room
    help = _full() if full else tr("Take it out again") if held else tr("Collect it, to note and take along")
    label = tr("In the dossier") if held else tr("Add to dossier")
    face = text.icon("bookmark_added" if held else "bookmark_add") + text.escape(label)
    more = f'title="{text.escape(help)}"' + _DISABLED * full
    return f'<button type="button" class="or-way" data-collect="{text.escape(statement_id)}" {more}>{face}</button>'


def button_for_all(statement_ids: Sequence[str], key: str) -> None:
    """Draw the button that puts all of these into the dossier, where it has room for them. For use in a fragment."""
    new = [each for each in statement_ids if each not in dossier()]
    if not new:
        st.caption(tr("All of them are in the dossier."))
        return
    full = len(new) > dossier().room
    label = tr("Add all {count} to the dossier", count=number(len(new)))
    if st.button(label, icon=":material/bookmark_add:", disabled=full, help=_full() if full else None, key=key):
        change(dossier().with_these(new))
        st.rerun()  # the whole page: the menu counts what is collected


def _full() -> str:
    held = number(len(dossier()))
    return tr("A dossier holds up to {most} statements, and this one has {count}", most=MOST, count=held)


def _turn(statement_id: str) -> None:
    """Put a statement in, or take it out again; the browser names it, so it may be any."""
    held = dossier()
    if statement_id in held:
        change(held.without(statement_id))
    elif held.room and data.current().place(statement_id) is not None:
        change(held.with_these([statement_id]))
