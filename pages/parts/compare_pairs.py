"""The statements of two groups that come nearest to each other in meaning, side by side."""

from __future__ import annotations

import streamlit as st

from analysis.queries.comparing.nearest_pairs import AT_ONCE, Pair, days_apart, pairs_to_compare
from analysis.queries.ranking import in_words
from pages.parts import data, link_widgets, links, statement_card, text
from pages.parts.compared import Compared
from pages.parts.language import number, told, tr, trn

_AGREED = "pairs_agreed"  # a key of the session: which comparison of very many pairs its reader asked for


def draw(compared: Compared) -> None:
    """Draw the nearest statements of each two groups."""
    st.subheader(tr("Nearest pairs"), anchor=False)
    if not data.current().release.dimensions:
        st.caption(tr("This release was built without an encoder, so nothing can be compared by meaning."))
        return
    pairings = compared.pairings()
    if len(pairings) > 1:
        called = [text.markdown(text.shortened(look.name, 60)) for look in compared.looks]
        names = {f"{one}-{other}": f"{called[one]} – {called[other]}" for one, other in pairings}
        asked = link_widgets.segmented("pair", tr("Between"), names, "0-1")
        one, other = (int(each) for each in asked.split("-"))
    else:
        one, other = pairings[0]
    first, second = compared.groups[one].alone, compared.groups[other].alone
    count = pairs_to_compare(first, second)
    st.caption(
        tr(
            "The closest in meaning of all {pairs} pairs, each of {first} statements with each of {second}; every one "
            "was compared.",
            pairs=number(count),
            first=number(len(first)),
            second=number(len(second)),
        )
    )
    comparison = (data.current().release.number, repr(data.selection()), *compared.key, one, other)
    if count > AT_ONCE and not _agreed(comparison):
        st.button(
            tr("Compare all {pairs} pairs", pairs=number(count)),
            help=tr("May take some seconds; a narrower question takes less."),
            on_click=_agree,
            args=(comparison,),
        )
        return
    with st.spinner(tr("Comparing …"), show_time=True):
        found = compared.pairs(one, other)
    if not found:
        st.caption(tr("Nothing to show."))
    for pair in found:
        _pair(compared, pair)


def _agree(comparison: tuple[object, ...]) -> None:
    """Take the reader's word that it may take long; a callback."""
    st.session_state[_AGREED] = comparison
    links.put(pairs="all")


def _agreed(comparison: tuple[object, ...]) -> bool:
    """Whether this reader asked for it: a link that does (``pairs=all``) starts nothing by itself."""
    return links.get("pairs") == "all" and st.session_state.get(_AGREED) == comparison


def _pair(compared: Compared, pair: Pair) -> None:
    near = in_words(pair.cosine, data.current().release.dimensions, to_a_statement=True)
    about = tr("{closeness} in meaning", closeness=told(near)) if near else tr("distant in meaning")
    apart = days_apart(compared.statements, pair)
    when = (
        tr("a day is not known")
        if apart is None
        else tr("on one day")
        if apart == 0
        else trn("{count} day apart", "{count} days apart", abs(apart))
    )
    with st.container(border=True, gap="small"):
        st.caption(f"{about} · {when}")
        columns = st.columns(2, gap="medium")
        for column, row in zip(columns, (pair.row, pair.other), strict=True):
            with column:
                statement_card.briefly(data.rows(compared.statements.iloc[[row]]))
