"""One release opened for readers: its tables, and what is derived from the whole of it, made once and then shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.archive import Release
from analysis.exporting.notes import Notes
from analysis.formulas import Formula, Formulas
from analysis.queries.dates import as_day
from analysis.queries.facets import Facet, FacetTable, load_side_names
from analysis.queries.formula_uses import Uses, uses_of
from analysis.queries.indexes import Indexes
from analysis.queries.prints import COLUMNS as PAIRS
from analysis.queries.prints import Prints
from analysis.queries.query_values import Vocabulary
from analysis.queries.selection import Selection
from analysis.queries.shelf import COLUMNS, Shelf
from analysis.queries.table_rows import Row, rows
from analysis.queries.timetable import Timetable


@dataclass(frozen=True)
class Opened:
    """One release and everything that pages and routes derive from the whole of it; shared, so never changed."""

    release: Release
    side_names: Mapping[str, str]
    formulas: Mapping[str, Formula]
    gazetteer: Path  # its folder, for the months and years of offices

    @classmethod
    def of(cls, release: Release, names: Path) -> Opened:
        """A release with the names of sides and formulas that the data's folder gives."""
        gazetteer = names / "gazetteer"
        return cls(release, load_side_names(gazetteer / "sides.csv"), _formulas(names), gazetteer)

    def lay_out(self) -> None:
        """Make what every page counts by, before the first reader waits for it."""
        _ = self.known, self.timetable, self.places, self.shelf, self.vocabulary

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
        """The documents, laid out for listing and counting."""
        return Shelf(self.release.columns("documents", COLUMNS), self.prints)

    @cached_property
    def prints(self) -> Prints:
        """Which document prints which statement."""
        documents = self.release.columns("documents", ("document_id",)).column("document_id").to_pylist()
        return Prints(self.places, documents, self.release.columns("quotes", PAIRS))

    @cached_property
    def timetable(self) -> Timetable:
        """The statements' days and lanes, laid out for ordering and counting."""
        return Timetable(self.release.statements)

    @cached_property
    def indexes(self) -> Indexes:
        """What directories and profiles count by."""
        return Indexes(self.release, self.names, self.gazetteer, lambda: self.prints)

    @cached_property
    def licences(self) -> dict[str, str | None]:
        """Document id → licence; None where it is not stated."""
        documents = self.release.columns("documents", ("document_id", "licence"))
        return dict(zip(documents.column(0).to_pylist(), documents.column(1).to_pylist(), strict=True))

    def notes(self, **about: Any) -> Notes:  # noqa: ANN401  # fields of Notes
        """What goes with exported statements of this release; the rest as the fields of ``Notes`` have it."""
        built = self.release.manifest.published_at[:10]
        return Notes(self.release.number, built, len(self.places), self.licences, **about)

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


def _formulas(folder: Path) -> Mapping[str, Formula]:
    """The formulas by id; none where the table is missing or damaged, which the build says better."""
    try:
        return Formulas.load(folder / "formulas.csv").formulas
    except (OSError, ValueError):
        return {}
