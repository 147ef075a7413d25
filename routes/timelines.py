"""Counts along time, as the Timeline draws them, and the events of the same days."""

from __future__ import annotations

from analysis.queries.events import Event, between, load_events
from analysis.queries.lanes import By, Lane
from analysis.queries.shares import whole
from analysis.queries.timeline import MOST_MARKS, Unit, period_days, unit_for
from analysis.queries.timetable import Along
from analysis.settings import Settings
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import plain, statement_rows, table_rows
from routes.problems import Problem

_MOST_LISTED = 200  # statements of a bar


def timeline(asked: Asked) -> Content:
    """How many statements each lane has in each period, what share of that period's they are, and the events."""
    by, selection = By(asked.word("lanes", "side")), asked.selection
    along = asked.opened.timetable.along(asked.kept, by, (selection.since, selection.until))
    wanted = asked.word("by", "auto")
    unit = along.unit(None if wanted == "auto" else Unit(wanted))
    drawn = unit
    if unit is Unit.STATEMENT:
        unit = unit_for(MOST_MARKS + 1, along.reach)  # marks count nothing
    elif wanted not in ("auto", unit):
        asked.notes.append(f"by {wanted} would be too many periods; counted by {unit}")
    counts = along.counts(unit, whole(selection, by))
    undated = asked.opened.timetable.calendar.undated(asked.kept)
    content = {
        "lanes_by": str(by),
        "drawn_by": str(drawn),
        "counted_by": str(unit),
        "share_of": str(whole(selection, by)),
        "first": plain(along.reach[0]) if along.reach else None,
        "last": plain(along.reach[1]) if along.reach else None,
        "kept": len(asked.places),
        "dated": len(along.rows),
        "undated": len(undated),
        "lanes": [_lane(asked, lane, by) for lane in along.lanes],
        "counts": table_rows(counts.bars()) if counts else [],
        "events": [_event(each) for each in between(_events(asked), *along.reach)] if along.reach else [],
    }
    if bar := asked.get("bar"):
        content["bar"] = _bar(asked, along, bar)
    return content


def _lane(asked: Asked, lane: Lane, by: By) -> Content:
    names = asked.opened.side_names if by is By.SIDE else asked.opened.names if by is By.SPEAKER else {}
    return {"lane": lane.lane, "name": str(names.get(lane.lane, lane.lane)), "count": lane.count}


def _bar(asked: Asked, along: Along, bar: str) -> Content:
    lane, _, period = bar.rpartition(".")
    try:
        found = along.bar(lane, *period_days(period))
    except ValueError as problem:
        raise Problem(400, f"{problem}.", "bar") from problem
    if not len(found):
        asked.notes.append(f"bar “{bar}” holds nothing with these filters")
    if len(found) > _MOST_LISTED:
        asked.notes.append(f"the first {_MOST_LISTED} of the bar's {len(found):,} statements; narrow the days for more")
    return {
        "lane": lane,
        "period": period,
        "total": len(found),
        "statements": statement_rows(asked, found[:_MOST_LISTED]),
    }


def _events(asked: Asked) -> list[Event]:
    """The events of the kinds asked for."""
    every, _ = load_events(Settings.from_environment().data / "events.csv")
    kinds = {each.kind_id for each in every}
    wanted = asked.get_all("events")
    for each in wanted:
        if each not in (*kinds, "on", "off"):
            asked.notes.append(f"events “{each}” is neither off nor a kind of event")
    chosen = kinds & set(wanted) or (set() if "off" in wanted else kinds)
    return [each for each in every if each.kind_id in chosen]


def _event(event: Event) -> Content:
    return {
        "event_id": event.event_id,
        "day": event.day.isoformat(),
        "until": plain(event.until),
        "title": event.title,
        "kind": event.kind_id,
        "place": event.place,
        "participants": list(event.participants),
        "source": {"publisher": event.source_publisher, "title": event.source_title, "url": event.source_url},
    }
