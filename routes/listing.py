"""Lists in answers: which part of what, where the next part is, and statements as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from analysis.exporting.exported import Exported
from analysis.queries.dates import as_day
from routes.asking import Asked
from routes.declaring import Content

_SAID_ONCE = "release"  # in every exported row; an answer has it once


def statement_rows(
    asked: Asked, places: Sequence[int] | np.ndarray, further: Mapping[str, Sequence[Any]] | None = None
) -> list[Content]:
    """The statements at places of the table, with the same names and values as in an exported file, and addresses."""
    statements = asked.opened.release.statements.iloc[np.asarray(places, dtype=np.intp)]
    made = []
    for row in Exported(statements, asked.exported(), further or {}).rows():
        row.pop(_SAID_ONCE)
        html_url = row.pop("statement_link")
        row = {name: plain(value) for name, value in row.items()}
        made.append({**row, "html_url": html_url, "url": address(asked, "statements", str(row["statement_id"]))})
    return made


def address(asked: Asked, kind: str, identifier: str) -> str:
    """Where one thing of this release is answered: "…/api/statements/st-0123?release=3"."""
    return f"{asked.site}/api/{kind}/{quote(identifier, safe='')}?release={asked.opened.release.number}"


def paged(asked: Asked, name: str, total: int, rows: Sequence[Content], number: int, part: slice) -> Content:
    """A list's place among all that there are, the addresses of its neighbours, and its rows under ``name``."""
    pages = max(1, -(-total // (part.stop - part.start)))
    return {
        "total": total,
        "from": part.start + 1 if rows else 0,
        "to": part.start + len(rows),
        "page": number,
        "pages": pages,
        "next": asked.itself(number + 1) if number < pages else None,
        "previous": asked.itself(number - 1) if number > 1 else None,
        name: list(rows),
    }


def table_rows(table: pd.DataFrame) -> list[Content]:
    """A table's rows as JSON takes them: days as ISO dates, what is not known as null."""
    columns = {str(name): [plain(value) for value in table[name].tolist()] for name in table.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def plain(value: object) -> Any:  # noqa: ANN401  # whatever JSON takes
    """A value as JSON takes it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, pd.Timestamp | date):
        day = as_day(value)
        return day.isoformat() if day else None
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 6)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence | set | frozenset | np.ndarray):
        return [plain(each) for each in value]
    return None if pd.isna(value) else str(value)  # type: ignore[call-overload]  # NaT
