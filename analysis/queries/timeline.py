"""Statements along time: lanes by side, a mark a statement or bars a period, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.messages import message

OTHER = "other"  # the lane that gathers the sides with fewest statements
UNKNOWN = "unknown"  # the lane of statements whose side is not known
MOST_MARKS = 300  # above it, marks hide each other on a screen's width
MOST_BARS = 96  # above it, bars become hairlines
PILES_ACROSS = 140  # marks nearer to each other than a 140th of the width pile up


class Unit(StrEnum):
    """How a timeline is drawn: every statement, or counts by period."""

    STATEMENT = "statement"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_FREQUENCY = {Unit.MONTH: "M", Unit.QUARTER: "Q", Unit.YEAR: "Y"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline: a side's code, a group's ("CN+RU"), ``OTHER`` or ``UNKNOWN``."""

    lane: str
    sides: tuple[str, ...]  # the side columns' values gathered in it; empty for UNKNOWN
    count: int  # dated statements in it


def dated(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements whose day is known, oldest first; one day's by identifier."""
    known = statements[statements["said_on"].notna()]
    return known.sort_values(["said_on", "statement_id"], kind="stable")


def undated(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements whose day is not known, in the table's order."""
    return statements[statements["said_on"].isna()]


def lanes(statements: pd.DataFrame, most: int = 7) -> list[Lane]:
    """The lanes of ``statements``, fullest first, then ``OTHER`` and ``UNKNOWN`` where they hold any.

    A statement that several sides made together stands in a lane of its own, so that counts add up.
    most: lanes for single sides or groups; what is left over is gathered in ``OTHER``. What the two fullest sides
    said together is never left over, where they have room themselves.
    """
    counts = {str(side): int(count) for side, count in statements["side"].dropna().value_counts().items()}
    return chosen_lanes(counts, int(statements["side"].isna().sum()), most)


def chosen_lanes(counts: Mapping[str, int], without: int, most: int = 7) -> list[Lane]:
    """The lanes for so many statements of each side, and so many without one: see ``lanes``."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = order if len(order) <= most else order[: most - 1]
    together = "+".join(sorted(side for side, _ in named[:2]))
    if len(named) > 2 and together in counts and together not in dict(named):
        named = [*named[:-1], (together, counts[together])]
    drawn = [Lane(side, (side,), count) for side, count in named]
    if rest := [item for item in order if item[0] not in dict(named)]:
        drawn.append(Lane(OTHER, tuple(side for side, _ in rest), sum(count for _, count in rest)))
    if without:
        drawn.append(Lane(UNKNOWN, (), without))
    return drawn


def lane_of(statements: pd.DataFrame, drawn: Sequence[Lane]) -> pd.Series:
    """The lane of each statement, as ``lanes`` made them."""
    where = {side: lane.lane for lane in drawn for side in lane.sides}
    found = [where.get(side, UNKNOWN) if isinstance(side, str) else UNKNOWN for side in statements["side"]]
    return pd.Series(found, index=statements.index, dtype=object)


def unit_for(statements: pd.DataFrame) -> Unit:
    """The finest way to draw ``statements`` that can still be read."""
    days = statements["said_on"].dropna()
    if len(days) <= MOST_MARKS:
        return Unit.STATEMENT
    months = (days.max().year - days.min().year) * 12 + days.max().month - days.min().month + 1
    if months <= MOST_BARS:
        return Unit.MONTH
    return Unit.QUARTER if months / 3 <= MOST_BARS else Unit.YEAR


def bars(statements: pd.DataFrame, drawn: Sequence[Lane], unit: Unit) -> pd.DataFrame:
    """Dated statements counted by lane and period.

    Columns: lane, period ("2023", "2023-Q1" or "2023-03"), since (its first day), until (its last), count;
    in lane order, then by period. Periods without statements have no row.
    """
    known = dated(statements)
    periods = known["said_on"].dt.to_period(_FREQUENCY[unit])
    counts = (
        pd.DataFrame({"lane": lane_of(known, drawn), "start": periods.dt.start_time})
        .groupby(["lane", "start"], observed=True)
        .size()
        .rename("count")
        .reset_index()
    )
    place = {lane.lane: position for position, lane in enumerate(drawn)}
    counts = counts.sort_values(["lane", "start"], key=lambda c: c.map(place) if c.name == "lane" else c)
    named = [period_name(start.date(), unit) for start in counts["start"]]
    ends = [period_days(name)[1] for name in named]
    return pd.DataFrame(
        {
            "lane": counts["lane"].to_numpy(),
            "period": named,
            "since": [start.date() for start in counts["start"]],
            "until": ends,
            "count": counts["count"].to_numpy(),
        }
    )


def marks(statements: pd.DataFrame, drawn: Sequence[Lane]) -> pd.DataFrame:
    """Dated statements with ``lane`` and ``level``: 0 stands on the lane's line, 1 above it, and so on.

    Statements of a lane that would cover each other on a screen are piled in order of day and identifier.
    """
    known = dated(statements)
    if known.empty:
        return known.assign(lane=pd.Series(dtype=str), level=pd.Series(dtype=int))
    days = (known["said_on"] - known["said_on"].min()).dt.days.to_numpy()
    width = max(1.0, (days.max() + 1) / PILES_ACROSS)
    placed = known.assign(lane=lane_of(known, drawn), pile=np.floor(days / width).astype(int))
    placed["level"] = placed.groupby(["lane", "pile"]).cumcount()
    return placed.drop(columns="pile")


def period_name(day: date, unit: Unit) -> str:
    """The period of ``unit`` that ``day`` falls in, as links carry it: "2023", "2023-Q1" or "2023-03"."""
    if unit is Unit.YEAR:
        return f"{day.year:04d}"
    if unit is Unit.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}"


def period_days(name: str) -> tuple[date, date]:
    """The first and last day of a period that ``period_name`` wrote.

    Raises ValueError, in words for a reader, for anything else.
    """
    try:
        year, _, part = name.partition("-")
        if len(year) != 4:
            raise ValueError
        if not part:
            first, months = date(int(year), 1, 1), 12
        elif part.startswith("Q"):
            first, months = date(int(year), int(part[1:]) * 3 - 2, 1), 3
        elif len(part) == 2:
            first, months = date(int(year), int(part), 1), 1
        else:
            raise ValueError
        behind = first.month - 1 + months
        after = date(first.year + behind // 12, behind % 12 + 1, 1)
    except ValueError:
        raise ValueError(message("period “{name}” is none; write it as 2023, 2023-Q1 or 2023-03", name=name)) from None
    return first, after - timedelta(days=1)


def unfinished(last: date | None, unit: Unit) -> str | None:
    """The period of ``unit`` that data which end on ``last`` do not fill, by its name; None where they fill it."""
    if last is None or unit is Unit.STATEMENT:
        return None
    name = period_name(last, unit)
    return name if period_days(name)[1] > last else None


def in_period(statements: pd.DataFrame, since: date, until: date) -> pd.DataFrame:
    """The dated statements from ``since`` to ``until``, both inclusive, oldest first."""
    known = dated(statements)
    return known[known["said_on"].between(pd.Timestamp(since), pd.Timestamp(until))]


def neighbours(order: Sequence[str], current: str) -> tuple[str | None, str | None]:
    """The identifiers before and after ``current``; None at an end, both None where it is not in ``order``."""
    try:
        at = list(order).index(current)
    except ValueError:
        return None, None
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)
