"""What the queries of the Search page find: computed once for each release, filters and query, then shared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis import logs, warming
from analysis.queries import on_hand
from analysis.queries.every_match import EveryMatch, every_match
from analysis.queries.ranking import Mode, Near
from analysis.queries.selection import Selection
from pages.parts import data, links
from pages.parts.language import told, tr

_PAGE = "search"


def find(query: str, mode: Mode, enough: Near = "close") -> EveryMatch:
    """All that a query finds among what the filters keep; by words alone while there is no encoder.

    enough: how near in meaning is near enough.
    """
    try:
        return _find(*_key(), query, mode, _by_meaning(), enough)
    except ValueError as mismatch:
        st.warning(tr("{sentence}.", sentence=told(mismatch)), title=tr("Search goes by words alone"))
        return _find(*_key(), query, "words", False, enough)


def for_panel() -> EveryMatch | None:
    """What the Search page's query finds in the whole release, whose values the filter panel then counts.

    None where nothing is asked. The panel is drawn before the page, so the query is looked up where the page will.
    """
    if st.session_state["address"][0] != _PAGE:
        return None
    query, asked = _about_to_be("q").strip(), _about_to_be("mode")
    if not query:
        return None
    mode: Mode = "semantic" if asked == "semantic" else "words" if asked == "words" else "hybrid"
    try:
        return _find(*_key(Selection()), query, mode, _by_meaning(), "close")
    except ValueError:  # the page says why
        return _find(*_key(Selection()), query, "words", False, "close")


def _about_to_be(name: str) -> str:
    """What a widget of the page will hold: what a link that was opened asks for, else what it holds."""
    is_held = name in st.session_state and not links.opened()
    return str((st.session_state[name] if is_held else links.get(name)) or "")


def waits_for_meaning(mode: Mode, every: Sequence[EveryMatch]) -> bool:
    """True where meaning would find more, the release has it, and there is no encoder: not yet, or not at all."""
    would_find = any(found.by == "words" for found in every)
    return mode != "words" and would_find and bool(data.current().release.manifest.dimensions) and not _by_meaning()


def _by_meaning() -> bool:
    return bool(data.current().release.manifest.dimensions) and warming.encoder() is not None


def _key(selection: Selection | None = None) -> tuple[str, int, Selection, str]:
    asked = data.selection() if selection is None else selection
    return data.folder(), data.current().release.number, asked, repr(asked)


@st.cache_resource(max_entries=48, show_spinner=False)
def _find(
    folder: str, number: int, _selection: Selection, key: str, query: str, mode: Mode, by_meaning: bool, enough: Near
) -> EveryMatch:
    shown = on_hand.opened(folder, number)
    encoder = warming.encoder() if by_meaning else None
    if not by_meaning and shown.release.manifest.dimensions:
        mode = "words"  # the page says why
    if key == repr(data.selection()):  # what the panel counts by is no search of its own
        logs.asked("search", query, mode=mode, release=number)
    places, names = data.picked(_selection).places, shown.vocabulary
    return every_match(shown.release, query, places, encoder=encoder, mode=mode, names=names, enough=enough)
