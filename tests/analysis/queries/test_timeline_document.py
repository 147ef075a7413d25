"""docs/timeline.md says what is true: its figures are those of the program."""

from __future__ import annotations

from analysis.queries import lanes, period_counts, timeline


def test_every_figure_of_the_document_is_the_program_s(root):
    written = " ".join((root / "docs/timeline.md").read_text(encoding="utf-8").split())
    for told in (
        f"There are at most {lanes.MOST_LANES}:",
        f"Up to {timeline.MOST_MARKS} statements each have a mark",
        f"more than {timeline.HIGHEST_PILE} on one spot",
        f"no more than {timeline.MOST_BARS} are needed",
        f"up to {timeline.MOST_MARKS_ASKED:,} marks, {timeline.MOST_PERIODS_ASKED} periods or ",
        f" periods or {timeline.MOST_BARS_ASKED} bars",
        f"fewer than {period_counts.LEAST_OF} statements",
    ):
        assert told in written
