"""One entity's profile: who names it, how often and when, in which formulas, and what is named with it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.exporting.notes import Order
from analysis.queries.codes import days_of
from analysis.queries.speakers import newest_rows
from analysis.queries.tallies import tally
from pages.parts import (
    coverage,
    data,
    directory,
    entity_directory,
    indexes,
    links,
    profile_parts,
    statement_card,
    tables,
    take,
    text,
    year_chart,
)
from pages.parts.language import number, tr, trn
from pages.parts.picked import Picked

_PER_PAGE = 5
_WHO, _SIDES = 10, 10


def asked() -> str | None:
    """The entity whose profile the address asks for; one that the release does not know is said to be unknown."""
    found = links.get("profile")
    if found is None or found in indexes.current().entities:
        return found
    links.lost([tr("entity “{asked}” is not in this archive", asked=found)])
    links.put(profile=None)
    return None


def draw(picked: Picked, entity_id: str) -> None:
    """Draw the profile."""
    rows = _naming(picked, entity_id)
    _head(entity_id, rows)
    if not len(rows):
        every = int(indexes.current().mentioned.naming(entity_id).sum())
        advice = tr("Widen the filters to see the statements that name it.") if every else tr("No statement names it.")
        st.info(advice, title=tr("None within the filters") if every else tr("Never named"))
        return
    name = data.current().names.get(entity_id, entity_id)
    side = indexes.current().entities[entity_id]["side"]
    left, right = st.columns([3, 2], gap="large")
    with left:
        year_chart.draw(
            picked, ("naming", entity_id), rows, side, tr("Statements that name {name}, by year", name=name)
        )
    with right:
        _by_side(rows)
    left, right = st.columns(2, gap="large")
    with left:
        _who(rows, entity_id)
    with right:
        profile_parts.formulas(rows, shared={"entity": [entity_id]})
    st.subheader(tr("Named together with"), anchor=False)
    entity_directory.network(picked, around=entity_id)
    _statements(entity_id, rows)


def _naming(picked: Picked, entity_id: str) -> np.ndarray:
    """Places of the statements that name it and the filters keep, newest first."""

    def make() -> np.ndarray:
        naming = indexes.current().mentioned.naming(entity_id) & indexes.kept(picked)
        return newest_rows(days_of(data.current().release.statements), np.flatnonzero(naming))

    return picked.keep(("naming", entity_id), make)


def _head(entity_id: str, rows: np.ndarray) -> None:
    known = indexes.current()
    entity = known.entities[entity_id]
    facts = [text.escape(directory.kind_name(entity["kind"]))]
    if side := text.known(entity["side"]):
        facts.append(coverage.side_tag(side, data.side(side)))
    facts.append(text.escape(trn("named in {count} statement", "named in {count} statements", len(rows))))
    if not entity["in_gazetteer"]:
        facts.append(text.escape(tr("met in a text, not vouched for by the gazetteer")))
    every = int(known.mentioned.naming(entity_id).sum())
    profile_parts.head(tr("All entities"), entity["name"], facts, entity, (len(rows), every))
    with st.container(horizontal=True, gap="medium"):
        if len(rows):
            shared = {**st.session_state["shared"], "entity": [entity_id]}
            links.to("timeline", tr("On the timeline"), icon=":material/timeline:", shared=shared)
        if entity_id in known.speakers or known.offices_of.names(entity_id):
            links.to("speakers", tr("What it says itself"), icon=":material/groups:", profile=entity_id)


def _by_side(rows: np.ndarray) -> None:
    st.subheader(tr("Named by"), anchor=False)
    shown = data.current()
    found = tally(shown.release.statements, "sides", rows)
    tables.table(
        tr("Statements that name it, by side"),
        [tr("Side"), tr("Statements"), tr("Share")],
        [
            [
                tables.Html(coverage.side_tag(side, data.side(side))),
                count,
                f"{100 * count / len(rows):.1f} %",
            ]
            for side, count in found[:_SIDES]
        ],
        numbers=[tr("Statements"), tr("Share")],
    )
    if len(found) > _SIDES:
        st.caption(tr("The first {shown} of {every}.", shown=_SIDES, every=number(len(found))))


def _who(rows: np.ndarray, entity_id: str) -> None:
    st.subheader(tr("Who names it most"), anchor=False)
    shown = data.current()
    found = tally(shown.release.statements, "speaker_members", rows)
    every = dict(tally(shown.release.statements, "speaker_members", data.picked().places))
    tables.table(
        tr("Who names it most"),
        [tr("Speaker"), tr("Statements"), tr("Of all of theirs")],
        [
            [
                tables.Html(links.anchor("speakers", shown.names.get(key, key), profile=key)),
                tables.Html(
                    links.anchor(
                        "timeline",
                        number(count),
                        shared={**st.session_state["shared"], "speaker": [key], "entity": [entity_id]},
                    )
                ),
                f"{100 * count / every[key]:.1f} %",
            ]
            for key, count in found[:_WHO]
        ],
        numbers=[tr("Statements"), tr("Of all of theirs")],
    )
    if len(found) > _WHO:
        st.caption(tr("The first {shown} of {every}.", shown=_WHO, every=number(len(found))))


def _statements(entity_id: str, rows: np.ndarray) -> None:
    st.subheader(tr("Statements, newest first"), anchor=False)
    with st.container(horizontal=True):
        take.menu(take.at(rows, entity_id, order=Order.LATEST, query=f"entity:{entity_id}"))
    body = st.container()
    at = links.page_number(-(-len(rows) // _PER_PAGE))
    with body:
        page = rows[(at - 1) * _PER_PAGE : at * _PER_PAGE]
        statement_card.cards(data.rows(data.current().release.statements.iloc[page]))
