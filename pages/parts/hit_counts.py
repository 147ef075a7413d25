"""What a query finds, counted: along time, and by side, speaker and year, to narrow by a click."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from analysis import warming
from analysis.queries import timeline
from analysis.queries.every_match import EveryMatch
from analysis.queries.lanes import By
from analysis.queries.match_counts import PeriodCounts, by_period, by_value, by_year
from analysis.queries.period_counts import bars_of
from analysis.queries.selection import FACETS
from pages.parts import chart_data, charts, data, filters, hit_charts, links, plot, text
from pages.parts.charts import Chart
from pages.parts.lane_names import lane_name
from pages.parts.language import mark, number, told, tr, trn

_FACETS = {"side": (mark("By side"), 6), "speaker": (mark("By speaker"), 8)}  # with the most values shown
_MOST_YEARS = 12
_YEARS = "narrow_years"
_BARS = "hit_bars"


def room() -> int:
    """How wide a chart is at least, in pixels."""
    return 320 if charts.is_phone() else 560


def key_of(query: str, *more: object) -> tuple[object, ...]:
    """What figures of a query are kept under: it finds other things once there is an encoder."""
    return ("search", query, warming.encoder() is not None, room(), *more)


def summary(found: EveryMatch) -> str:
    """How many statements a query finds, of how many, and in what way; Markdown."""
    kept, every = number(len(found.places)), number(len(data.picked()))
    if found.by == "filters":
        return tr("**{found} of {every}** statements pass the query’s filters", found=kept, every=every)
    if found.by == "exact":
        return tr("**{found} of {every}** statements say it", found=kept, every=every)
    if found.by == "words":
        return tr("**{found} of {every}** statements hold these words, or most of them", found=kept, every=every)
    if found.by == "meaning":
        return tr("**{found} of {every}** statements are close in meaning", found=kept, every=every)
    return tr(
        "**{found} of {every}** statements hold these words or are close in meaning: {saying} by their words, "
        "{close} by meaning alone",
        found=kept,
        every=every,
        saying=number(found.saying),
        close=number(len(found.places) - found.saying),
    )


Drawn = tuple[Chart, PeriodCounts, list[list[object]]]


def _drawn(found: EveryMatch, query: str, mode: str) -> Drawn:
    """The chart of what was found, its counts, and the rows of the table behind."""
    picked, statements = data.picked(), data.current().release.statements

    def make() -> Drawn:
        counted = by_period(statements, picked.places, [found.places])
        along = data.current().timetable.along(found.places, By.SIDE, most=5)
        lanes, bars = along.lanes, bars_of(along.counts(counted.unit))
        names = [lane_name(lane, By.SIDE, {}, data.current().side_names) for lane in lanes]
        cut = timeline.unfinished(data.current().last_day, counted.unit)
        name_of = dict(zip([lane.lane for lane in lanes], names, strict=True))
        ordered = bars.sort_values(["since", "lane"], kind="stable")
        rows: list[list[object]] = [
            [period, name_of[lane], int(count)]
            for period, lane, count in zip(ordered["period"], ordered["lane"], ordered["count"], strict=True)
        ]
        return hit_charts.by_side(bars, lanes, names, counted, room(), cut), counted, rows

    return picked.keep(key_of(query, mode, "along_time"), make)


def along_time(found: EveryMatch, query: str, mode: str) -> None:
    """Draw a bar a period, which narrows the dates when clicked; beside it what else narrows."""
    left, right = st.columns([3, 2], gap="medium")
    with right:
        _narrowing(found, query, mode)
    with left:
        chart, counted, _ = _drawn(found, query, mode)
        if not counted.periods:
            st.caption(tr("None of them has a day, so nothing can be drawn along time."))
            return
        if len(counted.periods) == 1 and len(found.places) == 1:
            return  # its card says it all
        plot.draw(chart, _BARS, charts.config("search-by-period-and-side"), plot.Answers(_clicked))
        notes = [tr("Click a bar to narrow the dates to it"), *unfinished_note(counted)]
        if counted.undated[0]:
            undated = counted.undated[0]
            notes.append(trn("not drawn: {count} undated statement", "not drawn: {count} undated statements", undated))
        st.caption(" · ".join(notes))


def numbers(found: EveryMatch, query: str, mode: str) -> None:
    """Draw the table behind the chart."""
    _, _, rows = _drawn(found, query, mode)
    chart_data.table(
        tr("What was found, by period and side"),
        [tr("Period"), tr("Side"), tr("Statements")],
        rows,
        name="search-by-period-and-side",
        numbers=[tr("Statements")],
        tight=[tr("Period")],
    )


def unfinished_note(counted: PeriodCounts) -> list[str]:
    """That a chart's last period is unfinished, where it is."""
    last = data.current().last_day
    cut = timeline.unfinished(last, counted.unit)
    if last is None or cut not in counted.periods:
        return []
    return [tr("paler: {period} is unfinished, the archive ends on {day}", period=cut, day=last)]


def _narrowing(found: EveryMatch, query: str, mode: str) -> None:
    """Draw sides, speakers and years of what was found, with their counts; a click asks the filters for one."""
    statements, asked = data.current().release.statements, data.selection()
    for facet, (label, most) in _FACETS.items():
        if asked.asked(facet):
            continue  # it has its chip
        count = partial(by_value, statements, FACETS[facet], found.places)
        counts = data.picked().keep(key_of(query, mode, facet), count)
        known = data.current().known[facet]
        names = {value: told(known[value].name) for value in list(counts)[:most] if value in known}
        _pills(tr(label), f"narrow_{facet}", names, counts, len(counts) - len(names))
    years = data.picked().keep(key_of(query, mode, "years"), lambda: by_year(statements, found.places))
    fullest = sorted(years, key=lambda year: (-years[year], -year))[:_MOST_YEARS]
    by_name = {str(year): years[year] for year in sorted(fullest, reverse=True)}
    _pills(tr("By year"), _YEARS, {name: name for name in by_name}, by_name, len(years) - len(by_name))


def _pills(label: str, key: str, names: Mapping[str, str], counts: Mapping[str, int], more: int) -> None:
    if len(names) < 2:
        return
    st.session_state[key] = None
    st.pills(
        label + (" " + trn("(the fullest; {count} more)", "(the fullest; {count} more)", more) if more > 0 else ""),
        list(names),
        format_func=lambda value: (
            f"{text.markdown(text.shortened(names[value], 40))} · {number(counts[value])}" if value in names else value
        ),
        key=key,
        wrap=True,
        on_change=_narrow,
        args=(key,),
    )


def _narrow(key: str) -> None:
    """Ask the filters for the value that was clicked; a callback."""
    value, facet = str(st.session_state[key]), key.removeprefix("narrow_")
    if key == _YEARS and value.isdecimal():
        _within(date(int(value), 1, 1), date(int(value), 12, 31))
    elif value in data.current().known.get(facet, ()):  # not a label that is no longer drawn
        filters.ask(data.selection().asking(facet, [value]))
    links.put(page=None)


def _clicked(period: str) -> None:
    """Ask the filters for the days of the bar that was clicked; a callback."""
    try:
        days = timeline.period_days(period)
    except ValueError:
        return
    _within(*days)
    links.put(page=None)


def _within(since: date, until: date) -> None:
    asked = data.selection()
    filters.ask(
        replace(
            asked,
            since=max(since, asked.since) if asked.since else since,
            until=min(until, asked.until) if asked.until else until,
        )
    )
