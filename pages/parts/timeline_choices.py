"""The choices above the timeline: what has a lane, how it is drawn, what bars count, and which events are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analysis.queries import events as event_table
from analysis.queries.events import Event
from analysis.queries.lanes import By
from analysis.queries.selection import Selection
from analysis.queries.shares import Whole, shares_say_more, whole
from analysis.queries.timeline import Unit
from pages.parts import data, links
from pages.parts.language import mark, number, told, tr
from pages.parts.picked import Picked

AUTOMATIC = "auto"
NUMBER, SHARE = "number", "share"
_LANES = {By.SIDE: mark("Side"), By.SPEAKER: mark("Speaker"), By.PUBLISHER: mark("Publisher")}
_UNITS = {
    AUTOMATIC: mark("Automatic"),
    Unit.STATEMENT: mark("Each statement"),
    Unit.DAY: mark("Day"),
    Unit.MONTH: mark("Month"),
    Unit.QUARTER: mark("Quarter"),
    Unit.YEAR: mark("Year"),
}
_COUNTS = {NUMBER: mark("Number"), SHARE: mark("Share")}
_ON, _OFF = "on", "off"  # what "events" said before it named kinds


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the timeline is drawn."""

    by: By
    unit: Unit
    asked: Unit | None  # what was asked for; None: automatic
    of: Whole | None  # what bars are a share of; None: they count, or marks are drawn


def choose(picked: Picked) -> Drawn:
    """Draw the choices; what they come to."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        by = By(_choice("lanes", tr("Lanes"), _LANES, str(By.SIDE)))
        asked = _choice(
            "by",
            tr("Draw"),
            _UNITS,
            AUTOMATIC,
            tr("Automatic draws every statement while they are few, and bars by period when they are many."),
        )
        wanted = None if asked == AUTOMATIC else Unit(asked)
        unit = picked.along(by).unit(wanted)
        of = None if unit is Unit.STATEMENT else _share(data.selection(), by)
    return Drawn(by, unit, wanted, of)


def _choice(
    name: str, label: str, names: Mapping[By, str] | Mapping[str, str], default: str, help: str | None = None
) -> str:
    """Draw the choice of a link's parameter among ``names``."""
    words = {str(option): name for option, name in names.items()}
    options = list(words)
    picked = st.segmented_control(
        label,
        options,
        key=links.choice(name, options, default),
        required=True,
        format_func=lambda option: tr(words.get(str(option), str(option))),
        wrap=True,
        help=help,
        on_change=links.put,
        kwargs={"bar": None, "page": None},
    )
    links.keep(name, picked, default)
    return picked or default


def _share(asked: Selection, by: By) -> Whole | None:
    """Draw the choice between counts and shares; what the bars are a share of."""
    default = SHARE if shares_say_more(asked, by) else NUMBER
    options = list(_COUNTS)
    if (there := links.get("counts")) is not None and there not in options:
        links.choice("counts", options, default)  # says so
    key = f"counts {default}"  # another default is another widget
    if links.opened() or key not in st.session_state:
        st.session_state[key] = links.get("counts") or default
    picked = st.segmented_control(
        tr("Bars show"),
        options,
        key=key,
        required=True,
        format_func=lambda option: tr(_COUNTS.get(str(option), str(option))),
        wrap=True,
        help=tr("Share of the same period’s statements: an archive holds more from some years than from others."),
    )
    links.keep("counts", picked, None if picked == SHARE else default)  # a share is always in the link
    return whole(asked, by) if picked == SHARE else None


def choose_events() -> tuple[Event, ...]:
    """Draw the choice of the kinds of events; the events of these kinds, whatever their day."""
    every, _ = data.events()
    kinds = event_table.kinds(every)
    if not kinds:
        return ()
    chosen = _asked(list(kinds))
    st.session_state["event_kinds"] = chosen  # the link has the choice, the widget only shows it
    count = tr("all") if len(chosen) == len(kinds) else number(len(chosen)) if chosen else tr("none")
    with st.popover(
        tr("Events: {count}", count=count), icon=":material/flag:", help=tr("Summits, treaties and others")
    ):
        st.pills(
            tr("Kinds of events"),
            list(kinds),
            key="event_kinds",
            selection_mode="multi",
            format_func=lambda kind: f"{told(kinds[kind][0])} {number(kinds[kind][1])}" if kind in kinds else kind,
            on_change=lambda: _take(list(kinds), st.session_state["event_kinds"]),
        )
        with st.container(horizontal=True):
            st.button(tr("All"), key="all events", on_click=_take, args=(list(kinds), list(kinds)))
            st.button(tr("None"), key="no events", on_click=_take, args=(list(kinds), []))
    return tuple(event for event in every if event.kind_id in chosen)


def _asked(kinds: list[str]) -> list[str]:
    """The kinds that the link asks for, all where it says nothing; what it asks for in vain is said."""
    asked = links.get_all("events")
    unknown = [kind for kind in asked if kind not in (*kinds, _ON, _OFF)]
    links.lost(tr("events “{asked}” is neither off nor a kind of event", asked=kind) for kind in unknown)
    found = [kind for kind in kinds if kind in asked]
    chosen = found if found or _OFF in asked else kinds
    _take(kinds, chosen)
    return chosen


def _take(kinds: list[str], chosen: list[str]) -> None:
    """Note the chosen kinds of events for the address; a callback."""
    links.put(events=[] if len(chosen) == len(kinds) else chosen or [_OFF])
