"""What pages show, cached: one copy of each release for every session, never changed by a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.archive import ArchiveError, Release, open_release, releases
from analysis.formulas import Formula, Formulas
from analysis.queries.dates import as_day
from analysis.queries.events import Event, load_events
from analysis.queries.facets import Facet, Facets, FacetTable, load_side_names, side_name
from analysis.queries.formula_uses import Uses, uses_of
from analysis.queries.query_values import Vocabulary
from analysis.queries.selection import Selection
from analysis.queries.shelf import COLUMNS, PAIRS, Shelf
from analysis.queries.timetable import Timetable
from analysis.schema import Document
from analysis.settings import Settings
from pages.parts.language import told, tr
from pages.parts.picked import Picked

Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One release and everything that pages derive from the whole of it."""

    release: Release
    side_names: Mapping[str, str]
    formulas: Mapping[str, Formula]

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Every statement, indexed by its identifier, which stays a column too."""
        indexed: pd.DataFrame = self.release.statements.set_index("statement_id", drop=False).rename_axis(None)
        return indexed

    @cached_property
    def names(self) -> dict[str, str]:
        """Entity id → name: the entities table's, else as statements name a lone speaker."""
        alone = self.statements.dropna(subset=["speaker_id", "speaker_name"])
        named = {str(key): str(name) for key, name in zip(alone["speaker_id"], alone["speaker_name"], strict=True)}
        entities = self.release.entities
        return named | dict(zip(entities["entity_id"], entities["name"], strict=True))

    @cached_property
    def sides(self) -> dict[str, str]:
        """Entity id → side, where one is known."""
        entities = self.release.entities.dropna(subset=["side"])
        return dict(zip(entities["entity_id"], entities["side"], strict=True))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that a query's filters can give."""
        formulas = {key: formula.name for key, formula in self.formulas.items()}
        return Vocabulary(
            self.release.statements, self.release.entities, {"side": self.side_names, "formula": formulas}
        )

    @cached_property
    def last_day(self) -> date | None:
        """The day of its latest statement: what comes after is not in the archive."""
        return as_day(self.statements["said_on"].max())

    @cached_property
    def facet_table(self) -> FacetTable:
        """The filters' values, laid out for counting."""
        formulas = {key: formula.name for key, formula in self.formulas.items()}
        names = {"speaker": self.names, "entity": self.names, "side": self.side_names, "formula": formulas}
        return FacetTable(self.release.statements, names)

    @cached_property
    def known(self) -> dict[str, dict[str, Facet]]:
        """The values that a link may name, by parameter, with their names and counts in the whole release."""
        return self.facet_table.count(Selection()).known()

    @cached_property
    def places(self) -> pd.Index:
        """The statements' identifiers in the table's order: ``get_loc`` gives a statement's place."""
        there: pd.Index[Any] = pd.Index(self.release.statements["statement_id"])
        return there

    @cached_property
    def shelf(self) -> Shelf:
        """The documents, and which statements each prints, laid out for listing and counting."""
        documents = self.release.columns("documents", COLUMNS)
        return Shelf(self.places, documents, self.release.columns("quotes", PAIRS))

    @cached_property
    def timetable(self) -> Timetable:
        """The statements' days and lanes, laid out for ordering and counting."""
        return Timetable(self.release.statements)

    def place(self, statement_id: str) -> int | None:
        """Where a statement stands in the table; None when this release has none of that identifier."""
        found = int(self.places.get_indexer(pd.Index([statement_id]))[0])
        return found if found >= 0 else None

    def statement_id(self, place: int) -> str:
        """The identifier of the statement at a place in the table."""
        return str(self.release.statements["statement_id"].iat[int(place)])

    def formula_uses(self, formula_id: str) -> Uses:
        """How often a formula is used in the whole release, and when first and last."""
        return uses_of(self.release.statements, formula_id)

    def statement(self, statement_id: str) -> Row:
        """One statement's values. Raises KeyError when this release has none of that identifier."""
        place = int(self.places.get_indexer(pd.Index([statement_id]))[0])
        if place < 0:
            raise KeyError(statement_id)
        return rows(self.release.statements.iloc[[place]])[0]

    def entity(self, entity_id: str) -> Row | None:
        """One entity's values; None when the release does not list it."""
        found = self.release.entities.query("entity_id == @entity_id").to_dict("records")
        return {str(name): value for name, value in found[0].items()} if found else None

    def side(self, side: object) -> str:
        """A side's name in the reader's language; "Side not known" for a missing one."""
        return told(side_name(str(side) if isinstance(side, str) else None, self.side_names))


def rows(statements: pd.DataFrame) -> list[Row]:
    """Each row of a frame by column name."""
    names = [str(name) for name in statements.columns]
    columns = [statements.iloc[:, at].tolist() for at in range(len(names))]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def rows_at(places: Sequence[int] | np.ndarray) -> list[Row]:
    """The statements at these places of the table."""
    return rows(current().release.statements.iloc[np.asarray(places, dtype=np.intp)])


