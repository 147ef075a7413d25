"""The timeline's figure where statements are many: bars that count them by period, or say what share they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from analysis.queries.period_counts import LEAST_OF, PeriodCounts
from pages.parts import palette, text
from pages.parts.charts import CHOSEN, Chart
from pages.parts.coverage import share
from pages.parts.figure import Figure
from pages.parts.lane_axes import LEAST, MOST, PAD, Scene, bases, finish, summary
from pages.parts.language import beside, labelled, number, tr, trn

_DAY = 86_400_000  # milliseconds, which is how Plotly measures widths along time
_FEW: dict[str, Any] = {  # how a share of few statements is hatched
    "fillmode": "overlay",
    "fgcolor": "#ffffff",
    "fgopacity": 0.7,
    "size": 6,
    "solidity": 0.35,
}


def bars_chart(scene: Scene, counts: PeriodCounts, opened: tuple[str, str] | None, unfinished: str | None) -> Chart:
    """Bars of one height scale in every lane.

    opened: a bar as (lane, period). unfinished: the period that the archive's end cuts short; its bars are paler and
    outlined.
    """
    bars = counts.bars()
    bars["value"] = bars["count"] / bars["of"] if counts.of is not None else bars["count"].astype(float)
    scale = (MOST - 2 * PAD) / bars["value"].max() if len(bars) else 1.0
    tallest = bars.groupby("lane")["value"].max().to_dict()
    heights = [max(LEAST, tallest.get(lane.lane, 0) * scale + 2 * PAD) for lane in scene.lanes]
    place = {lane.lane: at for at, lane in enumerate(scene.lanes)}
    lines = bases(heights)
    at = [place[lane] for lane in bars["lane"]]
    days = [(until - since).days + 1 for since, until in zip(bars["since"], bars["until"], strict=True)]
    figure = Figure()
    figure.add_bar(
        x=[since + timedelta(days=width / 2) for since, width in zip(bars["since"], days, strict=True)],
        y=(bars["value"] * scale).clip(lower=2),
        base=[lines[lane] for lane in at],
        width=[width * _DAY * 0.88 for width in days],
        marker=_look(scene, bars, at, (opened, unfinished)),
        customdata=[f"bar {lane}.{period}" for lane, period in zip(bars["lane"], bars["period"], strict=True)],
        text=_told(scene, bars, at, unfinished),
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )
    finish(figure, scene, heights, counts.reach)
    figure.update_layout(barmode="overlay")
    told = summary(scene)
    if len(bars):
        top = int(bars["value"].to_numpy().argmax())
        count, of = int(bars["count"][top]), int(bars["of"][top])
        highest = tr(
            "The tallest bar is {side} in {period}: {count}.",
            side=scene.names[at[top]],
            period=bars["period"][top],
            count=share(count, of) if of else number(count),
        )
        told = f"{told} {highest}"
    return Chart(figure, told)


def _look(
    scene: Scene, bars: pd.DataFrame, at: list[int], noted: tuple[tuple[str, str] | None, str | None]
) -> dict[str, Any]:
    """The bars' colours and patterns. at: their lanes' places. noted: the opened bar, and the unfinished period."""
    opened, unfinished = noted
    colours = [scene.colours[lane] for lane in at]
    cut = (bars["period"] == unfinished).tolist()
    fills = [palette.paler(colour) if is_cut else colour for colour, is_cut in zip(colours, cut, strict=True)]
    for chosen in bars.index[(bars["lane"] + "." + bars["period"]) == ".".join(opened)] if opened else ():
        fills[chosen] = CHOSEN
    look: dict[str, Any] = {"color": fills}
    if any(cut):
        look["line"] = {"color": colours, "width": [1.5 if is_cut else 0 for is_cut in cut]}
    few = _few(bars)
    if any(few):
        look["pattern"] = {"shape": ["/" if is_few else "" for is_few in few], **_FEW}
    return look


def _few(bars: pd.DataFrame) -> list[bool]:
    """Which bars are shares of so few statements that they say little."""
    return list(bars["of"].between(1, LEAST_OF - 1))


def _told(scene: Scene, bars: pd.DataFrame, at: list[int], unfinished: str | None) -> list[str]:
    """What is said where a bar is pointed at."""
    click, few_told = tr("click to read them"), tr("hatched: a share of so few says little")
    cut_told = tr("unfinished: the archive ends here")
    counts, ofs = bars["count"].tolist(), bars["of"].tolist()
    said = [
        share(count, of) if of else trn("{count} statement", "{count} statements", count)
        for count, of in zip(counts, ofs, strict=True)
    ]
    names = [text.in_chart(name) for name in scene.names]
    told: list[str] = []
    for lane, period, words, is_few in zip(at, bars["period"], said, _few(bars), strict=True):
        lines = [labelled(beside(f"<b>{names[lane]}</b>", period), words)]
        lines += [few_told] * is_few + [cut_told] * (period == unfinished)
        told.append("<br>".join([*lines, click]))
    return told
