"""The charts of a page, as its browser is told to draw them, and what a reader does on one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class Drawn:
    """A chart: what Plotly draws, what it shows in words, and its buttons."""

    figure: dict[str, Any]
    summary: str
    config: dict[str, Any]
    widget: str
    key: str


def charts(app: AppTest) -> list[Drawn]:
    """Every chart, in the order of the page."""
    parts = [each.proto for each in app.get("bidi_component") if each.proto.component_name.endswith("plot")]
    told = [(part.id, json.loads(part.json)) for part in parts]
    return [
        Drawn(json.loads(data["figure"]), data["summary"], data["config"], name, name.rpartition("-")[2])
        for name, data in told
    ]


def do(app: AppTest, key: str, event: str, value: object) -> AppTest:
    """What a browser says when a point is clicked or a range drawn over the chart with ``key``."""
    chart = next(each for each in charts(app) if each.key == key)
    states = app._tree.get_widget_states()
    said = json.dumps([{"event": event, "value": value}])
    states.widgets.append(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{chart.widget}__events", json_trigger_value=said))
    return app._run(states)
