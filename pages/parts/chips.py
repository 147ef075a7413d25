"""What the filters ask for, above every page: a chip for each value, to take away or to turn round."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.queries.dates import in_words
from analysis.queries.selection import FACETS, Selection
from pages.parts import data, filters, text

_NAME = 48  # characters of a value's name


def draw() -> None:
    """Draw the chips and how many statements they keep; nothing where nothing is asked for."""
    selection = data.selection()
    if selection.is_empty:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="chips"):
        kept, every = len(data.picked()), len(data.current().statements)
        st.markdown(f"**{kept:,}** of {every:,}", width="content")
        for facet in FACETS:
            for value in selection.asked(facet):
                _asked(facet, value)
            for value in selection.excluded(facet):
                _excluded(facet, value)
        _days(selection)
        st.button("Clear all", on_click=filters.clear, type="tertiary", icon=":material/filter_alt_off:", key="clear")


def _asked(facet: str, value: str) -> None:
    with st.container(horizontal=True, gap=None, width="content", key=f"chip {facet} {value}"):
        st.button(
            _label(facet, value),
            icon=":material/close:",
            help="Take this filter away",
            key=f"drop {facet} {value}",
            on_click=_drop,
            args=(facet, value),
        )
        st.button(
            "not",
            help=f"Leave out instead: all but {_label(facet, value)}",
            key=f"turn {facet} {value}",
            on_click=_turn,
            args=(facet, value),
        )


def _excluded(facet: str, value: str) -> None:
    with st.container(horizontal=True, gap=None, width="content", key=f"chip not {facet} {value}"):
        st.button(
            f"not {_label(facet, value)}",
            icon=":material/close:",
            help="No longer leave these out",
            key=f"readmit {facet} {value}",
            on_click=_readmit,
            args=(facet, value),
        )


def _days(selection: Selection) -> None:
    if not (selection.since or selection.until):
        return
    first, last = (in_words(day) if day else None for day in (selection.since, selection.until))
    told = f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}"
    with st.container(horizontal=True, gap=None, width="content", key="chip days"):
        st.button(told, icon=":material/close:", help="Take this filter away", key="drop days", on_click=_drop_days)


def _label(facet: str, value: str) -> str:
    """A value as a chip names it, safe in Markdown."""
    known = data.current().known[facet].get(value)
    name = text.markdown(text.shortened(known.name if known else value, _NAME))
    return f"{filters.LABELS[facet]}: {name}"


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
