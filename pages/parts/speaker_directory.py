"""The directory of speakers: found by name, narrowed by kind and side, sorted, fifty at a time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.queries.dates import as_day
from analysis.queries.speaker_table import Order, narrowed, ordered
from pages.parts import coverage, data, directory, indexes, links, tables, text
from pages.parts.language import mark, number, tr, trn
from pages.parts.picked import Picked

_ORDERS: Mapping[str, str] = {
    Order.STATEMENTS: mark("Statements"),
    Order.NAME: mark("Name"),
    Order.FIRST: mark("First"),
    Order.LAST: mark("Latest"),
}
_MOST_SILENT = 12  # others of the name asked for who said nothing


def table_of(picked: Picked) -> pd.DataFrame:
    """Everyone whose words the filters keep: see ``SpeakerTable.count``."""
    return picked.keep("speakers", lambda: indexes.current().speakers.count(indexes.kept(picked)))


def draw(picked: Picked) -> None:
    """Draw the choices and the page of the directory that they leave."""
    speakers = indexes.current().speakers
    every = table_of(picked)
    chosen = directory.choice(set(every["side"].dropna()), _ORDERS)
    kept = narrowed(every, speakers.spelled, kind=chosen.kind, side=chosen.side, asked=chosen.asked)
    directory.draw(chosen, kept, _ORDERS)
    rows = ordered(kept.rows, Order(chosen.order))
    st.caption(
        trn(
            "{count} of {every} speaker. A name opens the profile.",
            "{count} of {every} speakers. A name opens the profile.",
            len(rows),
            every=number(len(every)),
        )
    )
    if len(rows):
        body = st.container()
        part = directory.part_of_page(len(rows))
        with body:
            _table(data.rows(rows.iloc[part]))
    if chosen.asked:
        _silent(chosen.asked, set(every["speaker_id"]))
    elif rows.empty:
        st.info(tr("Remove the kind or the side above."), title=tr("No speaker is both"))


def _table(rows: list[data.Row]) -> None:
    tables.table(
        tr("Speakers"),
        [
            tr("Speaker"),
            tr("Kind"),
            tr("Side"),
            tr("Office at the latest statement"),
            tr("Statements"),
            tr("Undated"),
            tr("First"),
            tr("Latest"),
        ],
        [
            [
                tables.Html(links.anchor("speakers", str(row["name"]), profile=str(row["speaker_id"]))),
                directory.kind_name(row["kind"]),
                tables.Html(coverage.side_tag(row["side"], data.side(row["side"]))),
                text.known(row["office"]) or "",
                int(row["statements"]),
                int(row["undated"]),
                _day(row["first"]),
                _day(row["last"]),
            ]
            for row in rows
        ],
        numbers=[tr("Statements"), tr("Undated")],
        tight=[tr("Speaker"), tr("First"), tr("Latest"), tr("Kind")],
    )


def _silent(asked: str, speaking: set[str]) -> None:
    """Name others that the release knows by this name: an institution whose spokespeople speak, say."""
    names = data.current().names
    found = [
        links.anchor("speakers", names.get(key, key), profile=key)
        for key in indexes.current().entities_named(asked)
        if key not in speaking
    ]
    if not found:
        return
    more = f" … {tr('and {count} more', count=number(len(found) - _MOST_SILENT))}" if len(found) > _MOST_SILENT else ""
    told = text.escape(tr("Without statements of their own within the filters:"))
    st.html(f'<p class="or-soft">{told} {" · ".join(found[:_MOST_SILENT])}{text.escape(more)}</p>')


def _day(day: object) -> str:
    known = as_day(day)
    return known.isoformat() if known else ""
