"""One speaker's profile: statements by year, offices over time, formulas, who they are quoted with, and the words."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.exporting.notes import Order
from analysis.queries.codes import days_of
from analysis.queries.dates import as_day
from analysis.queries.offices_over_time import SpokeFor
from analysis.queries.speakers import newest_rows
from pages.parts import (
    around_parts,
    coverage,
    data,
    directory,
    indexes,
    link_widgets,
    links,
    office_parts,
    profile_parts,
    statement_card,
    tables,
    take,
    text,
    year_chart,
)
from pages.parts.language import beside, number, span, tr, trn
from pages.parts.picked import Picked

_PER_PAGE = 5
_BESIDE = 10


def asked() -> str | None:
    """The speaker whose profile the address asks for; one that the release does not know is said to be unknown."""
    found = links.get("profile")
    if found is None:
        return None
    known = indexes.current()
    if found not in known.entities and found not in known.speakers:
        links.lost([tr("speaker “{asked}” is not in this archive", asked=found)])
        links.put(profile=None)
        return None
    return found


def draw(picked: Picked, speaker_id: str) -> None:
    """Draw the profile of somebody, or of an institution and those who speak for it."""
    rows = rows_of(picked, speaker_id)
    _head(picked, speaker_id, rows)
    spoke = office_parts.spoke_for(picked, speaker_id)
    if len(rows):
        _figures(picked, speaker_id, rows)
    elif not spoke:
        st.info(tr("Widen the filters to see this speaker’s statements."), title=tr("None within the filters"))
    if spoke:
        office_parts.draw_spoke_for(speaker_id, spoke)
    _statements(speaker_id, rows, spoke)


def rows_of(picked: Picked, speaker_id: str) -> np.ndarray:
    """Places of the statements that somebody made and the filters keep, newest first."""

    def make() -> np.ndarray:
        theirs = indexes.current().said_by(speaker_id) & indexes.kept(picked)
        return newest_rows(days_of(data.current().release.statements), np.flatnonzero(theirs))

    return picked.keep(("said_by", speaker_id), make)


def side_of(speaker_id: str, rows: np.ndarray) -> str | None:
    """The side of somebody: the entity's, else that of their latest statement."""
    if known := data.current().sides.get(speaker_id):
        return known
    return text.known(data.current().release.statements["side"].iat[int(rows[0])]) if len(rows) else None


def _head(picked: Picked, speaker_id: str, rows: np.ndarray) -> None:
    shown, entity = data.current(), indexes.current().entities.get(speaker_id, {})
    side = side_of(speaker_id, rows)
    days = days_of(shown.release.statements)[rows]
    known = days[~np.isnat(days)]
    first, last = (as_day(known.min().item()), as_day(known.max().item())) if len(known) else (None, None)
    facts = [
        coverage.side_tag(side, data.side(side)),
        text.escape(directory.kind_name(entity.get("kind"))),
        text.escape(
            beside(trn("{count} statement", "{count} statements", len(rows)), span(first, last) if len(rows) else "")
        ),
    ]
    if undated := len(days) - len(known):
        facts.append(text.escape(trn("{count} undated", "{count} undated", undated)))
    every = int(indexes.current().said_by(speaker_id).sum())
    name = shown.names.get(speaker_id, speaker_id)
    profile_parts.head(tr("All speakers"), name, facts, entity, (len(rows), every))
    with st.container(horizontal=True, gap="medium"):
        if len(rows):
            shared = {**st.session_state["shared"], "speaker": [speaker_id]}
            links.to("timeline", tr("On the timeline"), icon=":material/timeline:", shared=shared)
            links.to("compare", tr("Compare"), icon=":material/compare_arrows:", who=[f"speaker:{speaker_id}"])
        if indexes.current().mentioned.naming(speaker_id).any():
            links.to("entities", tr("Who names them"), icon=":material/hub:", profile=speaker_id)


def _figures(picked: Picked, speaker_id: str, rows: np.ndarray) -> None:
    side, name = side_of(speaker_id, rows), data.current().names.get(speaker_id, speaker_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        year_chart.draw(picked, ("said_by", speaker_id), rows, side, tr("Statements by {name} by year", name=name))
    with right:
        _first_and_latest(rows)
    office_parts.draw_held(picked, speaker_id, rows, side)
    left, right = st.columns(2, gap="large")
    with left:
        profile_parts.formulas(rows, shared={"speaker": [speaker_id]})
    with right:
        _quoted_with(picked, speaker_id)
    around_parts.draw(picked, speaker_id)


def _first_and_latest(rows: np.ndarray) -> None:
    st.subheader(tr("First and latest"), anchor=False)
    statements = data.current().release.statements
    dated = rows[~np.isnat(days_of(statements)[rows])]
    if not len(dated):
        st.caption(tr("None of these statements has a day."))
        return
    ends = [int(dated[-1]), int(dated[0])] if len(dated) > 1 else [int(dated[0])]
    statement_card.briefly(data.rows(statements.iloc[ends]), [tr("first"), tr("latest")] if len(ends) > 1 else [])


def _quoted_with(picked: Picked, speaker_id: str) -> None:
    st.subheader(tr("Quoted with"), anchor=False)
    known = indexes.current()
    found = picked.keep(("beside", speaker_id), lambda: known.printed_in.beside(speaker_id, indexes.kept(picked)))
    if not found:
        st.caption(tr("Nobody else is quoted in the same texts."))
        return
    names = data.current().names
    tables.table(
        tr("Quoted with"),
        [tr("Speaker"), tr("Texts that quote both"), tr("Said together")],
        [
            [
                tables.Html(
                    links.anchor("speakers", names.get(each.speaker_id, each.speaker_id), profile=each.speaker_id)
                ),
                each.documents,
                each.jointly,
            ]
            for each in found[:_BESIDE]
        ],
        numbers=[tr("Texts that quote both"), tr("Said together")],
    )
    if len(found) > _BESIDE:
        st.caption(tr("The first {shown} of {every}.", shown=_BESIDE, every=number(len(found))))


def _statements(speaker_id: str, rows: np.ndarray, spoke: list[SpokeFor]) -> None:
    """Draw their own statements, or those made in an institution's name, newest first."""
    statements = data.current().release.statements
    in_its_name = np.unique(np.concatenate([each.rows for each in spoke])) if spoke else np.zeros(0, dtype=np.intp)
    names = {
        "own": trn("{count} statement of its own", "{count} statements of its own", len(rows)),
        "spoke": trn("{count} in its name", "{count} in its name", len(in_its_name)),
    }
    st.subheader(tr("Statements, newest first"), anchor=False)
    listed_rows = rows
    if len(in_its_name):
        default = "own" if len(rows) else "spoke"
        if link_widgets.segmented("list", tr("Which statements"), names, default) == "spoke":
            listed_rows = newest_rows(days_of(statements), in_its_name)
    if not len(listed_rows):
        st.caption(tr("Nothing to show."))
        return
    with st.container(horizontal=True):
        take.menu(take.at(listed_rows, speaker_id, order=Order.LATEST, query=f"speaker:{speaker_id}"))
    body = st.container()
    at = links.page_number(-(-len(listed_rows) // _PER_PAGE))
    with body:
        statement_card.cards(data.rows(statements.iloc[listed_rows[(at - 1) * _PER_PAGE : at * _PER_PAGE]]))
