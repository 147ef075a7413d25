"""A directory's own choices: a name, a kind, a side and an order, each with what it would leave, all in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from analysis.queries.speaker_table import Kept
from analysis.schema import EntityKind
from pages.parts import data, link_widgets, links, text
from pages.parts.language import mark, number, tr

ANY = "any"
UNKNOWN = "unknown"  # as links say that there is none
PER_PAGE = 50
KINDS: Mapping[str, str] = {
    EntityKind.PERSON: mark("Person"),
    EntityKind.STATE: mark("State"),
    EntityKind.ORGANISATION: mark("Organisation"),
    EntityKind.MEDIA: mark("Media"),
    EntityKind.PLACE: mark("Place"),
    EntityKind.EVENT: mark("Event"),
    EntityKind.TREATY: mark("Treaty"),
    EntityKind.GROUP: mark("Group"),
    UNKNOWN: mark("Kind not known"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a directory is narrowed to and how it is sorted."""

    asked: str  # part of a name; empty: any
    kind: str | None  # "" asks for those of no known kind, None for all
    side: str | None
    order: str


def choice(sides: Collection[str], orders: Mapping[str, str]) -> Choice:
    """What the address asks for; what cannot be is said and left out. sides: those that there are."""
    kind = link_widgets.asked("of_kind", {ANY: "", **KINDS}, ANY)
    side = link_widgets.asked("of_side", {ANY: "", UNKNOWN: "", **dict.fromkeys(sides, "")}, ANY)
    order = link_widgets.asked("sort", orders, next(iter(orders)))
    return Choice((links.get("name") or "").strip(), _wanted(kind), _wanted(side), order)


def _wanted(asked: str) -> str | None:
    return None if asked == ANY else "" if asked == UNKNOWN else asked


def draw(chosen: Choice, kept: Kept, orders: Mapping[str, str]) -> None:
    """Draw the choices. kept: what they keep, with how many each other kind and side would."""
    who, kind, side, how = st.columns([5, 4, 4, 7], vertical_alignment="bottom")
    with who:
        link_widgets.search_box("name", tr("Name"), tr("Part of a name, in any spelling"))
    with kind:
        names = {value: kind_name(value) for value in kept.kinds}
        link_widgets.select("of_kind", tr("Kind"), _counted(tr("Any kind"), chosen.kind, kept.kinds, names), ANY)
    with side:
        names = {value: data.side(value or None) for value in kept.sides}
        link_widgets.select("of_side", tr("Side"), _counted(tr("Any side"), chosen.side, kept.sides, names), ANY)
    with how:
        named = {order: tr(name) for order, name in orders.items()}
        link_widgets.segmented("sort", tr("Sorted by"), named, next(iter(orders)))


def _counted(anything: str, chosen: str | None, counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, str]:
    """Options with their names and counts; "" is one that is not known."""
    options = {ANY: anything}
    for value in [*counts, *([chosen] if chosen is not None and chosen not in counts else [])]:
        options[value or UNKNOWN] = f"{names.get(value, value)} · {number(counts.get(value, 0))}"
    return options


def part_of_page(count: int) -> slice:
    """Draw the page buttons; which of ``count`` rows this page shows."""
    at = links.page_number(-(-count // PER_PAGE))
    return slice((at - 1) * PER_PAGE, at * PER_PAGE)


def kind_name(kind: object) -> str:
    """A kind in words."""
    return tr(KINDS.get(text.known(kind) or UNKNOWN, KINDS[UNKNOWN]))
