"""What runs in the reader's browser: the language told to it, links of our own markup, and the dossier that it keeps.

The dossier stays in the browser's own storage, so that a reload, another page opened or tomorrow finds it again. It
goes nowhere but to this session. A dossier that came by a link does not displace one that the browser keeps: until the
reader decides between them, nothing is written.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis.exporting.dossier import Dossier, read_dossier
from pages.parts import language

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_KEY, _HEARD, _SESSION = "in_browser", "browser_was_heard", "browser_session"


@dataclass(frozen=True, slots=True)
class Answers:
    """What to do with what the browser says.

    found: called once with what it kept of an earlier visit. elsewhere: with what another of its tabs keeps from now
    on. collect: with the identifier of a statement whose dossier button was pressed.
    """

    found: Callable[[Dossier], None]
    elsewhere: Callable[[Dossier], None]
    collect: Callable[[str], None]


def draw(held: Dossier | None, answers: Answers) -> None:
    """Let the browser keep ``held``; None leaves what it keeps."""

    def first() -> None:
        if not st.session_state.get(_HEARD):
            st.session_state[_HEARD] = True
            answers.found(_read(st.session_state[_KEY].found))

    _component(
        key=_KEY,
        data={
            "lang": language.in_html(),
            "session": st.session_state.setdefault(_SESSION, uuid.uuid4().hex),
            "heard": bool(st.session_state.get(_HEARD)),
            "write": None if held is None else _written(held),
        },
        on_found_change=first,
        on_elsewhere_change=lambda: answers.elsewhere(_read(st.session_state[_KEY].elsewhere)),
        on_collect_change=lambda: answers.collect(str(st.session_state[_KEY].collect)),
    )


def _written(held: Dossier) -> str:
    parameters = held.to_parameters()
    return json.dumps(parameters) if parameters else ""


def _read(kept: object) -> Dossier:
    """The dossier that the browser kept; an empty one where it kept something else."""
    try:
        parameters = json.loads(str(kept))
    except (ValueError, RecursionError):
        return Dossier()
    if not isinstance(parameters, dict):
        return Dossier()
    lists = {name: each for name, each in parameters.items() if isinstance(each, list)}
    texts = {name: [value for value in each if isinstance(value, str)] for name, each in lists.items()}
    return read_dossier(texts).dossier


_component = st.components.v2.component("in_browser", js=_SCRIPT)
