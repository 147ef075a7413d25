"""What a search asks: the query's box, how a query can be written, and what was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from analysis.queries.query_filters import chips
from analysis.queries.query_values import Understood
from analysis.queries.ranking import Mode
from pages.parts import data, links, tables, text
from pages.parts.language import mark, told, tr

_MODES: dict[str, str] = {
    "hybrid": mark("Words and meaning"),
    "semantic": mark("Meaning"),
    "words": mark("Words"),
}
_EXAMPLES = (
    "not aimed at any third country",
    "“no limits”",
    "peace talks over Ukraine -gas",
    "alliance speaker:Lavrov after:2022",
    "near:2022-02-24 side:CN",
)
_LANGUAGE = (
    ("“third party”", mark("These words, exactly so")),
    ("-alliance   -“no limits”   -side:CN", mark("Without the word, the phrase, or what the filter keeps")),
    ("gas OR oil   side:CN OR kind:direct", mark("At least one of the two beside OR")),
    (
        "speaker:Lavrov   speaker:“Wang Yi”",
        mark("Who said it, by name, part of a name or id; the same filter twice: either"),
    ),
    ("side:CN   publisher:TASS   kind:direct", mark("Whom they speak for, who printed it, how it is printed")),
    ("formula:no-limits   entity:NATO", mark("A fixed wording that it uses; whom or what it names")),
    (
        "after:2022   before:2023-05   until:2023-05-07",
        mark("Said from its first day on; before its first day; up to its last day"),
    ),
    ("on:2022-02   on:2022-02..2022-05", mark("Said on a day, in a month or year, or between two")),
    (
        "near:2022-02-24   near:2022-02~30",
        mark("Within 7 days of a day, 15 of a month, 90 of a year, or as many as ~ says"),
    ),
    ("speaker:unknown   on:unknown", mark("Nobody could be named; undated")),
)


def ask() -> tuple[str, Mode]:
    """Draw the query box and the mode; what is asked, and how."""
    if links.opened() or "q" not in st.session_state:
        st.session_state["q"] = links.get("q") or ""
    box, how = st.columns([3, 2], vertical_alignment="bottom")
    with box:
        query = st.text_input(
            tr("Search the statements"),
            key="q",
            type="search",
            max_chars=500,
            icon=":material/search:",
            placeholder=_EXAMPLES[0],
            on_change=links.put,
            kwargs={"page": None, "like": None},
        )
    with how:
        mode = st.segmented_control(
            tr("Search by"),
            list(_MODES),
            key=links.choice("mode", list(_MODES), "hybrid"),
            required=True,
            format_func=lambda option: tr(_MODES[option]),
            help=tr("Words finds what is said literally; meaning finds the same thought in other words."),
            on_change=links.put,
            kwargs={"page": None},
        )
    asked = (query or "").strip()
    links.keep("q", asked)
    links.keep("mode", mode, "hybrid")
    return asked, mode or "hybrid"  # type: ignore[return-value]


def language() -> None:
    """Draw how a query can be written, for those who open it."""
    with st.popover(tr("How to ask"), icon=":material/help:", on_change="rerun", key="language") as opened:
        if opened.open:
            st.markdown(tr("Words and whole sentences are searched as they are. Among them you can write:"))
            rows = [[_codes(written), tr(found)] for written, found in _LANGUAGE]
            tables.table(tr("The query language"), [tr("Written"), tr("Finds")], rows)
            st.caption(
                tr("The filters on the left hold as well. OR and - look for words in what was said and in names.")
            )


def _codes(written: str) -> tables.Html:
    """Several examples, two spaces or more apart, each as code."""
    return tables.Html(" ".join(f"<code>{text.escape(each)}</code>" for each in re.split(r" {2,}", written)))


def understood(read: Understood) -> None:
    """Draw what the query's filters keep."""
    kept = [told(each) for each in chips(read, data.current().vocabulary)]
    if kept:
        tags = "".join(f'<span class="or-tag or-chip">{text.escape(text.shortened(each, 160))}</span>' for each in kept)
        st.html(f'<p class="or-soft" style="margin:0">{tr("Kept: {filters}", filters=tags)}</p>')


def hints(read: Sequence[Understood]) -> None:
    """Draw what of the queries could not be used, or was read otherwise than it may be meant."""
    every = list(dict.fromkeys(told(hint) for each in read for hint in each.hints))
    if every:
        st.info("  \n".join(map(text.markdown, every)), icon=":material/lightbulb:")


def suggestions() -> None:
    """Draw questions to start from."""
    st.markdown(tr("Try one of these:"))
    with st.container(horizontal=True):
        for example in _EXAMPLES:
            st.button(example, on_click=_ask_for, args=(example,), key=f"example {example}")


def _ask_for(example: str) -> None:
    st.session_state["q"] = example
    links.put(page=None, like=None)
