"""The filter panel: drawn once, in app.py, for every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.queries.facets import Facet, Facets
from analysis.queries.selection import Selection, read_selection
from pages.parts import data, links, text

_LABELS = {
    "speaker": "Speaker",
    "side": "Side",
    "kind": "Kind of quotation",
    "publisher": "Publisher",
    "formula": "Formula",
}
_HELP = {
    "speaker": "Who said it. What several people said together counts for each of them.",
    "side": "Whom the speaker speaks for.",
    "kind": "Direct words stand in quotation marks; indirect ones are reported and may not be verbatim.",
    "publisher": "Where it is printed.",
    "formula": "A fixed diplomatic wording that it uses, in any of its forms.",
}
_COUNT = " · "  # between a value's name and how many statements it keeps
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)  # fixed: bounds that follow the data would change old links


def draw() -> None:
    """Draw the panel in the sidebar and leave what it asks for in the session: ``selection`` and ``shared``."""
    shown = data.current()
    if links.opened() or "shared" not in st.session_state:
        asked = read_selection(links.address(), shown.facets.known())
        links.lost(asked.lost)
        _seed(asked.selection)
    elif f"speaker@{st.session_state['release']}" not in st.session_state:  # another release was chosen
        asked = read_selection(st.session_state["shared"], shown.facets.known())
        links.lost(asked.lost)
        _seed(asked.selection)
    with st.sidebar:
        st.markdown("### Filters")
        head = st.container()
        offered = data.facets(_stands(shown.facets)).by_parameter()
        picked = {name: _values(name, offered[name]) for name in ("speaker", "side")}
        since, until = _days()
        picked |= {name: _values(name, offered[name]) for name in ("kind", "publisher", "formula")}
        chosen = Selection(
            speakers=picked["speaker"],
            sides=picked["side"],
            kinds=picked["kind"],
            publishers=picked["publisher"],
            formulas=picked["formula"],
            since=since,
            until=until,
        )
        st.session_state["selection"] = chosen
        st.session_state["shared"] = chosen.to_parameters()
        with head:
            _tell_how_many(chosen)


def clear() -> None:
    """Ask for everything again; a callback."""
    _seed(Selection())


def _key(name: str) -> str:
    # Labels hold counts, and a widget's value travels by label: another release is another widget.
    return f"{name}@{st.session_state['release']}"


def _seed(selection: Selection) -> None:
    for name, values in (
        ("speaker", selection.speakers),
        ("side", selection.sides),
        ("kind", selection.kinds),
        ("publisher", selection.publishers),
        ("formula", selection.formulas),
    ):
        st.session_state[_key(name)] = list(values)
    st.session_state["since"], st.session_state["until"] = selection.since, selection.until


def _stands(every: Facets) -> Selection:
    """What the panel asks for as the run begins, before it is drawn: its labels count by it.

    A multiselect's value travels by label, and labels change with the counts: what a quick reader chose from
    labels that are no longer drawn is found again by its name.
    """
    picked: dict[str, tuple[str, ...]] = {}
    for name, offered in every.by_parameter().items():
        values = {facet.value for facet in offered}
        named = {facet.name: facet.value for facet in offered}
        asked = [str(value) for value in st.session_state.get(_key(name), ())]
        found = [value if value in values else named.get(value.rpartition(_COUNT)[0]) for value in asked]
        kept = [value for value in dict.fromkeys(found) if value is not None]
        if asked:
            st.session_state[_key(name)] = kept  # written, so that the browser takes over the new labels
        picked[name] = tuple(sorted(kept))
    days = [day if isinstance(day, date) else None for day in (st.session_state.get(key) for key in ("since", "until"))]
    known = sorted(day for day in days if day)
    since, until = known if len(known) == 2 else days
    return Selection(
        speakers=picked["speaker"],
        sides=picked["side"],
        kinds=picked["kind"],
        publishers=picked["publisher"],
        formulas=picked["formula"],
        since=since,
        until=until,
    )


def _values(name: str, offered: Sequence[Facet]) -> tuple[str, ...]:
    if not offered:
        return ()
    labels = {facet.value: f"{facet.name}{_COUNT}{facet.count:,}" for facet in offered}
    left = sum(facet.count > 0 for facet in offered)
    picked = st.multiselect(
        _LABELS[name],
        [facet.value for facet in offered],
        format_func=lambda value: labels.get(value, value),
        key=_key(name),
        help=_HELP[name],
        placeholder=f"Any of {left:,}",
        select_all=False,
    )
    return tuple(sorted(value for value in picked if value in labels))


def _days() -> tuple[date | None, date | None]:
    since = st.date_input(
        "From", None, _EARLIEST, _LATEST, key="since", format="YYYY-MM-DD", help="First day; undated ones are left out."
    )
    until = st.date_input(
        "To", None, _EARLIEST, _LATEST, key="until", format="YYYY-MM-DD", help="Last day; undated ones are left out."
    )
    since = since if isinstance(since, date) else None
    until = until if isinstance(until, date) else None
    if since and until and since > until:
        st.warning("The first day is after the last; they were swapped.")
        since, until = until, since
    return since, until


def _tell_how_many(chosen: Selection) -> None:
    kept, every = len(data.selected()), len(data.current().statements)
    if chosen.is_empty:
        st.caption(f"{text.count(every, 'statement')}, nothing filtered out")
        return
    st.caption(f"**{kept:,} of {every:,}** statements")
    if chosen.since or chosen.until:
        left = int(data.current().statements["said_on"].isna().sum())
        if left:
            st.caption(f"{text.count(left, 'undated statement')} left out by the dates")
    st.button("Clear all filters", on_click=clear, icon=":material/filter_alt_off:", width="stretch")
