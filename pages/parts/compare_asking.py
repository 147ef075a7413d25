"""What a comparison asks: whom to set side by side, on which question, and how close in meaning is close enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from analysis.queries.codes import UNKNOWN
from analysis.queries.comparing.groups import MOST, Who, read
from analysis.queries.comparing.reaches import REACHES, unasked
from analysis.queries.ranking import Mode, Near
from pages.parts import data, link_widgets, links
from pages.parts.language import mark, tr

_SPEAKERS = 150  # offered in the list; others come by a link or from their profile
_REACHES = {"words": mark("Its words"), "narrow": mark("Narrow"), "medium": mark("Medium"), "wide": mark("Wide")}
_EXAMPLES = ("no limits", "we are not allies", "mediation over Ukraine", "gas", "Taiwan")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to compare on what."""

    who: tuple[Who, ...]
    query: str  # empty: everything they said
    reach: str  # one of ``REACHES``

    @property
    def how(self) -> tuple[Mode, Near]:
        """What of words and meaning counts, and how near is near enough."""
        return REACHES[self.reach]


def ask() -> Asked:
    """Draw the choice of groups, the question and its reach; what is asked."""
    who = _who()
    box, how = st.columns([3, 2], vertical_alignment="bottom")
    with box:
        placeholder = tr("Empty: everything they said. Else words, “phrases”, filters as on the search page")
        query = link_widgets.search_box("q", tr("On which question"), placeholder, 500)
    reach = "medium"
    if query:
        with how:
            reach = _reach()
    else:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(tr("For example:"), width="content")
            for example in _EXAMPLES:
                st.button(example, type="tertiary", key=f"compare {example}", on_click=links.put, kwargs={"q": example})
    return Asked(tuple(who), query, reach)


def _reach() -> str:
    return link_widgets.segmented(
        "reach",
        tr("How much counts as on the question"),
        {reach: tr(name) for reach, name in _REACHES.items()},
        "medium",
        tr(
            "Its words: statements that hold all of them, or those that weigh most. Narrow, medium and wide add "
            "what is very close to it in meaning, close, or only related. Medium is what the search page finds."
        ),
    )


def _who() -> list[Who]:
    """Draw the choice of groups. Without any in the address: the two sides that the archive holds most of."""
    known = data.current().known
    asked, lost = read(links.get_all("who"), known)
    links.lost(lost)
    if not links.get_all("who"):
        asked = unasked(list(known["side"]))
    links.put(who=[str(each) for each in asked])
    sides = [f"side:{value}" for value in known["side"] if value != UNKNOWN]
    speakers = [f"speaker:{value}" for value in list(known["speaker"])[:_SPEAKERS] if value != UNKNOWN]
    options = list(dict.fromkeys([*sides, *speakers, *map(str, asked)]))
    named = names(options)
    key = "compare_who"
    st.session_state[key] = [str(each) for each in asked]

    def take() -> None:
        links.put(who=st.session_state[key])

    st.multiselect(
        tr("Compare"),
        options,
        key=key,
        format_func=lambda option: named.get(option, option),
        max_selections=MOST,
        on_change=take,
        select_all=False,
        placeholder=tr("Two or three sides or speakers"),
        help=tr("Sides first, then those who speak most; anyone else can be added from their profile."),
    )
    return asked


def names(who: Iterable[Who | str]) -> dict[str, str]:
    """The names of groups, by how links carry them: a side's is marked as one."""
    shown = data.current()
    found = {}
    for each in map(str, who):
        what, _, value = each.partition(":")
        name = data.side(value) if what == "side" else shown.names.get(value, value)
        found[each] = tr("Side: {name}", name=name) if what == "side" else name
    return found
