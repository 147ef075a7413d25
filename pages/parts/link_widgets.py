"""Widgets whose value is a parameter of the page's address: filled from it, and written back to it when they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.parts import links
from pages.parts.language import tr


def asked(name: str, options: Mapping[str, str], default: str) -> str:
    """The option that the address asks for; one that does not exist is said aloud and the default taken."""
    found = links.get(name)
    if found is not None and found not in options:
        links.lost([tr("{parameter} “{asked}” is not in this list", parameter=name, asked=found)])
        found = None
    if found in (None, default):
        links.put(**{name: None})  # the default is left out of the address
    return found or default


def segmented(name: str, label: str, options: Mapping[str, str], default: str, help: str | None = None) -> str:
    """Draw a choice between a few options, each with its name; what is chosen."""
    chosen = asked(name, options, default)
    st.segmented_control(
        label,
        list(options),
        key=_filled(name, chosen),
        required=True,
        format_func=lambda option: options.get(option, option),
        help=help,
        wrap=True,
        on_change=_taking(name, default),
    )
    return chosen


def select(name: str, label: str, options: Mapping[str, str], default: str, help: str | None = None) -> str:
    """Draw a choice between many options, each with its name; what is chosen."""
    chosen = asked(name, options, default)
    st.selectbox(
        label,
        list(options),
        key=_filled(name, chosen),
        format_func=lambda option: options.get(option, option),
        help=help,
        on_change=_taking(name, default),
    )
    return chosen


def toggle(name: str, label: str, help: str | None = None) -> bool:
    """Draw a switch that is off unless the address says "on"; whether it is on."""
    is_on = asked(name, {"on": ""}, "") == "on"
    key = _filled(name, is_on)

    def take() -> None:
        links.put(**{name: "on" if st.session_state[key] else None, "page": None})

    st.toggle(label, key=key, help=help, on_change=take)
    return is_on


def search_box(name: str, label: str, placeholder: str, most: int = 200) -> str:
    """Draw a box for words; what is asked, without space at its ends."""
    found = (links.get(name) or "").strip()
    st.text_input(
        label,
        key=_filled(name, found),
        type="search",
        max_chars=most,
        icon=":material/search:",
        placeholder=placeholder,
        on_change=_taking(name, ""),
    )
    return found


def _filled(name: str, value: object) -> str:
    """The key of this page's widget for a parameter, with ``value`` put into it."""
    key = f"{st.session_state['address'][0]} {name}"
    st.session_state[key] = value
    return key


def _taking(name: str, default: str) -> Callable[[], None]:
    """A callback that asks for what the widget holds, on the first page of a list."""
    key = f"{st.session_state['address'][0]} {name}"

    def take() -> None:
        value = str(st.session_state[key] or "").strip()
        links.put(**{name: None if value == default else value, "page": None})

    return take
