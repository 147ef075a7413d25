"""What can be asked for: the values of each filter, with their names and how many statements each keeps."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.schema import Kind

KIND_NAMES = {
    Kind.DIRECT: "Direct: in quotation marks",
    Kind.MIXED: "Mixed: reported, partly in quotation marks",
    Kind.INDIRECT: "Indirect: reported without quotation marks",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a filter can ask for."""

    value: str  # what links carry
    name: str  # what readers see
    count: int  # statements it keeps


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of every filter, those that keep most first; equal counts by name."""

    speakers: tuple[Facet, ...]
    sides: tuple[Facet, ...]
    kinds: tuple[Facet, ...]
    publishers: tuple[Facet, ...]
    formulas: tuple[Facet, ...]

    def by_parameter(self) -> dict[str, tuple[Facet, ...]]:
        """The facets by the parameter of a link that names their values."""
        return {
            "speaker": self.speakers,
            "side": self.sides,
            "kind": self.kinds,
            "publisher": self.publishers,
            "formula": self.formulas,
        }

    def known(self) -> dict[str, list[str]]:
        """The values that a link may name, by parameter."""
        return {name: [facet.value for facet in offered] for name, offered in self.by_parameter().items()}


def facets(
    statements: pd.DataFrame,
    names: Mapping[str, str],
    side_names: Mapping[str, str],
    formula_names: Mapping[str, str],
) -> Facets:
    """The filters' values in ``statements``.

    names, formula_names: identifier → name; one without a name is shown as it stands. A group's statement counts for
    each member.
    """
    kinds = Counter(str(kind) for kind in statements["kind"])
    return Facets(
        _ordered(_count_each(statements["speaker_members"]), names),
        _ordered(_count_each(statements["sides"]), side_names),
        tuple(Facet(kind, KIND_NAMES[kind], kinds[kind]) for kind in Kind if kinds[kind]),
        _ordered(_count_each(statements["publishers"]), {}),
        _ordered(_count_each(statements["formulas"]), formula_names),
    )


def side_name(side: str | None, side_names: Mapping[str, str]) -> str:
    """A side's name; a group's sides joined by "and"; "Side not known" for None."""
    if side is None:
        return "Side not known"
    return " and ".join(side_names.get(part, part) for part in side.split("+"))


def load_side_names(file: Path) -> dict[str, str]:
    """Side → name from the gazetteer's sides.csv; empty where the file is absent or has no such columns."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["side"]: row["name"] for row in csv.DictReader(rows) if row.get("side") and row.get("name")}


def _count_each(lists: pd.Series) -> Counter[str]:
    counts: Counter[str] = Counter()
    for values in lists:
        counts.update(_texts(values))
    return counts


def _texts(values: object) -> set[str]:
    return {str(value) for value in values if value} if isinstance(values, Iterable) else set()


def _ordered(counts: Counter[str], names: Mapping[str, str]) -> tuple[Facet, ...]:
    every = [Facet(value, names.get(value) or value, count) for value, count in counts.items()]
    return tuple(sorted(every, key=lambda facet: (-facet.count, facet.name.casefold(), facet.value)))
