"""What the timeline's lanes are called, and their colours."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.queries.codes import UNKNOWN
from analysis.queries.facets import side_name
from analysis.queries.lanes import OTHER, By, Lane
from pages.parts import palette
from pages.parts.language import listed, told, tr, trn


def lane_name(lane: Lane, by: By, names: Mapping[str, str], side_names: Mapping[str, str]) -> str:
    """A lane's name in the reader's language. names: of speakers, by identifier."""
    if lane.lane == OTHER:
        count = len(lane.members)
        if by is By.SPEAKER:
            return trn("{count} other speaker", "{count} other speakers", count)
        if by is By.PUBLISHER:
            return trn("{count} other publisher", "{count} other publishers", count)
        return trn("{count} other side", "{count} other sides", count)
    if by is By.SIDE:
        return told(side_name(None if lane.lane == UNKNOWN else lane.lane, side_names))
    if by is By.SPEAKER:
        return tr("Speaker not known") if lane.lane == UNKNOWN else _speakers(lane.lane, names)
    return tr("Publisher not known") if lane.lane == UNKNOWN else lane.lane


def lane_colour(lane: Lane, by: By, sides: Mapping[str, str]) -> str:
    """A lane's colour: its side's, or that of the side its speaker speaks for. sides: of speakers, by identifier."""
    if by is By.SIDE:
        return palette.colour(lane.lane)
    if by is By.SPEAKER and lane.lane not in (OTHER, UNKNOWN):
        together = {sides.get(each) or "" for each in lane.lane.split("+")}
        return palette.colour("+".join(sorted(together)))
    return palette.colour(None)


def _speakers(lane: str, names: Mapping[str, str]) -> str:
    """One speaker's name, or those of a group."""
    return names.get(lane) or listed(names.get(each, each) for each in lane.split("+"))
