"""Several queries beside each other in one chart: which are asked, and how often each is said along time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries import timeline
from analysis.queries.every_match import EveryMatch
from analysis.queries.match_counts import PeriodCounts, by_period
from pages.parts import chart_data, charts, data, hit_charts, hit_counts, links, plot, text
from pages.parts.charts import Chart
from pages.parts.language import mark, number, tr, trn

OTHERS = ("q2", "q3", "q4")
_HEIGHTS = {"share": mark("Share of the period’s statements"), "number": mark("Number of statements")}
_BOXES = "query_boxes"  # how many further boxes the reader asked for


def further_queries() -> list[str]:
    """Draw the boxes for queries to compare with; what they ask, without empty ones."""
    for name in OTHERS:
        if links.opened() or name not in st.session_state:
            st.session_state[name] = links.get(name) or ""
    if links.opened():
        st.session_state[_BOXES] = 0
    asked = [at for at, name in enumerate(OTHERS, 1) if st.session_state[name]]
    boxes = max([st.session_state.setdefault(_BOXES, 0), *asked])
    if boxes:
        for name, place in zip(OTHERS[:boxes], st.columns(boxes), strict=True):
            with place:
                written = st.text_input(
                    tr("Compare with"),
                    key=name,
                    type="search",
                    max_chars=500,
                    icon=":material/stacked_bar_chart:",
                    placeholder=tr("Another query"),
                    on_change=_changed,
                )
            links.keep(name, (written or "").strip())
    return [query for name in OTHERS if (query := links.get(name))]


def add_button() -> None:
    """Draw the button that offers one more query to compare with."""
    boxes = max([st.session_state.get(_BOXES, 0), *(at for at, name in enumerate(OTHERS, 1) if links.get(name))])
    if boxes < len(OTHERS):
        st.button(
            tr("Compare with another query"),
            icon=":material/add_chart:",
            on_click=_more,
            args=(boxes + 1,),
            key="add_query",
        )


def _more(boxes: int) -> None:
    st.session_state[_BOXES] = boxes


def _changed() -> None:
    """Start from what the queries come to; a callback. An emptied box stays until the page is opened anew."""
    links.put(page=None)
    filled = [at for at, name in enumerate(OTHERS, 1) if st.session_state.get(name)]
    st.session_state[_BOXES] = max([st.session_state.get(_BOXES, 0), *filled])


def _drawn(
    queries: Sequence[str], every: Sequence[EveryMatch], mode: str, *, share: bool
) -> tuple[Chart, PeriodCounts]:
    def make() -> tuple[Chart, PeriodCounts]:
        statements, picked = data.current().release.statements, data.picked()
        counted = by_period(statements, picked.places, [found.places for found in every])
        cut = timeline.unfinished(data.current().last_day, counted.unit)
        return hit_charts.side_by_side(counted, queries, hit_counts.room(), cut, share=share), counted

    return data.picked().keep(hit_counts.key_of(repr(tuple(queries)), mode, share, "side_by_side"), make)


def draw(queries: Sequence[str], every: Sequence[EveryMatch], mode: str) -> None:
    """Draw what each query finds, and the chart of all."""
    st.markdown(
        "  \n".join(
            tr("{query} — {summary}", query=text.markdown(text.shortened(query, 80)), summary=hit_counts.summary(found))
            for query, found in zip(queries, every, strict=True)
        )
    )
    share = _choose_heights()
    chart, counted = _drawn(queries, every, mode, share=share)
    if not counted.periods:
        st.caption(tr("None of them has a day, so nothing can be drawn along time."))
        return
    plot.draw(chart, "queries", charts.config("queries"))
    notes = [_meaning(share=share), *hit_counts.unfinished_note(counted)]
    if any(counted.undated):
        undated = sum(counted.undated)
        notes.append(trn("not drawn: {count} undated statement", "not drawn: {count} undated statements", undated))
    st.caption(" · ".join(notes))


def _choose_heights() -> bool:
    picked = st.segmented_control(
        tr("A bar’s height"),
        list(_HEIGHTS),
        key=links.choice("count", list(_HEIGHTS), "share"),
        required=True,
        format_func=lambda option: tr(_HEIGHTS[option]),
        wrap=True,
        help=tr("The archive holds more of some years than of others; shares can be compared."),
    )
    links.keep("count", picked, "share")
    return picked != "number"


def _meaning(*, share: bool) -> str:
    if not share:
        return tr("How many dated statements each query finds")
    return tr("Of all dated statements of the period that the filters on the left keep")


def numbers(queries: Sequence[str], every: Sequence[EveryMatch], mode: str) -> None:
    """Draw the table behind the chart: how many, and what share of the period's statements."""
    counted = _drawn(queries, every, mode, share=links.get("count") != "number")[1]
    names = [text.shortened(query, 60) for query in queries]
    shares = [counted.shares(at) for at in range(len(queries))]
    rows: list[list[object]] = []
    for period, name in enumerate(counted.periods):
        cells = []
        for counts, share in zip(counted.counts, shares, strict=True):
            percent = f"{share[period]:.1f}"
            cells.append(tr("{count} ({share} %)", count=number(counts[period]), share=percent))
        rows.append([name, *cells, counted.of[period]])
    if any(counted.undated):
        rows.append([tr("Undated"), *map(number, counted.undated), ""])
    of_all = tr("All statements")
    saved = [
        [name, *(counts[period] for counts in counted.counts), counted.of[period]]
        for period, name in enumerate(counted.periods)
    ]
    head = [tr("Period"), *names, of_all]
    chart_data.table(
        tr("Statements by period and query"),
        head,
        rows,
        name="queries",
        plain=(head, saved),
        numbers=[*names, of_all],
        tight=[tr("Period")],
    )
