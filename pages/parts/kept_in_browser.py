"""The dossier in the browser's own storage, so that a reload, another page opened or tomorrow finds it again.

It goes nowhere but to this session. A dossier that came by a link does not displace one that the browser keeps: until
the reader decides between them, nothing is written.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import streamlit as st

from analysis.exporting.dossier import Dossier, read_dossier

_SCRIPT = """
export default function ({ data, setStateValue }) {
  const place = "on-record-dossier";
  let kept = null;
  try { kept = localStorage.getItem(place); } catch { return; }  // storage is switched off
  if (data.heard || !kept) window.onRecordSession = data.session;
  if (window.onRecordSession !== data.session) setStateValue("found", kept);
  else if (data.write !== null && data.write !== (kept ?? "")) {
    try { data.write ? localStorage.setItem(place, data.write) : localStorage.removeItem(place); } catch {}
  }
  const listen = (event) => { if (event.key === place) setStateValue("elsewhere", event.newValue ?? "{}"); };
  window.addEventListener("storage", listen);
  return () => window.removeEventListener("storage", listen);
}
"""
_KEY, _HEARD, _SESSION = "kept_in_browser", "browser_was_heard", "browser_session"


def draw(held: Dossier | None, found: Callable[[Dossier], None], elsewhere: Callable[[Dossier], None]) -> None:
    """Let the browser keep ``held``; None leaves what it keeps.

    found: called once with what the browser kept of an earlier visit. elsewhere: called with what another of its tabs
    keeps from now on.
    """

    def first() -> None:
        if not st.session_state.get(_HEARD):
            st.session_state[_HEARD] = True
            found(_read(st.session_state[_KEY].found))

    def later() -> None:
        elsewhere(_read(st.session_state[_KEY].elsewhere))

    _component(
        key=_KEY,
        data={
            "session": st.session_state.setdefault(_SESSION, uuid.uuid4().hex),
            "heard": bool(st.session_state.get(_HEARD)),
            "write": None if held is None else _written(held),
        },
        on_found_change=first,
        on_elsewhere_change=later,
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


_component = st.components.v2.component("kept_in_browser", js=_SCRIPT)
