"""A Plotly figure as plain values, sent as it is written: Plotly's own checks of them cost more than all else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd


class Figure:
    """Traces and layout. Without a template: every colour that matters is given with what it colours.

    ``tests/pages/test_figure.py`` lets Plotly check one of each kind.
    """

    def __init__(self) -> None:
        self._traces: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = {}

    def add_bar(self, **properties: object) -> None:
        """Add bars."""
        self._add("bar", properties)

    def add_scatter(self, **properties: object) -> None:
        """Add marks, lines or words."""
        self._add("scatter", properties)

    def update_layout(self, **properties: object) -> None:
        """Set parts of the layout."""
        self._layout.update(_plain(properties))

    def update_yaxes(self, **properties: object) -> None:
        """Set properties of the vertical axis beside those that it has."""
        self._layout["yaxis"] = {**self._layout.get("yaxis", {}), **_plain(properties)}

    def add_annotation(self, **properties: object) -> None:
        """Write words at a place."""
        self._layout.setdefault("annotations", []).append(_plain(properties))

    def to_dict(self) -> dict[str, Any]:
        """What Plotly draws, not to be changed."""
        return {"data": self._traces, "layout": self._layout}

    def _add(self, kind: str, properties: Mapping[str, object]) -> None:
        self._traces.append({"type": kind, **_plain(properties)})


def _plain(value: object) -> Any:  # noqa: ANN401
    """``value`` as JSON has it: lists for arrays, days as they are written."""
    if isinstance(value, np.ndarray | pd.Series):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if value is pd.NaT or (isinstance(value, float) and value != value) else value
