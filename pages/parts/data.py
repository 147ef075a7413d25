"""What pages show, cached: one copy of each release for every session, never changed by a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.archive import ArchiveError
from analysis.queries import on_hand
from analysis.queries.events import Event, load_events
from analysis.queries.facets import Facets, side_name
from analysis.queries.link_parameters import release_of
from analysis.queries.on_hand import folder as folder
from analysis.queries.on_hand import numbers as numbers
from analysis.queries.on_hand import opened
from analysis.queries.opened import Opened
from analysis.queries.selection import Selection
from analysis.queries.table_rows import Row as Row
from analysis.queries.table_rows import rows as rows
from analysis.schema import Document
from analysis.settings import Settings
from pages.parts import signing_in, text
from pages.parts.language import told, tr
from pages.parts.picked import Picked


def rows_at(places: Sequence[int] | np.ndarray) -> list[Row]:
    """The statements at these places of the table."""
    return rows(current().release.statements.iloc[np.asarray(places, dtype=np.intp)])


@st.cache_resource(max_entries=64, show_spinner=False)
def _picked(folder: str, number: int, _selection: Selection, key: str) -> Picked:
    release = opened(folder, number)
    keep = release.facet_table.keeping(_selection)
    kept = None if keep is None else np.flatnonzero(keep)
    return Picked(
        release.statements,
        kept,
        _selection,
        release.timetable,
        release.names,
        release.sides,
        release.side_names,
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _facets(folder: str, number: int, _selection: Selection, _among: np.ndarray | None, key: str) -> Facets:
    release = opened(folder, number)
    if _among is None:
        return release.facet_table.count(_selection)
    mask = np.zeros(len(release.release.statements), dtype=bool)
    mask[_among] = True
    return release.facet_table.count(_selection, mask)


@st.cache_resource(ttl=60, show_spinner=False)
def events() -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events that timelines mark, and what was wrong with their file."""
    return load_events(Settings.from_environment().data / "events.csv")


@st.cache_resource(max_entries=64, show_spinner=False)
def document(folder: str, number: int, document_id: str) -> Document | None:
    """A document with its text; None when the release has no such document."""
    try:
        return opened(folder, number).release.document(document_id)
    except KeyError:
        return None


@st.cache_resource(max_entries=64, show_spinner=False)
def _quotes_in(folder: str, number: int, document_id: str) -> pd.DataFrame:
    return opened(folder, number).release.quotes_in(document_id)


@st.cache_resource(max_entries=64, show_spinner=False)
def _quotes_of(folder: str, number: int, statement_id: str) -> pd.DataFrame:
    return opened(folder, number).release.quotes_of(statement_id)


def side(value: object) -> str:
    """A side's name in the reader's language; "Side not known" for a missing one."""
    return told(side_name(str(value) if isinstance(value, str) else None, current().side_names))


def _release() -> int:
    """The number of the release that this session looks at, whose reader may read it at this moment."""
    signing_in.check_reading()
    number: int = st.session_state["release"]
    return number


def current() -> Opened:
    """The release that this session looks at."""
    return opened(folder(), _release())


def selection() -> Selection:
    """What the filters ask for."""
    asked: Selection = st.session_state["selection"]
    return asked


def facets(asked: Selection, among: np.ndarray | None = None, name: str = "") -> Facets:
    """The filters' values, each counted with the other filters as ``asked`` has them.

    among: places of the only statements that count; ``name`` tells them from others.
    """
    return _facets(folder(), _release(), asked, among, f"{name} {asked!r}")


def picked(asked: Selection | None = None) -> Picked:
    """What the filters keep, or what ``asked`` would, with everything that pages derive from it."""
    asked = selection() if asked is None else asked
    return _picked(folder(), _release(), asked, repr(asked))


def undated_left_out() -> int:
    """How many undated statements the dates leave out that the other filters keep."""
    asked = selection()
    return len(picked(replace(asked, since=None, until=None)).undated) if asked.since or asked.until else 0


def holds(statement_id: str) -> bool:
    """True when the filters keep this statement of the release."""
    place = current().place(statement_id)
    return place is not None and picked().holds(place)


def document_counts() -> np.ndarray:
    """How many statements that the filters keep each document of the shelf prints."""
    kept, shelf = picked(), current().shelf
    return kept.keep("document_counts", lambda: shelf.counts(kept.places))


def quotes_in(document_id: str) -> pd.DataFrame:
    """A document's quotes in the order of its text; shared between sessions, so never changed."""
    return _quotes_in(folder(), _release(), document_id)


def quotes_of(statement_id: str) -> pd.DataFrame:
    """The quotes that print a statement; shared between sessions, so never changed."""
    return _quotes_of(folder(), _release(), statement_id)


def read(document_id: str) -> Document | None:
    """A document of this session's release with its text; None where it cannot be read."""
    return document(folder(), _release(), document_id)


def choose_release(asked: str | None) -> int | None:
    """Decide which release this session looks at: the one a link asks for, else the one it has, else the newest.

    None when there is nothing to look at. Raises ArchiveError when what there is cannot be read.
    """
    there = numbers(folder())
    if not there:
        return None
    if asked is not None:
        wanted = release_of(asked, there)
        if wanted is not None:
            st.session_state["release"] = wanted
        else:
            st.warning(
                tr(
                    "This link asks for release “{asked}”, and the archive holds {first} to {last}. "
                    "The newest, {last}, is shown.",
                    asked=text.sentence(text.in_short(asked, 60)),
                    first=there[0],
                    last=there[-1],
                ),
                icon=":material/history:",
            )
            st.session_state["release"] = there[-1]
    elif st.session_state.get("release") not in there:
        st.session_state["release"] = there[-1]
    wanted = number = int(st.session_state["release"])
    place = st.empty()
    if st.session_state.get("release_opened") != wanted:
        with place, st.spinner(tr("Opening the archive …")):
            number = _open(wanted, there)
        st.session_state["release"] = st.session_state["release_opened"] = number
    if number != wanted:
        told_so = tr("Release {asked} cannot be read just now. Release {number} is shown.", asked=wanted, number=number)
        place.warning(told_so, icon=":material/history:")
    return number


def _open(wanted: int, there: Sequence[int]) -> int:
    """Open ``wanted``, else the newest of ``there`` that can be read; its number.

    Raises ArchiveError when none can be read.
    """
    why: ArchiveError | None = None
    for number in dict.fromkeys([wanted, *reversed(there)]):
        try:
            on_hand.ready(folder(), number)
            return number
        except ArchiveError as error:
            why = error
    assert why is not None, there
    raise why
