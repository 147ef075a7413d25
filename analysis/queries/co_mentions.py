"""Whom and what statements name in their words: how often, by whom, and which are named together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.queries.codes import coded


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities that statements name together; ``one`` comes first by identifier."""

    one: str
    other: str
    statements: int


@dataclass(frozen=True, slots=True)
class Network:
    """Entities, most named first, and how often each two of them are named together, most often first."""

    counts: tuple[tuple[str, int], ...]  # statements that name each
    links: tuple[Link, ...]


class Mentioned:
    """The entities that each statement of a release names, laid out once so that counting is quick."""

    def __init__(self, statements: pd.DataFrame) -> None:
        """statements: with a column ``entities`` of tuples of identifiers."""
        self._codes, lists = coded(statements, "entities")
        self._lists: list[tuple[str, ...]] = [tuple(sorted(set(each or ()))) for each in lists]

    def counts(self, keep: np.ndarray | None = None) -> dict[str, int]:
        """How many statements name each entity, of those that ``keep``, (n,) bool, says to count."""
        counted: Counter[str] = Counter()
        for each, count in self._used(keep):
            for entity in each:
                counted[entity] += count
        return dict(counted)

    def naming(self, entity_id: str) -> np.ndarray:
        """Which statements name an entity: (n,) bool."""
        held = np.fromiter((entity_id in each for each in self._lists), dtype=bool, count=len(self._lists))
        return np.asarray(held[self._codes]) if len(held) else np.zeros(len(self._codes), dtype=bool)

    def network(self, keep: np.ndarray | None = None, most: int = 40, around: str | None = None) -> Network:
        """The entities named most, ``most`` at most, of those that statements name with others; and their pairs.

        around: only what statements that name this entity name too, itself included. Equal counts go by identifier.
        """
        used = [(each, count) for each, count in self._used(keep) if around is None or around in each]
        counted: Counter[str] = Counter()
        paired: set[str] = set()
        for each, count in used:
            for entity in each:
                counted[entity] += count
            if len(each) > 1:
                paired.update(each)
        counted = Counter({entity: count for entity, count in counted.items() if entity in paired})
        order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
        chosen = {entity for entity, _ in order}
        together: Counter[tuple[str, str]] = Counter()
        for each, count in used:
            for pair in combinations([entity for entity in each if entity in chosen], 2):
                together[pair] += count
        links = [Link(one, other, count) for (one, other), count in together.items()]
        links.sort(key=lambda link: (-link.statements, link.one, link.other))
        return Network(tuple(order), tuple(links))

    def _used(self, keep: np.ndarray | None) -> Iterable[tuple[tuple[str, ...], int]]:
        """The different lists of entities in the statements that count, and in how many each stands."""
        codes = self._codes if keep is None else self._codes[keep]
        for code, count in enumerate(np.bincount(codes, minlength=len(self._lists)).tolist()):
            if count and self._lists[code]:
                yield self._lists[code], count
