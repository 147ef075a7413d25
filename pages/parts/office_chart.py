"""Somebody's offices as bars along time: solid where they were held for sure, hatched where the days are not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from analysis.queries.offices_over_time import Term
from pages.parts import palette, text
from pages.parts.charts import Chart
from pages.parts.day_ticks import day_ticks
from pages.parts.figure import Figure
from pages.parts.language import clauses, day, labelled, month, tr, trn

_ROW = 34  # pixels of an office
_DAY = 86_400_000  # milliseconds
_MOST_DAYS = 300  # marks of statements; with more, a mark stands for a month
_LONG = 46  # characters of a title beside the chart
_GREY = "#85888f"


def since_in_words(term: Term) -> str:
    """When an office was taken up, as well as it is known."""
    return _period_in_words(term.since) if term.since else tr("not known")


def until_in_words(term: Term) -> str:
    """When an office was left, as well as it is known."""
    if term.until:
        return _period_in_words(term.until)
    return tr("no end on record") if term.is_held else tr("not known")


def _period_in_words(period: tuple[date, date]) -> str:
    first, last = period
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return tr("{year}, day not known", year=first.year)
    return tr("{month}, day not known", month=month(first))


def chart(terms: Sequence[Term], side: object, name: str, said_on: np.ndarray, ends: date, *, narrow: bool) -> Chart:
    """A row an office, the earliest at the top, and below them a mark for each day with a statement.

    said_on: datetime64[D], the days of somebody's dated statements. ends: the archive's last day, up to which an
    office that is still held is drawn. narrow: titles stand above their bars, as on a phone.
    """
    titles = list(dict.fromkeys(term.title for term in terms))
    row = {title: len(titles) - at for at, title in enumerate(titles)}
    figure = Figure()
    first = _first_day(terms, said_on, ends)
    for term in terms:
        _bar(figure, term, row[term.title], side, (first, ends))
    _marks(figure, said_on, side)
    names = [text.in_chart(text.shortened(title, _LONG)) for title in titles]
    axis = {"tickvals": [row[title] for title in titles] + [0], "ticktext": [*names, tr("Statements")]}
    if narrow:
        axis = {"tickvals": [0], "ticktext": [""]}
        for title, label in zip(titles, names, strict=True):
            figure.add_annotation(x=0, xref="paper", y=row[title] + 0.43, text=label, showarrow=False, xanchor="left")
    height = _ROW + (14 if narrow else 0)
    figure.update_layout(
        height=height * (len(titles) + 1) + 40,
        margin={"l": 0, "r": 8, "t": 4, "b": 24},
        barmode="overlay",
        dragmode=False,
        showlegend=False,
        xaxis={
            "type": "date",
            "range": [first - timedelta(days=60), ends + timedelta(days=200)],
            "fixedrange": True,
            **day_ticks(first, ends),
        },
        yaxis={"range": [-0.6, len(titles) + 0.6], "fixedrange": True, "showgrid": False, "zeroline": False, **axis},
    )
    each = clauses(
        tr(
            "{title}: from {since} until {until}",
            title=term.title,
            since=since_in_words(term),
            until=until_in_words(term),
        )
        for term in terms
    )
    return Chart(figure, tr("Offices of {name}. {offices}.", name=name, offices=each))


def _first_day(terms: Sequence[Term], said_on: np.ndarray, ends: date) -> date:
    known = [term.since[0] for term in terms if term.since] + [term.until[0] for term in terms if term.until]
    if len(said_on):
        known.append(said_on.min().item())
    return min([*known, ends - timedelta(days=365)])


def _bar(figure: Figure, term: Term, row: int, side: object, reach: tuple[date, date]) -> None:
    """The days for sure, those that may be, and in words what is not known."""
    told = (
        f"<b>{text.in_chart(term.title)}</b><br>"
        + text.in_chart(tr("from {since}", since=since_in_words(term)))
        + "<br>"
        + text.in_chart(tr("until {until}", until=until_in_words(term)))
    )
    first, last = term.possible
    if first is None and last is None:
        middle = reach[0] + (reach[1] - reach[0]) / 2
        figure.add_scatter(
            x=[middle], y=[row], mode="text", text=[tr("days not known")], textfont={"size": 12}, hoverinfo="skip"
        )
        _span(figure, reach[0], reach[1], row, told, {"color": "rgba(128,128,128,0.12)", "pattern": _hatch(_GREY)})
        return
    _span(
        figure,
        first or reach[0],
        last or reach[1],
        row,
        told,
        {"color": palette.pale(side), "pattern": _hatch(palette.colour(side))},
    )
    if term.certain:
        begins, stops = term.certain
        _span(figure, begins, stops or reach[1], row, told, {"color": palette.colour(side)})
    if first is None:
        figure.add_scatter(
            x=[reach[0]], y=[row], mode="text", text=["? "], textposition="middle left", hoverinfo="skip"
        )
    if last is None:
        sign = " →" if term.is_held else " ?"
        figure.add_scatter(
            x=[reach[1]], y=[row], mode="text", text=[sign], textposition="middle right", hoverinfo="skip"
        )


def _span(figure: Figure, first: date, last: date, row: int, told: str, marker: dict[str, object]) -> None:
    days = max((min(last, date.max) - first).days, 20)  # a short term can be seen
    figure.add_bar(
        base=[first],
        x=[days * _DAY],
        y=[row],
        width=0.5,
        orientation="h",
        marker={**marker, "line": {"width": 0}},
        text=[told],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _hatch(colour: str) -> dict[str, object]:
    return {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": colour, "fillmode": "overlay"}


def _marks(figure: Figure, said_on: np.ndarray, side: object) -> None:
    days, counts = np.unique(said_on, return_counts=True)
    is_monthly = len(days) > _MOST_DAYS
    if is_monthly:
        days, counts = np.unique(said_on.astype("datetime64[M]"), return_counts=True)
    figure.add_scatter(
        x=days.astype("datetime64[D]").tolist(),
        y=[0] * len(days),
        mode="markers",
        marker={"symbol": "line-ns", "size": 13, "line": {"width": 1.6, "color": palette.colour(side)}, "opacity": 0.7},
        text=[
            labelled(
                text.in_chart(str(each) if is_monthly else day(each.item())),
                text.in_chart(trn("{count} statement", "{count} statements", int(count))),
            )
            for each, count in zip(days, counts, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )
