"""Offices on a profile: those somebody held, drawn along time; and those who spoke for an institution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import streamlit as st

from analysis.queries.codes import days_of
from analysis.queries.offices_over_time import SpokeFor, Term
from analysis.queries.offices_over_time import spoke_for as all_who_spoke_for
from analysis.queries.tallies import tally
from pages.parts import charts, coverage, data, indexes, links, office_chart, plot, tables
from pages.parts.language import number, tr, trn
from pages.parts.picked import Picked

_MOST_PRINTED = 8
_MOST_SPEAKERS = 40


def draw_held(picked: Picked, speaker_id: str, rows: np.ndarray, side: object) -> None:
    """Draw the offices of the gazetteer along time; where it has none, those that the texts print.

    rows: places of the statements that the filters keep.
    """
    st.subheader(tr("Offices over time"), anchor=False)
    shown = data.current()
    held = indexes.current().held.get(speaker_id, ())
    said = dict(tally(shown.release.statements, "office", rows))
    if held:
        _draw(picked, speaker_id, rows, side)
        tables.table(
            tr("Offices held"),
            [tr("Office"), tr("From"), tr("Until"), tr("Statements in it")],
            [
                [
                    term.title,
                    office_chart.since_in_words(term),
                    office_chart.until_in_words(term),
                    _said_in(said.get(term.title, 0), speaker_id, term.title),
                ]
                for term in held
            ],
            numbers=[tr("Statements in it")],
        )
        titles = [term.title for term in held]
        if len(titles) > len(set(titles)):
            st.caption(tr("An office held twice has all its statements on each line."))
        return
    if not said:
        st.caption(tr("No office is known."))
        return
    tables.table(
        tr("Offices as the texts print them"),
        [tr("As the texts print it"), tr("Statements")],
        [[office, count] for office, count in list(said.items())[:_MOST_PRINTED]],
        numbers=[tr("Statements")],
    )


def _said_in(count: int, speaker_id: str, title: str) -> tables.Cell:
    if not count:
        return 0
    shared = {**st.session_state["shared"], "speaker": [speaker_id], "office": [title]}
    return tables.Html(links.anchor("timeline", number(count), shared=shared))


def _draw(picked: Picked, speaker_id: str, rows: np.ndarray, side: object) -> None:
    shown, held, phone = data.current(), indexes.current().held[speaker_id], charts.is_phone()
    days = days_of(shown.release.statements)[rows]
    drawn = picked.keep(
        ("offices", speaker_id, phone),
        lambda: office_chart.chart(
            held,
            side,
            shown.names.get(speaker_id, speaker_id),
            days[~np.isnat(days)],
            shown.last_day or date(2000, 1, 1),
            narrow=phone,
        ),
    )
    plot.draw(drawn, "offices")
    if notes := _notes(held):
        st.caption(" · ".join(notes))


def _notes(held: Sequence[Term]) -> list[str]:
    """What the signs in the chart mean, of those that are in it."""
    is_vague = any(term.certain is None or term.certain != term.possible for term in held)
    notes = [tr("Hatched: the day is not known")] if is_vague else []
    notes += [tr("→ no end is on record")] if any(term.is_held for term in held) else []
    is_unknown = any(term.since is None or (term.until is None and not term.is_held) for term in held)
    return notes + ([tr("? not known")] if is_unknown else [])


def spoke_for(picked: Picked, institution: str) -> list[SpokeFor]:
    """Who spoke in an office of an institution within the filters, and who held one in the days asked for."""
    known = indexes.current()
    statements, selection = data.current().release.statements, data.selection()
    days = selection.since, selection.until

    def make() -> list[SpokeFor]:
        if not known.offices_of.names(institution):
            return []
        keep = indexes.kept(picked)
        return all_who_spoke_for(institution, statements, keep, known.offices_of, known.held, days)

    return picked.keep(("spoke_for", institution), make)


def draw_spoke_for(institution: str, found: list[SpokeFor]) -> None:
    """Draw who spoke for it, with their statements and whether they held the office for sure."""
    shown, selection = data.current(), data.selection()
    st.subheader(tr("Who spoke for it"), anchor=False)
    if selection.since or selection.until:
        first, last = selection.since, selection.until
        told = (
            tr("From {first} to {last}.", first=first, last=last)
            if first and last
            else tr("From {first} on.", first=first)
            if first
            else tr("Until {last}.", last=last)
        )
        st.caption(f"{told} {tr('Those who held an office then and are not quoted here are listed too.')}")
    else:
        st.caption(tr("Set the first and last day in the filters to see who held an office then, quoted here or not."))
    said = sum(each.statements for each in found)
    st.markdown(
        trn(
            "**{count} statement** in its name, by {people}.",
            "**{count} statements** in its name, by {people}.",
            said,
            people=trn(
                "{count} person", "{count} persons", len({each.speaker_id for each in found if each.statements})
            ),
        )
    )
    tables.table(
        tr("Who spoke for {name}", name=shown.names.get(institution, institution)),
        [tr("Who"), tr("Office"), tr("Statements"), tr("First"), tr("Latest"), tr("Office held")],
        [_row(each) for each in found[:_MOST_SPEAKERS]],
        numbers=[tr("Statements")],
        tight=[tr("First"), tr("Latest")],
    )
    if len(found) > _MOST_SPEAKERS:
        st.caption(tr("The first {shown} of {every}.", shown=_MOST_SPEAKERS, every=number(len(found))))


def _row(each: SpokeFor) -> list[tables.Cell]:
    shown = data.current()
    name = shown.names.get(each.speaker_id, each.speaker_id)
    side = shown.sides.get(each.speaker_id)
    who = f"{coverage.side_tag(side, '')}{links.anchor('speakers', name, profile=each.speaker_id)}"
    term = each.term
    held = (
        f"{office_chart.since_in_words(term)} – {office_chart.until_in_words(term)}"
        if term
        else tr("as the text prints it")
    )
    return [
        tables.Html(who),
        each.title,
        _said_in(each.statements, each.speaker_id, each.title),
        each.first.isoformat() if each.first else "",
        each.last.isoformat() if each.last else "",
        held,
    ]