@st.cache_data(ttl=3, show_spinner=False)
def numbers(folder: str) -> list[int]:
    """The releases that can be opened, oldest first; looked up anew every three seconds.

    Raises ArchiveError when there is an archive that cannot be read.
    """
    return sorted(manifest.number for manifest in releases(Path(folder)))


@st.cache_resource(max_entries=3, show_spinner=False)
def shown(folder: str, number: int) -> Shown:
    """Release ``number``, opened once for all sessions. Raises ArchiveError when it cannot be read."""
    names = Settings.from_environment().data
    return Shown(open_release(folder, number), load_side_names(names / "gazetteer/sides.csv"), _formulas(names))


def open_newest() -> None:
    """Open the newest release and lay out what every page counts by; nothing where there is none."""
    there = numbers(folder())
    if there:
        newest = shown(folder(), there[-1])
        _ = newest.known, newest.timetable, newest.places, newest.shelf, newest.vocabulary


def _formulas(folder: Path) -> Mapping[str, Formula]:
    """The formulas by id; none where the table is missing or damaged, which the build says better."""
    try:
        return Formulas.load(folder / "formulas.csv").formulas
    except (OSError, ValueError):
        return {}


@st.cache_resource(max_entries=64, show_spinner=False)
def _picked(folder: str, number: int, _selection: Selection, key: str) -> Picked:
    release = shown(folder, number)
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
def _facets(folder: str, number: int, _selection: Selection, key: str) -> Facets:
    return shown(folder, number).facet_table.count(_selection)


@st.cache_data(ttl=60, show_spinner=False)
def events() -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events that timelines mark, and what was wrong with their file."""
    return load_events(Settings.from_environment().data / "events.csv")


@st.cache_resource(max_entries=64, show_spinner=False)
def document(folder: str, number: int, document_id: str) -> Document | None:
    """A document with its text; None when the release has no such document."""
    try:
        return shown(folder, number).release.document(document_id)
    except KeyError:
        return None


@st.cache_resource(max_entries=64, show_spinner=False)
def _quotes_in(folder: str, number: int, document_id: str) -> pd.DataFrame:
    return shown(folder, number).release.quotes_in(document_id)


@st.cache_resource(max_entries=64, show_spinner=False)
def _quotes_of(folder: str, number: int, statement_id: str) -> pd.DataFrame:
    return shown(folder, number).release.quotes_of(statement_id)


def folder() -> str:
    """Where the archive lies."""
    return str(Settings.from_environment().archive)


def current() -> Shown:
    """The release that this session looks at."""
    return shown(folder(), st.session_state["release"])


def selection() -> Selection:
    """What the filters ask for."""
    asked: Selection = st.session_state["selection"]
    return asked


def facets(asked: Selection) -> Facets:
    """The filters' values, each counted with the other filters as ``asked`` has them."""
    return _facets(folder(), st.session_state["release"], asked, repr(asked))


def picked(asked: Selection | None = None) -> Picked:
    """What the filters keep, or what ``asked`` would, with everything that pages derive from it."""
    asked = selection() if asked is None else asked
    return _picked(folder(), st.session_state["release"], asked, repr(asked))


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
    return _quotes_in(folder(), st.session_state["release"], document_id)


def quotes_of(statement_id: str) -> pd.DataFrame:
    """The quotes that print a statement; shared between sessions, so never changed."""
    return _quotes_of(folder(), st.session_state["release"], statement_id)


def read(document_id: str) -> Document | None:
    """A document of this session's release with its text; None where it cannot be read."""
    return document(folder(), st.session_state["release"], document_id)


def choose_release(asked: str | None) -> int | None:
    """Decide which release this session looks at: the one a link asks for, else the one it has, else the newest.

    None, and a message in words, when there is nothing to look at.
    """
    try:
        there = numbers(folder())
    except ArchiveError as error:
        st.error(told(error), title=tr("The archive cannot be read"))
        return None
    if not there:
        return None
    if asked is not None:
        wanted = int(asked) if asked.isdecimal() else None
        if wanted in there:
            st.session_state["release"] = wanted
        else:
            st.warning(
                tr(
                    "This link asks for release “{asked}”, and the archive holds {first} to {last}. "
                    "The newest, {last}, is shown.",
                    asked=asked,
                    first=there[0],
                    last=there[-1],
                ),
                icon=":material/history:",
            )
            st.session_state["release"] = there[-1]
    elif st.session_state.get("release") not in there:
        st.session_state["release"] = there[-1]
    number: int = st.session_state["release"]
    place = st.empty()
    if st.session_state.get("release_opened") != number:
        with place, st.spinner(tr("Opening the archive …")):
            shown(folder(), number)
        st.session_state["release_opened"] = number
    return number
