"""A chart in the page: Plotly draws it in the reader's browser, and a new figure goes into the one that stands.

``st.plotly_chart`` takes a chart away and draws it anew whenever its figure changes, in several rounds: on the Timeline
that was a third of what a reader waited for after a change of the filters (docs/decisions/0020-own-charts.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import streamlit as st

from access.base_path import base_path
from pages.parts.charts import Chart, config, is_phone
from pages.parts.language import tr

PROGRAM = f"/charts/static/plotly-{metadata.version('plotly')}.js"  # its address changes with what it holds
_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_HEIGHT = 450  # pixels, of a figure that does not say


@dataclass(frozen=True, slots=True)
class Answers:
    """What to do with what a reader does on a chart.

    clicked: with what the point stands for, the first of its ``customdata``. ranged: with the days that a range was
    drawn over.
    """

    clicked: Callable[[str], None] | None = None
    ranged: Callable[[datetime, datetime], None] | None = None


def draw(chart: Chart, key: str, settings: dict[str, Any] | None = None, answers: Answers | None = None) -> None:
    """Draw ``chart`` as wide as there is room. settings: Plotly's, see ``charts.config``."""
    answers = answers or Answers()
    calls: dict[str, Any] = {}
    if (clicked := answers.clicked) is not None:
        calls["on_clicked_change"] = lambda: clicked(str(st.session_state[key].clicked))
    if (ranged := answers.ranged) is not None:
        calls["on_ranged_change"] = lambda: _take_range(st.session_state[key].ranged, ranged)
    _component(
        key=key,
        data={
            "program": base_path() + PROGRAM,
            "figure": chart.spec,
            "summary": chart.summary,
            "height": chart.height or _HEIGHT,
            "config": config() if settings is None else settings,
            "clicks": answers.clicked is not None,
            "ranges": answers.ranged is not None and not is_phone(),  # a finger scrolls the page
            "words": {
                "full": tr("Full screen"),
                "lost": tr("The chart could not be drawn: a file of this page did not arrive. Load the page again."),
            },
        },
        **calls,
    )


def _take_range(said: object, take: Callable[[datetime, datetime], None]) -> None:
    """Call ``take`` with the days of a range; with nothing where what the browser said is none."""
    try:
        since, until = sorted(datetime.fromisoformat(str(each)) for each in said)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return
    take(since, until)


_component = st.components.v2.component("plot", js=_SCRIPT, isolate_styles=False)
