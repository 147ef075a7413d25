"""What a search asks, and what it found, with the reason for each statement."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries.closest import explained
from analysis.queries.ranking import Mode
from analysis.queries.search import Hit, Hits, search
from analysis.queries.similar import similar
from pages.parts import data, language, links, statement_card, text, warming
from pages.parts.language import told, tr, trn

_MOST = 50
_LIKE = 20
_PER_PAGE = 10
_EDGES = ' \n.,;:“”"…'


def find(query: str, mode: Mode) -> Hits:
    """The hits of the selection; by words alone while there is no encoder."""
    shown = data.current()
    encoder = warming.encoder() if shown.release.manifest.dimensions else None
    try:
        return _find(data.folder(), shown.release.number, query, mode, encoder is not None, repr(data.selection()))
    except ValueError as mismatch:
        st.warning(tr("{sentence}.", sentence=told(mismatch)), title=tr("Search goes by words alone"))
        return search(
            shown.release, query, data.selection(), encoder=None, mode="words", limit=_MOST, names=shown.vocabulary
        )


@st.cache_data(max_entries=256, show_spinner=False)
def _find(folder: str, number: int, query: str, mode: Mode, with_encoder: bool, selection: str) -> Hits:
    encoder = warming.encoder() if with_encoder else None
    shown = data.shown(folder, number)
    found = search(
        shown.release, query, data.selection(), encoder=encoder, mode=mode, limit=_MOST, names=shown.vocabulary
    )
    if not with_encoder and mode != "words":
        found.note = None  # the page says it better
    return found


def draw(found: Hits, asked: str = "") -> None:
    """Draw the hits, ten at a time. Distantly related ones are left out until they are asked for.

    asked: words in whose light each hit's nearest part is underlined.
    """
    shown = data.current()
    near = Hits([hit for hit in found if hit.why != "meaning" or hit.closeness])
    head, body = st.container(), st.container()
    listed = found if not near or _with_distant(len(found) - len(near)) else near
    first = trn("{count} statement", "{count} statements", len(listed))
    if len(listed) == _MOST:
        first = tr("The {count} best", count=_MOST)
    order = tr("newest first") if found and found[0].why == "filters" else tr("best first")
    head.markdown(language.listed([f"**{first}**", order, *([] if near else [tr("none of them close")])]))
    number = links.page_number(-(-len(listed) // _PER_PAGE))
    page = listed[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    with body:
        places = []
        for hit in page:
            statement = shown.statement(hit.statement_id)
            places.append(statement_card.card(statement, reason=reason(hit, str(statement["text"])), found=hit.matched))
    for place, hit in zip(places, _with_parts(page, asked), strict=True):  # takes a moment, so the words stand already
        if hit.part:
            statement = shown.statement(hit.statement_id)
            why = reason(hit, str(statement["text"]))
            place.html(statement_card.face(statement, why, hit.matched, hit.part))


def _with_parts(page: Sequence[Hit], asked: str) -> Sequence[Hit]:
    """The hits of one page, with the part of each that is nearest to ``asked``, where there is an encoder."""
    encoder = warming.encoder()
    if encoder is None or not asked:
        return page
    ids = [hit.statement_id for hit in page]
    return explained(Hits(page), data.current().statements.loc[ids], encoder, asked)


def _with_distant(distant: int) -> bool:
    """Draw the choice to see distantly related statements too, where there are any; what was chosen."""
    if links.opened() or "far" not in st.session_state:
        st.session_state["far"] = links.get("far") == "on"
    if not distant:
        return False
    label = trn(
        "Show {count} more that is only distantly related",
        "Show {count} more that are only distantly related",
        distant,
    )
    chosen = st.toggle(label, key="far")
    links.keep("far", "on" if chosen else None)
    return chosen


def reason(hit: Hit, said: str) -> str | None:
    """Why a statement was found, in words; None where it only passes the filters. ``said`` is its text."""
    if hit.why == "filters":
        return None
    near = tr("{closeness} in meaning", closeness=told(hit.closeness)) if hit.closeness else tr("distant in meaning")
    if hit.part:
        part = text.shortened(said[hit.part.start : hit.part.end].strip(_EDGES), 90)
        near = tr("{reason}: “{words}”", reason=near, words=part)
    found = list(dict.fromkeys(said[start:end] for start, end in text.runs(said, hit.matched)))
    longest = sorted(found, key=len, reverse=True)[:4]
    matched = language.listed(tr("“{words}”", words=words) for words in longest)
    if hit.why == "meaning" or not matched:
        reasons = [f"{near[0].upper()}{near[1:]}", *([tr("shares {words}", words=matched)] if matched else [])]
    else:
        reasons = [tr("Its words: {words}", words=matched), *([near] if hit.why == "both" else [])]
    return language.clauses(reasons)


def close_to(statement_id: str) -> None:
    """Draw a statement and those that are closest to it in meaning."""
    shown = data.current()
    st.subheader(tr("Close in meaning to"), anchor=False)
    statement_card.card(shown.statement(statement_id), similar=False)
    st.button(tr("Back to searching"), icon=":material/close:", on_click=links.put, kwargs={"like": None})
    found = similar(shown.release, statement_id, _LIKE, data.selection())
    if not found:
        st.info(told(found.note or tr("Widen the filters.")), title=tr("No other statement to compare with"))
        return
    draw(found, str(shown.statement(statement_id)["text"]))


def without_meaning() -> None:
    """Say that only words were searched: for now, or for good, and why."""
    if why := warming.problem():
        st.warning(tr("The encoder could not be loaded ({why}), so only words were searched.", why=text.markdown(why)))
    else:
        _wait_for_meaning()


@st.fragment(run_every=1.0)
def _wait_for_meaning() -> None:
    """Look every second whether the encoder is ready, and search anew once it is."""
    if warming.encoder() is not None or warming.problem():
        st.rerun(scope="app")
    st.info(tr("These were found by their words. Meaning follows in a few seconds."), icon="spinner")
