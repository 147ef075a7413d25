"""How much the archive holds and how much it does not know: figures with their denominators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.queries.dates import as_day, span_in_words
from analysis.queries.timeline import undated
from analysis.schema import Basis
from pages.parts import data, palette, tables, text


def figures(statements: pd.DataFrame) -> None:
    """Draw how many statements, speakers, documents and years there are."""
    shown = data.current()
    every = len(shown.statements)
    speakers = {member for members in statements["speaker_members"] for member in members}
    days = statements["said_on"]
    known = f"of {every:,} in the archive" if len(statements) < every else "in the archive"
    cells = [
        ("Statements", f"{len(statements):,}", known),
        ("Speakers", f"{len(speakers):,}", f"{int(statements['speaker_id'].isna().sum()):,} statements without one"),
        ("Texts", f"{len(data.selected_documents()):,}", f"of {len(shown.release.documents):,} read"),
        ("Said", span_in_words(as_day(days.min()), as_day(days.max())), f"{len(undated(statements)):,} undated"),
    ]
    drawn = "".join(
        f'<div><dt>{label}</dt><dd class="or-figure">{text.escape(value)}</dd>'
        f'<dd class="or-soft">{text.escape(below)}</dd></div>'
        for label, value, below in cells
    )
    st.html(f'<dl class="or-figures">{drawn}</dl>')


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


def most_quoted(directory: pd.DataFrame) -> None:
    """Draw the speakers of ``directory`` (from ``speakers.directory``) with their counts."""
    shown = data.current()
    tables.table(
        "Most quoted speakers",
        ["Speaker", "Side", "Statements"],
        [
            [row["name"], tables.Html(side_tag(row["side"], shown.side(row["side"]))), int(row["statements"])]
            for row in data.rows(directory)
        ],
        numbers=["Statements"],
    )


def side_tag(side: object, name: str) -> str:
    """HTML of a side's name with its colour."""
    return (
        f'<span style="--side:{palette.colour(side)};white-space:nowrap">'
        f'<span class="or-dot"></span>{text.escape(name)}</span>'
    )
