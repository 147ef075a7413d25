"""The directory of entities, as a list or as a picture of what statements name together."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.queries.co_mentions import Network
from analysis.queries.entity_table import By, entity_table, in_order
from analysis.queries.speaker_table import narrowed
from pages.parts import (
    charts,
    coverage,
    data,
    directory,
    indexes,
    link_widgets,
    links,
    network_chart,
    plot,
    speaker_directory,
    tables,
    text,
)
from pages.parts.language import mark, number, tr, trn
from pages.parts.picked import Picked

_ORDERS: Mapping[str, str] = {
    By.NAMING: mark("Named"),
    By.NAME: mark("Name"),
    By.SPEAKING: mark("Speaking"),
}
_ROOM = {True: 320, False: 840}  # pixels of the picture's width that there are at least: on a phone, and else
_NODES = {True: 14, False: 40}
_PAIRS = 30


def table_of(picked: Picked, *, unnamed: bool) -> pd.DataFrame:
    """Every entity with how many of the statements that the filters keep name it, and are its own."""

    def make() -> pd.DataFrame:
        known, speakers = indexes.current(), speaker_directory.table_of(picked)
        speaking = dict(zip(speakers["speaker_id"], speakers["statements"], strict=True))
        return entity_table(known.entities, known.mentioned, speaking, indexes.kept(picked), unnamed=unnamed)

    return picked.keep(("entities", unnamed), make)


def draw(picked: Picked) -> None:
    """Draw the choice between list and picture, and what was chosen."""
    view = link_widgets.segmented("view", tr("Shown as"), {"list": tr("List"), "network": tr("Network")}, "list")
    if view == "network":
        network(picked)
        return
    known = indexes.current()
    chosen = directory.choice(set(data.current().sides.values()), _ORDERS)
    every = table_of(picked, unnamed=bool(chosen.asked))
    kept = narrowed(every, known.spelled, kind=chosen.kind, side=chosen.side, asked=chosen.asked)
    directory.draw(chosen, kept, _ORDERS)
    rows = in_order(kept.rows, By(chosen.order))
    named = int((every["naming"] > 0).sum())
    told = trn(
        "{count} entity; of {known} that are known, {named} are named in these statements.",
        "{count} entities; of {known} that are known, {named} are named in these statements.",
        len(rows),
        known=number(len(known.entities)),
        named=number(named),
    )
    st.caption(told if chosen.asked else f"{told} {tr('A search by name finds the others too.')}")
    if rows.empty:
        st.info(tr("Another spelling, or fewer choices above, may find more."), title=tr("No entity is like this"))
        return
    body = st.container()
    part = directory.part_of_page(len(rows))
    with body:
        _table(data.rows(rows.iloc[part]))


def _table(rows: list[data.Row]) -> None:
    numbers = [tr("Statements that name it"), tr("Its own statements")]
    tables.table(
        tr("Entities"),
        [tr("Entity"), tr("Kind"), tr("Side"), *numbers],
        [
            [
                tables.Html(links.anchor("entities", str(row["name"]), profile=str(row["entity_id"]))),
                directory.kind_name(row["kind"]),
                tables.Html(coverage.side_tag(row["side"], data.side(row["side"]))) if text.known(row["side"]) else "",
                int(row["naming"]),
                tables.Html(links.anchor("speakers", number(int(row["speaking"])), profile=str(row["entity_id"])))
                if row["speaking"]
                else 0,
            ]
            for row in rows
        ],
        numbers=numbers,
    )


def network(picked: Picked, around: str | None = None) -> None:
    """Draw what statements name together, as a picture and as a table. around: only what is named with this entity."""
    phone = charts.is_phone()
    known, most = indexes.current(), _NODES[phone]
    found = picked.keep(
        ("network", around, most), lambda: known.mentioned.network(indexes.kept(picked), most=most, around=around)
    )
    if len(found.counts) < 2:
        st.caption(tr("No statement names two of these."))
        return
    drawn = picked.keep(
        ("network_drawn", around, phone), lambda: network_chart.chart(found, known.entities, _ROOM[phone], around)
    )
    plot.draw(drawn, "network", answers=plot.Answers(_clicked))
    st.caption(
        tr(
            "Larger: named in more statements. A line joins two that one statement names, wider for more statements. "
            "Near: named together often; left, right, up and down mean nothing. Click an entity to open it."
        )
    )
    if (numbers := st.expander(tr("The same as a table"), on_change="rerun", key="network_numbers")).open:
        with numbers:
            _pairs(found)


def _pairs(found: Network) -> None:
    names = data.current().names
    tables.table(
        tr("Entities that statements name together"),
        [tr("Entity"), tr("Named with"), tr("Statements")],
        [
            [
                tables.Html(links.anchor("entities", names.get(link.one, link.one), profile=link.one)),
                tables.Html(links.anchor("entities", names.get(link.other, link.other), profile=link.other)),
                link.statements,
            ]
            for link in found.links[:_PAIRS]
        ],
        numbers=[tr("Statements")],
    )
    if len(found.links) > _PAIRS:
        st.caption(tr("The first {shown} of {every}.", shown=_PAIRS, every=number(len(found.links))))


def _clicked(mark: str) -> None:
    """Open the entity that was clicked; a callback."""
    what, _, value = mark.partition(" ")
    if what == "entity":
        links.put(profile=value, page=None)
