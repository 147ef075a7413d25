"""What a reader's browser tells the session from within our own markup."""

from __future__ import annotations

import json
import re

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest


def collect(app: AppTest, statement_id: str) -> AppTest:
    """Press a statement's dossier button."""
    part = next(each.proto for each in app.get("bidi_component") if each.proto.component_name.endswith("in_browser"))
    states = app._tree.get_widget_states()
    pressed = json.dumps([{"event": "collect", "value": statement_id}])
    states.widgets.append(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{part.id}__events", json_trigger_value=pressed))
    return app._run(states)


def buttons(app: AppTest, statement_id: str) -> list[str]:
    """What the statement's dossier buttons say."""
    drawn = re.compile(rf'<button [^>]*data-collect="{re.escape(statement_id)}"[^>]*><span [^>]*>\w+</span>([^<]*)<')
    return [label for each in app.get("html") for label in drawn.findall(each.proto.body)]
