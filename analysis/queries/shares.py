"""What the counts of a selection are a share of, and when shares say more than counts."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from analysis.queries.lanes import By
from analysis.queries.selection import Selection

_SAID = ("formula", "entity", "kind", "basis", "confidence")  # facets of what is said and how it is printed


class Whole(StrEnum):
    """What a bar's count is divided by."""

    LANE = "lane"  # what the same lane has in that period: how much of what China said has this wording
    PERIOD = "period"  # all statements of that period: how much of what was said, China said


def whole(asked: Selection, by: By) -> Whole:
    """What the counts of ``asked`` are a share of where lanes go by ``by``.

    Of the lane where anything narrows the selection beside the dates and the lanes themselves; else that share
    would always be 100 %, and it is of the period.
    """
    kept = tuple(pair for pair in asked.without if pair[0] != by)
    beside = replace(asked.asking(by, ()), since=None, until=None, without=kept)
    return Whole.PERIOD if beside.is_empty else Whole.LANE


def shares_say_more(asked: Selection, by: By) -> bool:
    """True where a reader compares: lanes that were chosen, or how often something is said.

    An archive holds more from some years and sides than from others, so counts alone would mislead.
    """
    narrows = any(asked.asked(facet) or asked.excluded(facet) for facet in _SAID)
    return narrows or len(asked.asked(by)) > 1
