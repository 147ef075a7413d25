"""Statements that were found, each with the reason; those close to one statement; what to say without an encoder."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis import warming
from analysis.queries.closest import explained
from analysis.queries.search import Hit, Hits
from analysis.queries.similar import similar
from pages.parts import data, language, links, statement_card, take, text
from pages.parts.language import told, tr, trn

_LIKE = 20
_PER_PAGE = 10
_EDGES = ' \n.,;:“”"…'


def cards(page: Sequence[Hit], asked: str = "") -> None:
    """Draw one page of hits.

    asked: words in whose light each hit's nearest part is underlined.
    """
    statements = [data.current().statement(hit.statement_id) for hit in page]
    place = st.empty()
    place.html(_cards(page, statements))
    explained_hits = _with_parts(page, asked)  # takes a moment, so the words stand already
    if any(hit.part for hit in explained_hits):
        place.html(_cards(explained_hits, statements))


def _cards(page: Sequence[Hit], statements: Sequence[data.Row]) -> str:
    return "".join(
        statement_card.card(
            statement, reason=reason(hit, str(statement["text"])), found=hit.matched, part=hit.part or None
        )
        for hit, statement in zip(page, statements, strict=True)
    )


def _with_parts(page: Sequence[Hit], asked: str) -> Sequence[Hit]:
    """The hits of one page, with the part of each that is nearest to ``asked``, where there is an encoder."""
    encoder = warming.encoder()
    if encoder is None or not asked:
        return page
    ids = [hit.statement_id for hit in page]
    return explained(Hits(page), data.current().statements.loc[ids], encoder, asked)


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
    st.html(statement_card.card(shown.statement(statement_id), similar=False))
    st.button(tr("Back to searching"), icon=":material/close:", on_click=links.put, kwargs={"like": None})
    found = similar(shown.release, statement_id, _LIKE, data.selection())
    if not found:
        st.info(told(found.note or tr("Widen the filters.")), title=tr("No other statement to compare with"))
        return
    near = [hit for hit in found if hit.closeness] or list(found)
    first = trn("{count} statement", "{count} statements", len(near))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(language.listed([f"**{first}**", tr("closest first")]), width="stretch")
        take.menu(take.hits(near, f"like {statement_id}"))
    body = st.container()
    number = links.page_number(-(-len(near) // _PER_PAGE))
    with body:
        cards(near[(number - 1) * _PER_PAGE : number * _PER_PAGE], str(shown.statement(statement_id)["text"]))


def without_meaning() -> None:
    """Say that only words were searched: for now, or for good; the log says why."""
    if warming.problem():
        st.warning(tr("The encoder could not be loaded, so only words were searched."))
    else:
        _wait_for_meaning()


@st.fragment(run_every=1.0)
def _wait_for_meaning() -> None:
    """Look every second whether the encoder is ready, and search anew once it is."""
    if warming.encoder() is not None or warming.problem():
        st.rerun(scope="app")
    st.info(tr("These were found by their words. Meaning follows in a few seconds."), icon="spinner")
