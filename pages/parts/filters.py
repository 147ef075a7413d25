"""The filter panel: drawn once, in app.py, for every page.

What the filters ask for lives in the session as one ``Selection``; widgets are filled from it and write back to it,
so that a filter which is not drawn keeps what it asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from analysis.queries.codes import UNKNOWN
from analysis.queries.facets import Facet, Facets
from analysis.queries.query_days import read_period
from analysis.queries.selection import Selection, read_selection
from pages.parts import data, finding, links, text
from pages.parts.language import mark, number, told, tr, trn

LABELS = {
    "speaker": mark("Speaker"),
    "side": mark("Side"),
    "office": mark("Office"),
    "kind": mark("Kind of quotation"),
    "publisher": mark("Publisher"),
    "entity": mark("Names"),
    "formula": mark("Formula"),
    "basis": mark("What the day rests on"),
    "confidence": mark("Confidence"),
}
_HELP = {
    "speaker": mark("Who said it. What several people said together counts for each of them."),
    "side": mark("Whom the speaker speaks for."),
    "office": mark("The office held that day, as the gazetteer or the text has it."),
    "kind": mark("Direct words stand in quotation marks; indirect ones are reported and may not be verbatim."),
    "publisher": mark("Where it is printed."),
    "entity": mark("Whom or what the words name: people, states, institutions, treaties."),
    "formula": mark("A fixed diplomatic wording that it uses, in any of its forms."),
    "basis": mark("Whether the text gives the day, it was worked out, or only the publication date is known."),
    "confidence": mark("How sure it is that these words are the speaker’s, as measured in annotated news articles."),
}
_ALWAYS = ("speaker", "side")
_FURTHER = ("office", "kind", "publisher", "entity", "formula", "basis", "confidence")
_OFFERED = 200  # values in a list; the others are found by typing their name
_COUNT = " · "  # between a value's name and how many statements it keeps
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)  # fixed: bounds that follow the data would change old links


def draw() -> None:
    """Draw the panel in the sidebar; what it asks for is then ``data.selection()``."""
    _take_in()
    with st.sidebar:
        st.markdown(f"### {tr('Filters')}")
        with st.container():  # one place, however much it says: what comes below keeps its own
            _tell_how_many()
            offered = _offered()
        for name in _ALWAYS:
            _values(name, offered[name])
        _days()
        asked = sum(len(data.selection().asked(name)) for name in _FURTHER)
        with st.expander(tr("More filters") + (f" ({asked})" if asked else ""), on_change="rerun", key="more") as more:
            if more.open:
                for name in _FURTHER:
                    _values(name, offered[name])
        for lost in st.session_state.pop("not_found", ()):
            st.warning(lost)


def _offered() -> Facets:
    """The values of every filter; where a query is asked, as often as it finds them."""
    found = finding.for_panel()
    if found is None:
        return data.facets(data.selection())
    st.caption(tr("Counted below: what the query finds"))
    name = f"{found.understood.query} {found.by}"
    return data.facets(data.selection(), found.places, name)


def ask(selection: Selection) -> None:
    """Make ``selection`` what the filters ask for; for callbacks and before the panel is drawn."""
    st.session_state["selection"] = selection
    st.session_state["shared"] = selection.to_parameters()


def clear() -> None:
    """Ask for everything again; a callback."""
    ask(Selection())


def _take_in() -> None:
    """The selection of a link that was opened, or the one at hand against the release that is shown."""
    release = st.session_state["release"]
    if links.opened() or "selection" not in st.session_state:
        asked = read_selection(links.address(), data.current().known)
    elif st.session_state["selected_in"] != release:  # another release was chosen
        asked = read_selection(st.session_state["shared"], data.current().known)
    else:
        return
    links.lost(asked.lost)
    ask(asked.selection)
    st.session_state["selected_in"] = release


def _values(name: str, offered: Sequence[Facet]) -> None:
    asked = data.selection().asked(name)
    if not offered:
        return
    known = data.current().known[name]
    there = [facet.value for facet in offered if facet.count]
    options = list(dict.fromkeys([*there[:_OFFERED], *asked])) or list(asked)
    named = {*options}  # the session keeps these counts: of thousands of speakers they would be the most of it
    counts = {facet.value: facet.count for facet in offered if facet.value in named}
    st.session_state[name] = list(asked)
    st.multiselect(
        tr(LABELS[name]),
        options,
        format_func=lambda value: (
            f"{told(known[value].name)}{_COUNT}{number(counts[value])}" if value in counts else value
        ),
        key=name,
        help=tr(_HELP[name]),
        placeholder=tr("Any of {count}", count=number(len({*there} - {UNKNOWN}))),
        select_all=False,
        accept_new_options=len(there) > _OFFERED,
        on_change=_take,
        args=(name,),
    )


def _take(name: str) -> None:
    """Ask for what a filter's widget holds; a callback.

    A multiselect's value travels by label, and labels change with the counts: what a quick reader chose from labels
    that are no longer drawn is found again by its name, and so is what was typed.
    """
    known = data.current().known[name]
    found: list[str] = []
    for value in map(str, st.session_state[name]):
        meant = [value] if value in known else _meant(name, value.rpartition(_COUNT)[0] or value)
        found += meant
        if not meant:
            st.session_state["not_found"] = [
                tr(
                    "{filter}: nothing in this release is called “{value}”.",
                    filter=tr(LABELS[name]),
                    value=text.markdown(value),
                )
            ]
    ask(data.selection().asking(name, found))


def _meant(name: str, written: str) -> list[str]:
    """The values of a filter that ``written`` names: in whole, else all that it is a part of when these are few."""
    known, folded = data.current().known[name], written.casefold()
    names = {value: (told(facet.name).casefold(), facet.name.casefold()) for value, facet in known.items()}
    if whole := [value for value, spelled in names.items() if folded in spelled]:
        return whole[:1]
    if name in ("speaker", "entity", "publisher"):
        there, _ = data.current().vocabulary.find(name, written)
        if there := {value for value in there if value in known}:
            return sorted(there)
    part = [value for value, spelled in names.items() if any(folded in each for each in spelled)]
    return part if len(part) <= 20 else []


def _days() -> None:
    selection = data.selection()
    st.text_input(
        tr("Days"),
        key="days_written",
        placeholder="2024-05, 2022-02-24~7",
        help=tr("A day, month or year, two with .. between, or some days around one with ~; Enter sets From and To."),
        on_change=_take_written,
    )
    st.session_state["since"], st.session_state["until"] = selection.since, selection.until
    for key, label, meaning in (
        ("since", tr("From"), tr("First day; undated ones are left out.")),
        ("until", tr("To"), tr("Last day; undated ones are left out.")),
    ):
        st.date_input(
            label,
            None,
            _EARLIEST,
            _LATEST,
            key=key,
            format="YYYY-MM-DD",
            help=meaning,
            on_change=_take_days,
        )
    if st.session_state.pop("days_swapped", False):
        st.warning(tr("The first day is after the last; they were swapped."))


def _take_days() -> None:
    """Ask for the days that the widgets hold; a callback."""
    since, until = (day if isinstance(day, date) else None for day in map(st.session_state.get, ("since", "until")))
    if since and until and since > until:
        since, until = until, since
        st.session_state["days_swapped"] = True
    ask(replace(data.selection(), since=since, until=until))


def _take_written() -> None:
    """Ask for the days that were written, and empty the field; a callback."""
    written = str(st.session_state["days_written"]).strip()
    st.session_state["days_written"] = ""
    read = read_period("near" if "~" in written else "on", written)
    if read and not read[1].is_empty:
        ask(replace(data.selection(), since=read[1].first, until=read[1].last))
    elif written:
        st.session_state["not_found"] = [
            tr("“{written}” is no day, month or year that can be read.", written=text.markdown(written))
        ]


def _tell_how_many() -> None:
    chosen, kept, every = data.selection(), len(data.picked()), len(data.current().statements)
    if chosen.is_empty:
        st.caption(trn("{count} statement, nothing filtered out", "{count} statements, nothing filtered out", every))
        return
    st.caption(tr("**{kept} of {every}** statements", kept=number(kept), every=number(every)))
    if chosen.since or chosen.until:
        if left := data.undated_left_out():
            st.caption(
                trn(
                    "{count} undated statement left out by the dates",
                    "{count} undated statements left out by the dates",
                    left,
                )
            )
    st.button(tr("Clear all filters"), on_click=clear, icon=":material/filter_alt_off:", width="stretch")
