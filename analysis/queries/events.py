"""The events that a timeline marks, read from ``data/events.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.messages import message

COLUMNS = (
    "event_id",
    "date",
    "until",
    "title",
    "kind",
    "place",
    "participants",
    "source_publisher",
    "source_title",
    "source_url",
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, with the page that says so."""

    event_id: str
    day: date
    until: date | None  # last day; None: it lasted one day
    title: str
    kind: str
    place: str | None
    participants: tuple[str, ...]  # entity ids
    source_publisher: str | None
    source_title: str | None
    source_url: str | None

    @property
    def kind_id(self) -> str:
        """Its kind as links carry it: "joint-statement"."""
        return "-".join(self.kind.casefold().split())


def load_events(file: Path) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of ``file`` by day, and one sentence for each row that could not be read.

    An absent file is no events and one sentence; a bad row is left out and named by its line.
    """
    if not file.is_file():
        return (), (
            message("{file} is not in {folder}/, so no events are marked", file=file.name, folder=file.parent.name),
        )
    events: list[Event] = []
    problems: list[str] = []
    seen: set[str] = set()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
            lacking = ", ".join(missing)
            return (), (
                message("{file} lacks the columns {columns}, so no events are marked", file=file.name, columns=lacking),
            )
        for row in reader:
            try:
                event = _event(row)
            except ValueError as problem:
                problems.append(_on_line(file, reader.line_num, problem.args[0]))
                continue
            if event.event_id in seen:
                twice = message("event_id “{event_id}” stands there twice", event_id=event.event_id)
                problems.append(_on_line(file, reader.line_num, twice))
                continue
            seen.add(event.event_id)
            events.append(event)
    return tuple(sorted(events, key=lambda event: (event.day, event.event_id))), tuple(problems)


def _on_line(file: Path, line: int, problem: str) -> str:
    return message("{file} line {line}: {problem}", file=file.name, line=line, problem=problem)


def between(events: Iterable[Event], since: date | None, until: date | None) -> tuple[Event, ...]:
    """The events that touch the days from ``since`` to ``until``, both inclusive; None is no bound."""
    return tuple(
        event
        for event in events
        if (until is None or event.day <= until) and (since is None or (event.until or event.day) >= since)
    )


def kinds(events: Iterable[Event]) -> dict[str, tuple[str, int]]:
    """The kinds of ``events`` by identifier, each with its name and how many there are, the weightiest first."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.kind_id, []).append(event)
    order = sorted(found.items(), key=lambda item: (-weight(item[1][0]), -len(item[1]), item[0]))
    return {kind: (of_kind[0].kind, len(of_kind)) for kind, of_kind in order}


_WEIGHTS = {"war": 6, "treaty": 5, "joint statement": 4, "summit": 3, "sanctions": 3, "visit": 2, "vote": 2, "call": 1}


def weight(event: Event) -> int:
    """How much a label on a crowded timeline is worth: wars and treaties before summits, those before talks."""
    return _WEIGHTS.get(event.kind, 0)


def _event(row: Mapping[str, str | None]) -> Event:
    def text(name: str) -> str | None:
        return (row.get(name) or "").strip() or None

    event_id, title = text("event_id"), text("title")
    if event_id is None or title is None:
        raise ValueError(message("an event needs an event_id and a title"))
    day = _day("date", text("date"))
    if day is None:
        raise ValueError(message("event “{event_id}” has no date", event_id=event_id))
    until = _day("until", text("until"))
    if until and until < day:
        raise ValueError(
            message(
                "event “{event_id}” ends on {until}, before it begins on {day}",
                event_id=event_id,
                until=until,
                day=day,
            )
        )
    return Event(
        event_id,
        day,
        until,
        message(title),
        message(kind) if (kind := text("kind")) else message("event"),
        text("place"),
        tuple(part.strip() for part in (text("participants") or "").split(";") if part.strip()),
        text("source_publisher"),
        text("source_title"),
        text("source_url"),
    )


def _day(column: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(
            message("{column} “{value}” is no date; write it as 2022-02-04", column=column, value=value)
        ) from None
