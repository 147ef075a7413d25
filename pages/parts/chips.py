"""What the filters ask for, above every page: a chip for each value, to take away or to turn round."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st

from analysis.queries.selection import FACETS, Selection
from pages.parts import data, filters, text
from pages.parts.language import day, labelled, number, told, tr

_NAME = 48  # characters of a value's name
_SHORT = ("kind", "basis", "confidence")  # their values' names come with an explanation


def draw() -> None:
    """Draw the chips and how many statements they keep; nothing where nothing is asked for.

    Their place is there in any case: what comes below keeps its own, and browsers need not build it anew.
    """
    selection, place = data.selection(), st.container()
    if selection.is_empty:
        return
    with place.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="chips"):
        kept, every = len(data.picked()), len(data.current().statements)
        st.markdown(tr("**{kept}** of {every}", kept=number(kept), every=number(every)), width="content")
        for facet in FACETS:
            for value in selection.asked(facet):
                _asked(facet, value)
            for value in selection.excluded(facet):
                _excluded(facet, value)
        _days(selection)
        st.button(
            tr("Clear all"), on_click=filters.clear, type="tertiary", icon=":material/filter_alt_off:", key="clear"
        )


def _asked(facet: str, value: str) -> None:
    with st.container(horizontal=True, gap=None, width="content", key=f"chip {facet} {value}"):
        st.button(
            _label(facet, value),
            icon=":material/close:",
            help=tr("Take this filter away"),
            key=f"drop {facet} {value}",
            on_click=_drop,
            args=(facet, value),
        )
        st.button(
            tr("not"),
            help=tr("Leave out instead: all but {value}", value=_label(facet, value)),
            key=f"turn {facet} {value}",
            on_click=_turn,
            args=(facet, value),
        )


def _excluded(facet: str, value: str) -> None:
    with st.container(horizontal=True, gap=None, width="content", key=f"chip not {facet} {value}"):
        st.button(
            tr("not {value}", value=_label(facet, value)),
            icon=":material/close:",
            help=tr("No longer leave these out"),
            key=f"readmit {facet} {value}",
            on_click=_readmit,
            args=(facet, value),
        )


def _days(selection: Selection) -> None:
    if not (selection.since or selection.until):
        return
    first, last = selection.since, selection.until
    if first and last:
        reach = day(first) if first == last else tr("{first} to {last}", first=day(first), last=day(last))
    else:
        reach = tr("from {day}", day=day(first)) if first else tr("until {day}", day=day(last))
    with st.container(horizontal=True, gap=None, width="content", key="chip days"):
        st.button(
            reach, icon=":material/close:", help=tr("Take this filter away"), key="drop days", on_click=_drop_days
        )


def _label(facet: str, value: str) -> str:
    """A value as a chip names it, safe in Markdown."""
    known = data.current().known[facet].get(value)
    name = told(known.name) if known else value
    if facet in _SHORT:
        name = re.split("[:：]", name)[0]  # the rest of it explains
    return labelled(tr(filters.LABELS[facet]), text.markdown(text.shortened(name, _NAME)))


def _drop(facet: str, value: str) -> None:
    selection = data.selection()
    filters.ask(selection.asking(facet, [each for each in selection.asked(facet) if each != value]))


def _turn(facet: str, value: str) -> None:
    selection = data.selection()
    filters.ask(selection.excluding(facet, [*selection.excluded(facet), value]))


def _readmit(facet: str, value: str) -> None:
    selection = data.selection()
    filters.ask(selection.excluding(facet, [each for each in selection.excluded(facet) if each != value]))


def _drop_days() -> None:
    filters.ask(replace(data.selection(), since=None, until=None))
