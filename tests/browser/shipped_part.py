"""Nine of the shipped briefs, built by the real pipeline: enough for an analyst's ten tasks, in seconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analysis.pipeline import build
from analysis.settings import Settings

_BRIEFS = (
    "2016-07-28-alliance-or-no-alliance",
    "2018-02-09-no-allied-commitments",
    "2019-11-01-lavrov-rules-out-an-alliance",
    "2021-12-24-no-limit",
    "2022-02-04-joint-statement-at-the-beijing-olympics",
    "2022-02-24-beijing-on-the-day-of-the-invasion",
    "2022-03-30-lavrov-in-tunxi",
    "2024-05-08-lin-jian-on-the-inauguration",
    "2024-05-20-after-the-visit",
)


def build_part(folder: Path) -> Path:
    """Publish them in ``folder``, with the small encoder; the folder."""
    settings = replace(Settings(), archive=folder, encoder="small")
    report = build([settings.data / "briefs" / f"{name}.md" for name in _BRIEFS], settings)
    assert (report.release, report.skipped) == (1, ())
    return folder
