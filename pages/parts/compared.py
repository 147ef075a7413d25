"""What a comparison compares, computed once for each question and selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.exporting.notes import Order
from analysis.queries.codes import days_of
from analysis.queries.comparing.distinctive_words import Distinctive, distinctive
from analysis.queries.comparing.groups import Group, Who, groups, together, without
from analysis.queries.comparing.nearest_pairs import Pair, nearest_pairs
from analysis.queries.comparing.over_time import over_time
from analysis.queries.comparing.reaches import PAIRS, TYPICAL, WORDS, people_among
from analysis.queries.comparing.typical import Typical, typical
from analysis.queries.every_match import EveryMatch
from analysis.queries.timeline import Unit
from pages.parts import compare_asking, compare_chart, data, finding, indexes, take
from pages.parts.compare_asking import Asked
from pages.parts.compare_chart import Look
from pages.parts.picked import Picked


@dataclass(frozen=True)
class Compared:
    """The groups of a comparison, their looks, and what is on the question."""

    picked: Picked
    key: tuple[object, ...]  # of everything that is derived from it
    asked: Asked
    on: EveryMatch | None  # what its question finds; None: nothing is asked, so everything counts
    groups: list[Group]
    looks: list[Look]

    @property
    def statements(self) -> pd.DataFrame:
        """The release's statements table, in which the groups' places are."""
        return data.current().release.statements

    def counts(self, unit: Unit) -> list[pd.DataFrame]:
        """Each group's statements by period: of its own where a question is asked, else of all in the period."""

        def make() -> list[pd.DataFrame]:
            wholes = (
                [each.every for each in self.groups] if self.asked.query else [self.picked.places] * len(self.groups)
            )
            return over_time(days_of(self.statements), [each.on for each in self.groups], wholes, unit)

        return self.picked.keep((*self.key, "counts", unit), make)

    def typical(self, group: Group) -> list[Typical]:
        """The statements near the middle of what a group says on the question."""
        release = data.current().release
        return self.picked.keep((*self.key, "typical", group.who), lambda: typical(release, group.alone, TYPICAL))

    def words(self, *, with_names: bool) -> Distinctive:
        """The words that set the groups apart."""

        def make() -> Distinctive:
            names = [] if with_names else self._names()
            return distinctive(self.statements, [each.alone for each in self.groups], names, WORDS)

        return self.picked.keep((*self.key, "words", with_names), make)

    @cached_property
    def by_none(self) -> int:
        """Statements that the filters keep and that are by none of the groups."""
        return len(self.picked) - len(np.unique(np.concatenate([group.every for group in self.groups])))

    @cached_property
    def joint(self) -> int:
        """Statements on the question that belong to more than one of the groups."""
        return together(self.groups)

    @cached_property
    def lessened(self) -> list[Who]:
        """The sides that are compared without what a speaker beside them said."""
        return without(self.groups)

    def pairings(self) -> list[tuple[int, int]]:
        """Each two of the groups, by number."""
        return list(combinations(range(len(self.groups)), 2))

    def pairs(self, one: int, other: int) -> list[Pair]:
        """The nearest statements of two groups."""
        release, first, second = data.current().release, self.groups[one].alone, self.groups[other].alone
        return self.picked.keep((*self.key, "pairs", one, other), lambda: nearest_pairs(release, first, second, PAIRS))

    @property
    def source(self) -> take.Source:
        """The statements on the question, group by group, to take along; a joint one stands in each of its groups."""
        rows = np.concatenate([group.on for group in self.groups])
        query = " ".join([*map(str, self.asked.who), *([self.asked.query] if self.asked.query else [])])
        return take.at(rows, "compared", order=Order.GROUPS, query=query, further=self._group_of_each)

    def _group_of_each(self) -> dict[str, list[str]]:
        return {"group": [name for group in self.groups for name in [str(group.who)] * len(group.on)]}

    def _names(self) -> Sequence[str]:
        """The names of the people who speak in any of the groups."""
        known = indexes.current()
        return people_among(self.statements, self.groups, known.entities, data.current().names)


def compare(picked: Picked, asked: Asked) -> Compared:
    """The comparison that is asked for."""
    on = finding.find(asked.query, *asked.how) if asked.query else None
    key = ("compared", asked, on.by if on else None)
    return picked.keep(key, lambda: _compared(picked, asked, key, on))


def _compared(picked: Picked, asked: Asked, key: tuple[object, ...], on: EveryMatch | None) -> Compared:
    shown = data.current()
    mask = np.ones(len(shown.release.statements), dtype=bool)
    if on is not None:
        mask[:] = False
        mask[on.places] = True
    made = groups(shown.release.statements, asked.who, indexes.kept(picked), mask)
    names = list(compare_asking.names(asked.who).values())
    sides = [who.value if who.what == "side" else shown.sides.get(who.value) for who in asked.who]
    return Compared(picked, key, asked, on, made, compare_chart.looks(names, sides))
