"""Who speaks: the directory, and what one speaker's profile shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd


def directory(statements: pd.DataFrame, names: Mapping[str, str], sides: Mapping[str, str]) -> pd.DataFrame:
    """One row a speaker with at least one statement, those with most first.

    names, sides: by speaker_id; an id without a name is shown as it stands, one without a side has that of the latest
    statement that was theirs alone. A group's statement counts for each of its members. Columns: speaker_id, name,
    side, office (at the latest dated statement, else any), statements, undated, first, last (days, NaT where none is
    dated).
    """
    each = statements.explode("speaker_members").dropna(subset=["speaker_members"])
    each = each.rename(columns={"speaker_members": "member"}).sort_values(
        ["said_on", "statement_id"], na_position="first", kind="stable"
    )
    groups = each.groupby("member", sort=False)
    alone = each[each["speaker_id"] == each["member"]].groupby("member", sort=False)
    table = pd.DataFrame(
        {
            "statements": groups.size(),
            "undated": groups["said_on"].apply(lambda days: int(days.isna().sum())),
            "first": groups["said_on"].min(),
            "last": groups["said_on"].max(),
            "side": alone["side"].last(),  # a group's side is not its member's
            "office": alone["office"].last(),
        }
    ).reset_index(names="speaker_id")
    table["side"] = [sides.get(key) or side for key, side in zip(table["speaker_id"], table["side"], strict=True)]
    table["name"] = [names.get(speaker, speaker) for speaker in table["speaker_id"]]
    table = table.sort_values(["statements", "name"], ascending=[False, True], kind="stable")
    columns = ["speaker_id", "name", "side", "office", "statements", "undated", "first", "last"]
    return table[columns].reset_index(drop=True)


def of_speaker(statements: pd.DataFrame, speaker_id: str) -> pd.DataFrame:
    """The statements that ``speaker_id`` made, alone or with others, newest first, undated ones last."""
    own = statements[statements["speaker_members"].map(lambda members: speaker_id in members)]
    return newest_first(own)


def on_day(statements: pd.DataFrame, day: date, *, without: str) -> pd.DataFrame:
    """The statements of ``day`` but the one whose identifier is ``without``, by speaker, then by identifier."""
    of_day = statements[(statements["said_on"] == pd.Timestamp(day)) & (statements["statement_id"] != without)]
    return of_day.sort_values(["speaker_name", "statement_id"], na_position="last", kind="stable")


def newest_first(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements by day, newest first, one day's by identifier, undated ones last."""
    ordered = statements.sort_values("statement_id", kind="stable")
    return ordered.sort_values("said_on", ascending=False, na_position="last", kind="stable")


def by_year(statements: pd.DataFrame) -> pd.DataFrame:
    """Dated statements by year: columns year, count; every year from the first to the last, 0 where none."""
    years = statements["said_on"].dropna().dt.year
    if years.empty:
        return pd.DataFrame({"year": pd.Series(dtype=int), "count": pd.Series(dtype=int)})
    counts = years.value_counts().reindex(range(int(years.min()), int(years.max()) + 1), fill_value=0)
    return pd.DataFrame({"year": counts.index.to_numpy(), "count": counts.to_numpy()})
