"""Statements by year, of one speaker or on one entity: how many, or which share of all statements of the year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from analysis.queries.codes import days_of
from analysis.queries.comparing.over_time import over_time
from analysis.queries.timeline import Unit, unfinished
from pages.parts import chart_data, charts, coverage, data, link_widgets, palette, plot, text
from pages.parts.charts import Chart
from pages.parts.figure import Figure
from pages.parts.language import number, tr
from pages.parts.picked import Picked

_LEAST = 9  # years that the chart spans


def draw(picked: Picked, key: tuple[str, str], rows: np.ndarray, side: object, title: str) -> None:
    """Draw the chart with the choice between numbers and shares, and the table behind it.

    rows: places of the statements counted, all of them kept by the filters. key: what tells them from others of the
    same selection. title: what they are, for the table and
    for screen readers.
    """
    shown = data.current()
    head, how = st.columns([3, 2], vertical_alignment="bottom")
    head.subheader(tr("Statements by year"), anchor=False)
    with how:
        options = {"count": tr("Number"), "share": tr("Share")}
        measure = link_widgets.segmented("as", tr("Counted as"), options, "count")
    counts = picked.keep((*key, "by_year"), lambda: _by_year(picked, rows))
    if counts.empty:
        st.caption(tr("None of these statements has a day."))
        return
    is_share = measure == "share"
    drawn = picked.keep(
        (*key, "year_chart", is_share), lambda: chart(counts, side, title, shown.last_day, share=is_share)
    )
    plot.draw(drawn, "by_year", charts.config("by-year"))
    if is_share:
        st.caption(tr("Of all dated statements of the year within the filters."))
    coverage.unfinished_note(list(counts.loc[counts["count"] > 0, "period"]))
    if (numbers := st.expander(tr("The numbers behind the chart"), on_change="rerun", key="year_numbers")).open:
        with numbers:
            columns = [tr("Statements"), tr("Of all in the year"), tr("Share")]
            chart_data.table(
                title,
                [tr("Year"), *columns],
                [
                    [row["period"], int(row["count"]), int(row["whole"]), _percent(row["share"])]
                    for row in data.rows(counts)
                ],
                name="by-year",
                numbers=columns,
            )


def _by_year(picked: Picked, rows: np.ndarray) -> pd.DataFrame:
    """Counts from the first year in which there is one."""
    counts = over_time(days_of(data.current().release.statements), [rows], [picked.places], Unit.YEAR)[0]
    return counts[counts["count"].cumsum() > 0]


def chart(counts: pd.DataFrame, side: object, title: str, last: date | None, *, share: bool) -> Chart:
    """Bars by year. ``counts`` is from ``over_time``. last: the archive's last day; the year it cuts short is paler."""
    open_year = unfinished(last, Unit.YEAR)
    years = [int(period) for period in counts["period"]]
    figure = Figure()
    figure.add_bar(
        x=years,
        y=100 * counts["share"] if share else counts["count"],
        marker={
            "color": [(palette.pale if period == open_year else palette.colour)(side) for period in counts["period"]]
        },
        text=[
            text.in_chart(
                tr(
                    "{year}: {part} of {whole} ({share})",
                    year=row["period"],
                    part=number(int(row["count"])),
                    whole=number(int(row["whole"])),
                    share=_percent(row["share"]),
                )
            )
            for row in counts.to_dict("records")
        ],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    beside = 0.5 + max(0, _LEAST - len(years)) / 2  # one year's bar does not fill the width
    figure.update_layout(
        dragmode=False,  # a finger scrolls the page
        height=220,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        bargap=0.15,
        xaxis={
            "nticks": 12,
            "tickangle": 0,
            "range": [years[0] - beside, years[-1] + beside],
            "showgrid": False,
            "fixedrange": True,
            "tickformat": "d",
        },
        yaxis={
            "title": {"text": tr("Share") if share else tr("Statements")},
            "ticksuffix": " %" if share else "",
            "rangemode": "tozero",
            "fixedrange": True,
            **({} if share else charts.whole_numbers(counts["count"].max())),
        },
    )
    return Chart(figure, _summary(counts, title, share=share))


def _summary(counts: pd.DataFrame, title: str, *, share: bool) -> str:
    top = counts.iloc[int((counts["share"].fillna(0) if share else counts["count"]).to_numpy().argmax())]
    return tr(
        "{title}: {every} from {first} to {last}, most in {year}: {count} of {whole} ({share}).",
        title=title,
        every=number(int(counts["count"].sum())),
        first=counts["period"].iat[0],
        last=counts["period"].iat[-1],
        year=top["period"],
        count=number(int(top["count"])),
        whole=number(int(top["whole"])),
        share=_percent(top["share"]),
    )


def _percent(share: object) -> str:
    return "–" if not isinstance(share, float) or np.isnan(share) else f"{100 * share:.1f} %"
