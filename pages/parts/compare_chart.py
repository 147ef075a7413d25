"""How often two or three groups speak, period by period: a line each, told apart by colour, mark, dash and name."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.queries.timeline import Unit, unfinished
from pages.parts import palette, text
from pages.parts.charts import Chart, whole_numbers
from pages.parts.day_ticks import day_ticks
from pages.parts.figure import Figure
from pages.parts.language import beside, clauses, day, listed, number, tr

_SYMBOLS = ("circle", "diamond", "square")
_DASHES = ("solid", "dash", "dot")
_SPARE = ("#d55e00", "#1f7fbf", "#00906a")  # where two groups are of one side
FEW = 5  # statements; a share of fewer is drawn hollow
_ROOM = {"l": 64, "r": 4, "t": 8, "b": 62, "autoexpand": False}  # given: Plotly would draw twice to find it out
_FAINT = "rgba(128,128,128,0.2)"


@dataclass(frozen=True, slots=True)
class Look:
    """How one group is drawn, in its chart and beside its name."""

    name: str
    colour: str
    symbol: str
    dash: str


def looks(names: Sequence[str], sides: Sequence[object]) -> list[Look]:
    """A look for each group. sides: whose colours they take, where these differ."""
    colours = [palette.colour(side) for side in sides]
    if len(set(colours)) < len(colours):
        colours = list(_SPARE[: len(colours)])
    return [
        Look(name, colour, symbol, dash)
        for name, colour, symbol, dash in zip(names, colours, _SYMBOLS, _DASHES, strict=False)
    ]


def chart(
    counts: Sequence[pd.DataFrame], drawn: Sequence[Look], unit: Unit, last: date | None, *, share: bool
) -> Chart:
    """``counts`` is from ``over_time``, a frame for each look. last: the archive's last day.

    share: of each period's statements in per cent, else how many. A share of few statements, and a period that the
    archive's end leaves unfinished, have a hollow mark.
    """
    figure = Figure()
    cut = unfinished(last, unit)
    for look, rows in zip(drawn, counts, strict=True):
        hollow = [
            period == cut or (share and whole < FEW)
            for period, whole in zip(rows["period"], rows["whole"], strict=True)
        ]
        figure.add_scatter(
            x=list(rows["since"]),
            y=100 * rows["share"] if share else rows["count"],
            mode="lines+markers",
            name=text.in_chart(look.name),
            connectgaps=False,
            line={"color": look.colour, "dash": look.dash, "width": 2},
            marker={
                "symbol": [f"{look.symbol}-open" if each else look.symbol for each in hollow],
                "size": 9,
                "color": look.colour,
                "line": {"width": 1.6, "color": look.colour},
            },
            text=[_told(look.name, row, cut, share=share) for row in rows.to_dict("records")],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_layout(
        height=340,
        margin=_ROOM,
        dragmode=False,
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0, "itemclick": False},
        xaxis={"showgrid": False, "fixedrange": True, "tickangle": 0, **_ticks(counts)},
        yaxis={
            "title": {"text": tr("Share of the period’s statements") if share else tr("Statements")},
            "ticksuffix": " %" if share else "",
            "rangemode": "tozero",
            "fixedrange": True,
            "gridcolor": _FAINT,
            **({} if share else whole_numbers(max((int(rows["count"].max()) for rows in counts), default=0))),
        },
    )
    return Chart(figure, _summary(counts, drawn, cut, last))


def _ticks(counts: Sequence[pd.DataFrame]) -> dict[str, object]:
    days = [day for rows in counts for day in rows["since"]]
    return day_ticks(min(days), max(days)) if days else {}


def _told(name: str, row: Mapping[Hashable, object], cut: str | None, *, share: bool) -> str:
    part, whole = int(str(row["count"])), int(str(row["whole"]))
    told = beside(f"<b>{text.in_chart(name)}</b>", str(row["period"])) + "<br>"
    told += text.in_chart(tr("{part} of {whole}", part=number(part), whole=number(whole)))
    if share and whole:
        told += f" ({100 * part / whole:.1f} %)"
    if row["period"] == cut:
        told += "<br>" + text.in_chart(tr("unfinished: the archive ends here"))
    elif share and whole < FEW:
        told += "<br>" + text.in_chart(tr("a share of few statements"))
    return told


def _summary(counts: Sequence[pd.DataFrame], drawn: Sequence[Look], cut: str | None, last: date | None) -> str:
    told = []
    for look, rows in zip(drawn, counts, strict=True):
        total = int(rows["count"].sum())
        if not total:
            told.append(tr("{name}: none", name=look.name))
            continue
        top = rows.iloc[int(rows["count"].to_numpy().argmax())]
        told.append(
            tr(
                "{name}: {total} dated, most in {period} ({count} of {whole})",
                name=look.name,
                total=number(total),
                period=top["period"],
                count=number(int(top["count"])),
                whole=number(int(top["whole"])),
            )
        )
    summary = tr("Statements by period. {groups}.", groups=clauses(told))
    if cut and last and any(cut in set(rows["period"]) for rows in counts):
        summary += " " + tr("{period} is unfinished: the archive ends on {day}.", period=cut, day=day(last))
    return summary


def names_of(drawn: Sequence[Look]) -> str:
    """The names of the groups as a list."""
    return listed(look.name for look in drawn)
