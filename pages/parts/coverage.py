"""How much the archive holds and how much it does not know: figures with their denominators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.queries.dates import as_day, span_in_words
from analysis.schema import Basis
from pages.parts import data, links, palette, tables, text
from pages.parts.picked import Picked


def figures(picked: Picked) -> None:
    """Draw how many statements, speakers, documents and years there are."""
    shown, statements = data.current(), picked.statements
    every = len(shown.statements)
    days = statements["said_on"]
    nobody = int(statements["speaker_id"].isna().sum())
    known = f"of {every:,} in the archive" if len(statements) < every else "in the archive"
    cells = [
        ("Statements", f"{len(statements):,}", known),
        (
            "Speakers",
            f"{len(picked.directory):,}",
            f"{nobody:,} statements without one",
        ),
        ("Texts", f"{len(data.selected_documents()):,}", f"of {len(shown.release.documents):,} read"),
        ("Said", span_in_words(as_day(days.min()), as_day(days.max())), f"{len(picked.undated):,} undated"),
    ]
    drawn = "".join(
        f'<div><p class="or-soft">{label}</p><p class="or-figure">{text.escape(value)}</p>'
        f'<p class="or-soft">{text.escape(below)}</p></div>'
        for label, value, below in cells
    )
    st.html(f'<div class="or-figures">{drawn}</div>')


def caveats(statements: pd.DataFrame) -> None:
    """Say what a reader of the counts must know, with numbers."""
    every = len(statements)
    basis = statements["said_on_basis"]
    published = int((basis == Basis.PUBLISHED).sum())
    unknown = int((basis == Basis.UNKNOWN).sum())
    nobody = int(statements["speaker_id"].isna().sum())
    st.caption(
        f"Counts show what this archive holds, not how much was said. Of {text.count(every, 'statement')}, "
        f"{unknown:,} have no day and are not drawn, {published:,} stand at their publication date for want of a "
        f"better one, and {nobody:,} have no speaker that could be named."
    )


def by_year(counts: pd.DataFrame, picked: Picked) -> None:
    """Draw the numbers of ``counts``, which is by year, as a table: a row a year, a column a lane."""
    wide = counts.assign(year=[day.year for day in counts["since"]]).pivot_table(
        index="year", columns="lane", values="count", fill_value=0, aggfunc="sum"
    )
    tables.table(
        "Statements by year and side",
        ["Year", *picked.lane_names],
        [[str(year), *(int(row.get(lane.lane, 0)) for lane in picked.lanes)] for year, row in wide.iterrows()],
        numbers=picked.lane_names,
    )


def most_quoted(directory: pd.DataFrame) -> None:
    """Draw the speakers of ``directory`` (from ``speakers.directory``) with their counts."""
    shown = data.current()
    tables.table(
        "Most quoted speakers",
        ["Speaker", "Side", "Statements"],
        [
            [
                tables.Html(links.anchor("speakers", str(row["name"]), profile=str(row["speaker_id"]))),
                tables.Html(side_tag(row["side"], shown.side(row["side"]))),
                int(row["statements"]),
            ]
            for row in data.rows(directory)
        ],
        numbers=["Statements"],
        tight=["Speaker"],
    )


def side_tag(side: object, name: str) -> str:
    """HTML of a side's name with its colour."""
    return f'<span style="--side:{palette.colour(side)}"><span class="or-dot"></span>{text.escape(name)}</span>'
