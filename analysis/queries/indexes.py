"""What directories and profiles count by, laid out once for a release: speakers, names, offices, what prints what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from analysis.archive import Release
from analysis.entities.gazetteer import office_periods
from analysis.queries.co_mentions import Mentioned
from analysis.queries.codes import coded
from analysis.queries.offices_over_time import OfficesOf, Term, terms
from analysis.queries.prints import Prints
from analysis.queries.said_with import PrintedIn
from analysis.queries.speaker_table import Names, SpeakerTable, fits, names_of, wanted_of
from analysis.queries.table_rows import Row, rows


class Indexes:
    """Everything of one release that is laid out for counting; shared by all sessions and never changed."""

    def __init__(
        self, release: Release, names: Mapping[str, str], gazetteer: Path, prints: Callable[[], Prints]
    ) -> None:
        """names: of everyone, by entity id. gazetteer: its folder, which knows the months and years of offices.

        prints: what prints what, laid out when it is first asked for.
        """
        self._release, self._known_as, self._gazetteer, self._prints = release, names, gazetteer, prints

    @cached_property
    def entities(self) -> Mapping[str, Row]:
        """Each entity's values by its identifier."""
        return {str(row["entity_id"]): row for row in rows(self._release.entities)}

    @cached_property
    def speakers(self) -> SpeakerTable:
        """Who speaks in each statement."""
        return SpeakerTable(self._release.statements, self._release.entities, self._known_as)

    @cached_property
    def mentioned(self) -> Mentioned:
        """Whom and what each statement names."""
        return Mentioned(self._release.statements)

    @cached_property
    def offices_of(self) -> OfficesOf:
        """Which institutions the title of an office names."""
        return OfficesOf(self._release.entities)

    @cached_property
    def held(self) -> Mapping[str, Sequence[Term]]:
        """The offices that everyone held, by entity id."""
        try:
            periods = office_periods(self._gazetteer)
        except (OSError, ValueError):  # the build says it better; whole days are in the release
            periods = {}
        return {key: terms(key, row["offices"], periods) for key, row in self.entities.items() if row["offices"]}

    @cached_property
    def printed_in(self) -> PrintedIn:
        """Which documents print which statements."""
        return PrintedIn(self._release.statements, self._prints())

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
        codes, lists = coded(self._release.statements, "speaker_members")
        theirs = np.fromiter((speaker_id in (members or ()) for members in lists), dtype=bool, count=len(lists))
        return np.asarray(theirs[codes])
