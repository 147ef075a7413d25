"""What pages count by, laid out once for a release: speakers, names, offices held, and what prints what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import streamlit as st

from analysis.archive.store import read_table
from analysis.entities.gazetteer import office_periods
from analysis.queries.co_mentions import Mentioned
from analysis.queries.codes import coded
from analysis.queries.offices_over_time import OfficesOf, Term, terms
from analysis.queries.said_with import PrintedIn
from analysis.queries.speaker_table import Names, SpeakerTable, fits, names_of, wanted_of
from analysis.settings import Settings
from pages.parts import data
from pages.parts.picked import Picked


class Indexes:
    """Everything of one release that is laid out for counting; shared by all sessions and never changed."""

    def __init__(self, shown: data.Shown) -> None:
        self._shown = shown

    @cached_property
    def entities(self) -> Mapping[str, data.Row]:
        """Each entity's values by its identifier."""
        return {str(row["entity_id"]): row for row in data.rows(self._shown.release.entities)}

    @cached_property
    def speakers(self) -> SpeakerTable:
        """Who speaks in each statement."""
        return SpeakerTable(self._shown.release.statements, self._shown.release.entities, self._shown.names)

    @cached_property
    def mentioned(self) -> Mentioned:
        """Whom and what each statement names."""
        return Mentioned(self._shown.release.statements)

    @cached_property
    def offices_of(self) -> OfficesOf:
        """Which institutions the title of an office names."""
        return OfficesOf(self._shown.release.entities)

    @cached_property
    def held(self) -> Mapping[str, Sequence[Term]]:
        """The offices that everyone held, by entity id."""
        try:
            periods = office_periods(Settings.from_environment().data / "gazetteer")
        except (OSError, ValueError):  # the build says it better; whole days are in the release
            periods = {}
        return {key: terms(key, row["offices"], periods) for key, row in self.entities.items() if row["offices"]}

    @cached_property
    def printed_in(self) -> PrintedIn:
        """Which documents print which statements."""
        quotes = read_table(self._shown.release.table("quotes"), ["document_id", "statement_id"])
        return PrintedIn(self._shown.release.statements, quotes)

    @cached_property
    def spelled(self) -> Mapping[str, Names]:
        """Everything that each entity goes by, in the order of their names."""
        ordered = sorted(self.entities.items(), key=lambda item: (str(item[1]["name"]), item[0]))
        return {key: names_of(str(row["name"]), row["aliases"] or ()) for key, row in ordered}

    def entities_named(self, asked: str) -> list[str]:
        """The entities with a name or alias whose words begin as those of ``asked``, by name."""
        wanted = wanted_of(asked)
        return [key for key, names in self.spelled.items() if wanted and fits(names, wanted)]

    def said_by(self, speaker_id: str) -> np.ndarray:
        """Which statements somebody made, alone or with others: (n,) bool."""
        codes, lists = coded(self._shown.release.statements, "speaker_members")
        theirs = np.fromiter((speaker_id in (members or ()) for members in lists), dtype=bool, count=len(lists))
        return np.asarray(theirs[codes])


@st.cache_resource(max_entries=3, show_spinner=False)
def _indexes(folder: str, number: int) -> Indexes:
    return Indexes(data.shown(folder, number))


def current() -> Indexes:
    """Those of the release that this session looks at."""
    return _indexes(data.folder(), st.session_state["release"])


def kept(picked: Picked) -> np.ndarray:
    """Which statements of the release the filters keep: (n,) bool."""

    def make() -> np.ndarray:
        mask = np.zeros(len(data.current().release.statements), dtype=bool)
        mask[picked.places] = True
        return mask

    return picked.keep("mask", make)
