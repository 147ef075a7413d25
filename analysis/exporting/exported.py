"""Statements on their way out: which, in which order, with what beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from analysis.exporting.columns import COLUMNS, DAYS, LISTS, TRACES
from analysis.exporting.notes import Notes
from analysis.queries.dates import as_day

Row = dict[str, Any]
_AT_ONCE = 2_000  # statements turned into Python values at a time, so that memory stays small beside the file's


def in_order(statements: pd.DataFrame) -> pd.DataFrame:
    """Statements as a selection is exported: oldest first, one day's by identifier, undated ones last."""
    return statements.sort_values(["said_on", "statement_id"], na_position="last", kind="stable")


@dataclass(frozen=True)
class Exported:
    """Statements to export, with the notes that go with them.

    further: more columns by name, one value for each statement, None for none.
    """

    statements: pd.DataFrame
    notes: Notes
    further: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    title: str = ""  # of a document; empty: a plain one

    def __post_init__(self) -> None:
        for name, values in self.further.items():
            if len(values) != len(self.statements):
                raise ValueError(f"{name} has {len(values)} values for {len(self.statements)} statements")

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of every row's values, in their order."""
        return (*COLUMNS, *self.further, *TRACES)

    @property
    def documents(self) -> list[object]:
        """The document of each statement."""
        return self.statements["document_id"].tolist()

    def rows(self) -> Iterator[Row]:
        """Each statement's values by column: days as dates, lists as lists, None for what is not known."""
        names, notes = self.columns, self.notes
        further = [iter(values) for values in self.further.values()]
        for start in range(0, len(self.statements), _AT_ONCE):
            part = self.statements.iloc[start : start + _AT_ONCE]
            values = [_values(name, part[name]) for name in COLUMNS]
            values += [list(islice(more, len(part))) for more in further]
            values.append([notes.licence(document) for document in part["document_id"]])
            values.append([notes.release] * len(part))
            values.append([notes.statement_link(statement) for statement in part["statement_id"]])
            for row in zip(*values, strict=True):
                yield dict(zip(names, row, strict=True))


def _values(name: str, column: pd.Series[Any]) -> list[Any]:
    if name in DAYS:
        if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
            return list(column.to_numpy(dtype="datetime64[D]").astype(object))
        return [as_day(value) for value in column]
    if name in LISTS:
        return [[str(each) for each in value] if isinstance(value, Iterable) else [] for value in column]
    if name == "prints":
        return [int(value) for value in column]
    if name == "confidence":
        return [round(float(value), 4) for value in column]
    return [value if isinstance(value, str) and value else None for value in column.tolist()]
