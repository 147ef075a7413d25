"""Promises about ``data/events.csv``: real days in order, known participants, a page behind every event."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

COLUMNS = "event_id,date,until,title,kind,place,participants,source_publisher,source_title,source_url".split(",")
KINDS = {
    "briefing",
    "call",
    "energy",
    "exercise",
    "joint statement",
    "sanctions",
    "summit",
    "talks",
    "treaty",
    "visit",
    "vote",
    "war",
}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def events(root: Path) -> list[dict[str, str]]:
    return rows(root / "data" / "events.csv")


def test_every_row_has_the_columns_and_what_must_be_filled(events: list[dict[str, str]]) -> None:
    assert len(events) >= 80
    for event in events:
        assert list(event) == COLUMNS
        assert all(event[column] is not None and event[column] == event[column].strip() for column in COLUMNS), event
        assert all(event[column] for column in ("event_id", "date", "title", "kind", "source_publisher")), event


def test_days_are_real_and_in_order(events: list[dict[str, str]]) -> None:
    days = [date.fromisoformat(event["date"]) for event in events]
    assert days == sorted(days)
    for event, day in zip(events, days, strict=True):
        assert not event["until"] or date.fromisoformat(event["until"]) > day, event


def test_identifiers_are_unique_and_carry_the_day(events: list[dict[str, str]]) -> None:
    identifiers = [event["event_id"] for event in events]
    assert len(set(identifiers)) == len(identifiers)
    for event in events:
        assert re.fullmatch(rf"{event['date']}-[a-z0-9]+(-[a-z0-9]+)*", event["event_id"]), event


def test_kinds_are_among_the_known(events: list[dict[str, str]]) -> None:
    assert {event["kind"] for event in events} <= KINDS


def test_participants_stand_in_the_gazetteer(root: Path, events: list[dict[str, str]]) -> None:
    known = {
        row["entity_id"]
        for name in ("people", "institutions")
        for row in rows(root / "data" / "gazetteer" / f"{name}.csv")
    }
    named = {name for event in events for name in event["participants"].split("; ") if name}
    assert named - known == set()


def test_every_event_has_a_page(events: list[dict[str, str]]) -> None:
    for event in events:
        address = urlsplit(event["source_url"])
        assert address.scheme in ("http", "https"), event
        assert address.netloc, event
        assert event["source_title"], event


@pytest.mark.shared
def test_every_page_is_one_of_the_table(shared: Path, events: list[dict[str, str]]) -> None:
    with (shared / "statements" / "statements.jsonl").open(encoding="utf-8") as lines:
        table = [json.loads(line) for line in lines]
    pages = {(row["publisher"], row["source_title"], row["url"]) for row in table}
    given = {(event["source_publisher"], event["source_title"], event["source_url"]) for event in events}
    assert given - pages == set()
