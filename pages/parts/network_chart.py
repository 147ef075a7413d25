"""Entities that are named together, drawn: larger where named more often, joined where one statement names both."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.queries.co_mentions import Link, Network
from analysis.queries.network_layout import label_positions, layout
from analysis.schema import EntityKind
from pages.parts import directory, palette, text
from pages.parts.charts import CHOSEN, Chart
from pages.parts.data import Row
from pages.parts.figure import Figure
from pages.parts.language import listed, number, tr, trn

_HEIGHT = 560
_SMALL, _LARGE = 11.0, 44.0  # pixels of a mark's diameter
_WIDTHS = (1.0, 2.0, 3.5, 5.5)  # pixels of a line
_SYMBOLS = {
    EntityKind.PERSON: "circle",
    EntityKind.STATE: "square",
    EntityKind.ORGANISATION: "diamond",
    EntityKind.MEDIA: "triangle-up",
    EntityKind.PLACE: "pentagon",
    EntityKind.EVENT: "star",
    EntityKind.TREATY: "cross",
}
_LINE = "rgba(128,128,128,0.45)"


def chart(network: Network, entities: Mapping[str, Row], room: int, chosen: str | None = None) -> Chart:
    """The network. entities: by identifier. room: pixels in width that there are at least. chosen: ringed."""
    places = layout(network)
    most = max((count for _, count in network.counts), default=1)
    sizes = {key: _SMALL + (_LARGE - _SMALL) * (count / most) ** 0.5 for key, count in network.counts}
    names = {key: str(entities[key]["name"]) if key in entities else key for key, _ in network.counts}
    figure = Figure()
    _lines(figure, network, places)
    order = [key for key, _ in network.counts]
    labels = [text.shortened(names[key], 28) for key in order]
    positions = label_positions([places[key] for key in order], [sizes[key] for key in order], labels, room, _HEIGHT)
    by_kind: dict[str, list[int]] = {}
    for at, key in enumerate(order):
        by_kind.setdefault(str(entities.get(key, {}).get("kind")), []).append(at)
    for kind, members in by_kind.items():
        keys = [order[at] for at in members]
        figure.add_scatter(
            x=[places[key][0] for key in keys],
            y=[places[key][1] for key in keys],
            mode="markers+text",
            name=text.in_chart(directory.kind_name(kind)),
            marker={
                "symbol": _SYMBOLS.get(kind, "hexagon"),  # type: ignore[call-overload]
                "size": [sizes[key] for key in keys],
                "color": [palette.colour(entities.get(key, {}).get("side")) for key in keys],
                "opacity": 0.9,
                "line": {
                    "width": [3 if key == chosen else 1 for key in keys],
                    "color": [CHOSEN if key == chosen else "rgba(255,255,255,0.7)" for key in keys],
                },
            },
            text=[text.in_chart(labels[at]) if positions[at] else "" for at in members],
            textposition=[positions[at] or "top center" for at in members],
            textfont={"size": 12},
            customdata=[f"entity {key}" for key in keys],
            hovertext=[
                f"<b>{text.in_chart(names[order[at]])}</b><br>"
                + text.in_chart(trn("named in {count} statement", "named in {count} statements", network.counts[at][1]))
                for at in members
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 0.9}},
        )
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "y": -0.02, "x": 0, "itemsizing": "constant", "itemclick": False},
        xaxis={"visible": False, "range": [0, 1], "fixedrange": True},
        yaxis={"visible": False, "range": [0, 1], "fixedrange": True},
    )
    return Chart(figure, _summary(network, names))


def _lines(figure: Figure, network: Network, places: Mapping[str, tuple[float, float]]) -> None:
    """A trace for each width, the thin ones first: Plotly gives a trace one width."""
    most = max((link.statements for link in network.links), default=1)
    drawn: dict[float, list[Link]] = {width: [] for width in _WIDTHS}
    for link in network.links:
        step = min(int((link.statements / most) ** 0.5 * len(_WIDTHS)), len(_WIDTHS) - 1)
        drawn[_WIDTHS[step]].append(link)
    for width, some in drawn.items():
        ends = [[places[link.one], places[link.other], (None, None)] for link in some]
        figure.add_scatter(
            x=[x for line in ends for x, _ in line],
            y=[y for line in ends for _, y in line],
            mode="lines",
            line={"width": width, "color": _LINE},
            hoverinfo="skip",
            showlegend=False,
        )


def _summary(network: Network, names: Mapping[str, str]) -> str:
    if not network.links:
        return tr("No statement names two of these.")
    pairs = listed(
        tr("{one} and {other} {count}", one=names[link.one], other=names[link.other], count=number(link.statements))
        for link in network.links[:5]
    )
    return tr(
        "{entities} entities and {pairs} pairs that statements name together. Most often: {most}.",
        entities=number(len(network.counts)),
        pairs=number(len(network.links)),
        most=pairs,
    )
