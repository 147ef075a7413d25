"""What the queries of the Search page find: computed once for each release, filters and query, then shared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis import logs, warming
from analysis.queries import on_hand
from analysis.queries.every_match import EveryMatch, every_match
from analysis.queries.ranking import Mode, Near
from pages.parts import data
from pages.parts.language import told, tr


def find(query: str, mode: Mode, enough: Near = "close") -> EveryMatch:
    """All that a query finds among what the filters keep; by words alone while there is no encoder.

    enough: how near in meaning is near enough.
    """
    try:
        return _find(*_key(), query, mode, _by_meaning(), enough)
    except ValueError as mismatch:
        st.warning(tr("{sentence}.", sentence=told(mismatch)), title=tr("Search goes by words alone"))
        return _find(*_key(), query, "words", False, enough)


def waits_for_meaning(mode: Mode, every: Sequence[EveryMatch]) -> bool:
    """True where meaning would find more, the release has it, and there is no encoder: not yet, or not at all."""
    would_find = any(found.by == "words" for found in every)
    return mode != "words" and would_find and bool(data.current().release.manifest.dimensions) and not _by_meaning()


def _by_meaning() -> bool:
    return bool(data.current().release.manifest.dimensions) and warming.encoder() is not None


def _key() -> tuple[str, int, str]:
    return data.folder(), data.current().release.number, repr(data.selection())


@st.cache_resource(max_entries=48, show_spinner=False)
def _find(
    folder: str, number: int, selection: str, query: str, mode: Mode, by_meaning: bool, enough: Near
) -> EveryMatch:
    shown = on_hand.opened(folder, number)
    encoder = warming.encoder() if by_meaning else None
    if not by_meaning and shown.release.manifest.dimensions:
        mode = "words"  # the page says why
    logs.asked("search", query, mode=mode, release=number)
    places, names = data.picked().places, shown.vocabulary
    return every_match(shown.release, query, places, encoder=encoder, mode=mode, names=names, enough=enough)
