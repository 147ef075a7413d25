"""What a search asks, and what it found, with the reason for each statement."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries.ranking import Mode
from analysis.queries.search import Hit, Hits, search
from analysis.queries.similar import similar
from pages.parts import data, links, statement_card, text, warming

_MODES: dict[str, str] = {"hybrid": "Words and meaning", "semantic": "Meaning", "words": "Words"}
_MOST = 50
_PER_PAGE = 10
_EXAMPLES = (
    "not aimed at any third country",
    "“no limits”",
    "peace talks over Ukraine",
    "trade in national currencies",
)


def ask() -> tuple[str, Mode]:
    """Draw the query box and the mode; what is asked, and how."""
    if links.opened() or "q" not in st.session_state:
        st.session_state["q"] = links.get("q") or ""
    box, how = st.columns([3, 2], vertical_alignment="bottom")
    with box:
        query = st.text_input(
            "Search the statements",
            key="q",
            type="search",
            max_chars=500,
            icon=":material/search:",
            placeholder="not aimed at any third country",
            on_change=links.put,
            kwargs={"page": None, "like": None},
        )
    with how:
        mode = st.segmented_control(
            "Search by",
            list(_MODES),
            key=links.choice("mode", list(_MODES), "hybrid"),
            required=True,
            format_func=lambda option: _MODES.get(option, option),
            help="Words finds what is said literally; meaning finds the same thought in other words.",
            on_change=links.put,
            kwargs={"page": None},
        )
    asked = (query or "").strip()
    links.keep("q", asked)
    links.keep("mode", mode, "hybrid")
    return asked, mode or "hybrid"  # type: ignore[return-value]


def find(query: str, mode: Mode) -> Hits:
    """The hits of the selection; by words alone while there is no encoder."""
    shown = data.current()
    encoder = warming.encoder() if shown.release.manifest.dimensions else None
    try:
        return _find(data.folder(), shown.release.number, query, mode, encoder is not None, repr(data.selection()))
    except ValueError as mismatch:
        st.warning(f"{mismatch}.", title="Search goes by words alone")
        return search(shown.release, query, data.selection(), encoder=None, mode="words", limit=_MOST)


@st.cache_data(max_entries=256, show_spinner=False)
def _find(folder: str, number: int, query: str, mode: Mode, with_encoder: bool, selection: str) -> Hits:
    encoder = warming.encoder() if with_encoder else None
    found = search(data.shown(folder, number).release, query, data.selection(), encoder=encoder, mode=mode, limit=_MOST)
    if not with_encoder and mode != "words":
        found.note = None  # the page says it better
    return found


def draw(found: Sequence[Hit]) -> None:
    """Draw the hits, ten at a time. Distantly related ones are left out until they are asked for."""
    shown = data.current()
    near = [hit for hit in found if hit.why != "meaning" or hit.closeness]
    head, body = st.container(), st.container()
    listed = list(found) if not near or _with_distant(len(found) - len(near)) else near
    first = f"The {_MOST} best" if len(listed) == _MOST else text.count(len(listed), "statement")
    aside = "" if near else ", none of them close"
    head.markdown(f"**{first}**, best first{aside}")
    number = links.page_number(-(-len(listed) // _PER_PAGE))
    with body:
        for hit in listed[(number - 1) * _PER_PAGE : number * _PER_PAGE]:
            statement = shown.statement(hit.statement_id)
            statement_card.card(statement, reason=reason(hit, str(statement["text"])), found=hit.matched)


def _with_distant(distant: int) -> bool:
    """Draw the choice to see distantly related statements too, where there are any; what was chosen."""
    if links.opened() or "far" not in st.session_state:
        st.session_state["far"] = links.get("far") == "on"
    if not distant:
        return False
    chosen = st.toggle(f"Show {distant} more that are only distantly related", key="far")
    links.keep("far", "on" if chosen else None)
    return chosen


def reason(hit: Hit, said: str) -> str:
    """Why a statement was found, in words. ``said`` is its text."""
    near = f"{hit.closeness} in meaning" if hit.closeness else "distant in meaning"
    found = list(dict.fromkeys(said[start:end] for start, end in text.runs(said, hit.matched)))
    matched = ", ".join(f"“{words}”" for words in sorted(found, key=len, reverse=True)[:4])
    if hit.why == "meaning" or not matched:
        return f"{near[0].upper()}{near[1:]}" + (f"; shares {matched}" if matched else "")
    return f"Its words: {matched}" + (f"; {near}" if hit.why == "both" else "")


def close_to(statement_id: str) -> None:
    """Draw a statement and those that are closest to it in meaning."""
    shown = data.current()
    st.subheader("Close in meaning to", anchor=False)
    statement_card.card(shown.statement(statement_id), similar=False)
    st.button("Back to searching", icon=":material/close:", on_click=links.put, kwargs={"like": None})
    kept = data.selected().index
    found = [hit for hit in similar(shown.release, statement_id, limit=200) if hit.statement_id in kept][:20]
    if not found:
        st.info(
            "Widen the filters." if shown.release.manifest.dimensions else "This release was built without an encoder.",
            title="No other statement to compare with",
        )
        return
    draw(found)


def suggestions() -> None:
    """Draw questions to start from."""
    st.markdown("Try one of these:")
    with st.container(horizontal=True):
        for example in _EXAMPLES:
            st.button(example, on_click=_ask_for, args=(example,), key=f"example {example}")


def _ask_for(example: str) -> None:
    st.session_state["q"] = example
    links.put(page=None, like=None)


def without_meaning() -> None:
    """Say that only words were searched: for now, or for good, and why."""
    if why := warming.problem():
        st.warning(f"The encoder could not be loaded ({text.markdown(why)}), so only words were searched.")
    else:
        _wait_for_meaning()


@st.fragment(run_every=1.0)
def _wait_for_meaning() -> None:
    """Look every second whether the encoder is ready, and search anew once it is."""
    if warming.encoder() is not None or warming.problem():
        st.rerun(scope="app")
    st.info("These were found by their words. Meaning follows in a few seconds.", icon="spinner")
