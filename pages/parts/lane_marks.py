"""The timeline's figure where statements are few: a mark each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.queries.dates import as_day
from analysis.queries.timeline import Marks
from analysis.schema import Kind
from pages.parts import language, palette, text
from pages.parts.charts import CHOSEN, Chart
from pages.parts.figure import Figure
from pages.parts.lane_axes import LEAST, MOST, PAD, Scene, bases, finish, summary
from pages.parts.language import tr

COLUMNS = ["statement_id", "text", "kind", "speaker_name", "office", "said_on"]  # of the statements that are drawn
_STEP = 11  # pixels from one mark to the next above it


def marks_chart(scene: Scene, marks: Marks, statements: pd.DataFrame, opened: str | None) -> Chart:
    """A mark a statement. statements: the rows of ``marks``, in their order, with ``COLUMNS``.

    opened: the identifier of the statement to draw a ring around.
    """
    piles = [int(marks.levels[marks.lanes == at].max(initial=0)) + 1 for at in range(len(scene.lanes))]
    heights = [min(max(pile * _STEP + 2 * PAD, LEAST), MOST) for pile in piles]
    steps = [min(_STEP, (height - 2 * PAD) / pile) for height, pile in zip(heights, piles, strict=True)]
    lines = np.array(bases(heights))
    at = lines[marks.lanes] + np.array(steps)[marks.lanes] * (marks.levels + 0.5) + PAD
    columns = {
        name: statements[name].tolist() for name in COLUMNS
    }  # a row at a time from pandas takes ten times as long
    kinds, ids = columns["kind"], columns["statement_id"]
    figure = Figure()
    figure.add_scatter(
        x=columns["said_on"],
        y=at,
        mode="markers",
        marker={
            "symbol": [palette.shape(kind) for kind in kinds],
            "color": [scene.colours[lane] for lane in marks.lanes],
            "size": 9,
            "line": {"width": [1.7 if kind == Kind.INDIRECT else 0 for kind in kinds]},
        },
        customdata=[f"statement {statement}" for statement in ids],
        text=[_told(dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)],
        hovertemplate="%{text}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )
    if opened in ids:
        place = ids.index(opened)
        _ring(figure, columns["said_on"][place], at[place])
    finish(figure, scene, heights, scene.reach)
    return Chart(figure, summary(scene))


def _told(row: Mapping[Any, Any]) -> str:
    lines: list[str] = []
    line = ""
    for word in text.shortened(str(row["text"]), 160).split(" "):
        if len(line) + len(word) > 58:
            lines, line = [*lines, line], ""
        line = f"{line} {word}".strip()
    name = text.known(row["speaker_name"]) or tr("Speaker not known")
    day = language.day(as_day(row["said_on"]))
    office = text.known(row["office"])
    bold = f"<b>{text.in_chart(name)}</b>"
    head = f"{language.beside(bold, day)}<br>"
    if office:
        head = f"{language.beside(bold, text.in_chart(text.shortened(office, 44)))}<br>{day}<br>"
    return head + "<br>".join(text.in_chart(part) for part in [*lines, line])


def _ring(figure: Figure, x: object, y: object) -> None:
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": "circle-open", "size": 18, "color": CHOSEN, "line": {"width": 3}},
        hoverinfo="skip",
        showlegend=False,
    )
