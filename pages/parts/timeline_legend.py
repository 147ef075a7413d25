"""What the timeline's marks and bars mean, what they leave out, and the numbers behind them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.queries import timeline
from analysis.queries.events import Event
from analysis.queries.lanes import By
from analysis.queries.period_counts import LEAST_OF
from analysis.queries.shares import Whole
from analysis.queries.timeline import MOST_MARKS, Unit
from pages.parts import chart_data, coverage, data, tables, text
from pages.parts.language import mark, number, told, tr, trn
from pages.parts.picked import Picked
from pages.parts.timeline_choices import Drawn

_SCALES = {
    Unit.DAY: mark("A bar counts the statements of a day; all lanes have one scale"),
    Unit.MONTH: mark("A bar counts the statements of a month; all lanes have one scale"),
    Unit.QUARTER: mark("A bar counts the statements of a quarter; all lanes have one scale"),
    Unit.YEAR: mark("A bar counts the statements of a year; all lanes have one scale"),
}
_WHOLES = {
    By.SIDE: mark("A bar is a share: of all that the side said in that period, how much the filters keep"),
    By.SPEAKER: mark("A bar is a share: of all that the speaker said in that period, how much the filters keep"),
    By.PUBLISHER: mark(
        "A bar is a share: of all that the publisher printed from that period, how much the filters keep"
    ),
}
_COARSER = {
    Unit.STATEMENT: mark("These are too many for a mark each, so bars count them"),
    Unit.DAY: mark("So many days could not be drawn, so longer periods are"),
    Unit.MONTH: mark("So many months could not be drawn, so longer periods are"),
    Unit.QUARTER: mark("So many quarters could not be drawn, so years are"),
}
_TABLES = {  # the table behind the chart, and what its file calls a lane
    By.SIDE: (mark("Statements by side and period"), mark("Side")),
    By.SPEAKER: (mark("Statements by speaker and period"), mark("Speaker")),
    By.PUBLISHER: (mark("Statements by publisher and period"), mark("Publisher")),
}


def legend(picked: Picked, drawn: Drawn, events: Sequence[Event]) -> None:
    """Say what the marks mean, of what the shares are, and what is not drawn."""
    meaning = []
    if drawn.asked is not None and drawn.asked is not drawn.unit:
        meaning.append(tr(_COARSER[drawn.asked]))
    if drawn.unit is Unit.STATEMENT:
        meaning.append(tr("● direct words · ◆ partly in quotation marks · ○ reported without quotation marks"))
    else:
        meaning += _bars(picked, drawn)
    if events:
        meaning.append(tr("▼ event"))
    if drawn.by is By.PUBLISHER:
        meaning.append(tr("what several publishers print stands in each one’s lane"))
    if count := len(picked.undated):
        meaning.append(
            trn(
                "not drawn: {count} undated statement, listed below",
                "not drawn: {count} undated statements, listed below",
                count,
            )
        )
    st.caption(" · ".join(meaning))
    for problem in data.events()[1]:
        st.caption(f":material/warning: {text.markdown(told(problem))}")


def _bars(picked: Picked, drawn: Drawn) -> list[str]:
    if drawn.of is None:
        meaning = [tr(_SCALES[drawn.unit])]
    elif drawn.of is Whole.PERIOD:
        meaning = [tr("A bar is a share: of all statements of that period, how many stand in the lane")]
    else:
        meaning = [tr(_WHOLES[drawn.by])]
    if drawn.of is not None:
        meaning += _in_all(picked, drawn)
        meaning.append(tr("hatched: a share of fewer than {few}", few=LEAST_OF))
    last, reach = data.current().last_day, picked.along(drawn.by).reach
    cut = timeline.unfinished(last, drawn.unit)
    if last and cut and reach and reach[1] >= timeline.period_days(cut)[0]:
        meaning.append(tr("paler, outlined: {period} is unfinished, the archive ends on {day}", period=cut, day=last))
    return meaning


def _in_all(picked: Picked, drawn: Drawn) -> list[str]:
    """The share over all periods; not where a statement stands in several lanes, so that wholes would overlap."""
    counts = picked.counts(drawn.unit, drawn.by, drawn.of)
    if counts is None or counts.of is None or (drawn.by is By.PUBLISHER and drawn.of is Whole.LANE):
        return []
    whole = counts.of.sum() if drawn.of is Whole.LANE else counts.of[0].sum()
    kept = len(picked.dated)
    return [tr("in all {share}", share=coverage.share(kept, int(whole)))] if kept < whole else []


def numbers(picked: Picked, drawn: Drawn) -> None:
    """Draw the counts behind the bars, a row a period and a column a lane; behind marks, those of what they fit."""
    unit = drawn.unit
    if unit is Unit.STATEMENT:
        unit = timeline.unit_for(MOST_MARKS + 1, picked.along(drawn.by).reach)
    counts = picked.counts(unit, drawn.by, drawn.of)
    if counts is None:
        return
    of, names = counts.of, picked.lane_names(drawn.by)
    rows: list[list[tables.Cell]] = []
    plain: list[list[tables.Cell]] = []
    for at, period in enumerate(counts.names()):
        found = [int(count) for count in counts.counts[:, at]]
        if not any(found):
            continue
        whole = found if of is None else [int(each) for each in of[:, at]]
        cells = [number(n) if of is None else coverage.share(n, w) for n, w in zip(found, whole, strict=True)]
        rows.append([period, *cells])
        plain += [[period, name, n, w] for name, n, w in zip(names, found, whole, strict=True) if n or of is not None]
    title, lane = _TABLES[drawn.by]
    head = [tr("Period"), tr(lane), tr("Statements"), tr("Of how many")]
    chart_data.table(
        tr(title),
        [tr("Period"), *names],
        rows,
        name=f"by-{unit}-and-{drawn.by}",
        numbers=names,
        tight=[tr("Period")],
        plain=(head, plain) if of is not None else (head[:3], [row[:3] for row in plain]),
    )
    st.caption(tr("Periods without any of these statements have no row."))


def event_table(events: Sequence[Event]) -> None:
    """Draw the events that are marked."""
    if events:
        tables.table(
            tr("Events"),
            [tr("Day"), tr("Event"), tr("Kind"), tr("Source")],
            [
                [
                    event.day.isoformat(),
                    event.title,
                    told(event.kind),
                    tables.Html(text.outside_link(event.source_url, event.source_publisher or tr("source"))),
                ]
                for event in events
            ],
            tight=[tr("Day")],
        )
