"""Events are read with their sources, and a bad row is named by its line."""

from __future__ import annotations

from datetime import date

from analysis.queries.events import COLUMNS, between, kinds, load_events, weight

HEAD = ",".join(COLUMNS) + "\n"
TREATY = "e-1,2001-07-16,,Treaty signed,treaty,Moscow,russia; china,Kremlin,Text,https://example.org/t\n"
VISIT = "e-2,2023-03-20,2023-03-22,Visit to Moscow,visit,Moscow,xi-jinping,,,\n"


def test_events_come_by_day_with_participants_and_source(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text(HEAD + VISIT + TREATY, encoding="utf-8")
    events, problems = load_events(file)
    assert [event.event_id for event in events] == ["e-1", "e-2"]
    assert events[0].participants == ("russia", "china")
    assert events[0].source_url == "https://example.org/t"
    assert events[1].until == date(2023, 3, 22)
    assert problems == ()


def test_a_bad_row_is_left_out_and_named_by_its_line(tmp_path):
    file = tmp_path / "events.csv"
    rows = ["e-3,soon,,Summit,summit,,,,,\n", "e-4,,,Call,call,,,,,\n", ",2020-01-01,,Nameless,call,,,,,\n", TREATY]
    file.write_text(HEAD + TREATY + "".join(rows) + "e-5,2020-02-02,2020-01-01,Back,call,,,,,\n", encoding="utf-8")
    events, problems = load_events(file)
    assert [event.event_id for event in events] == ["e-1"]
    assert [problem.split(":")[0] for problem in problems] == [f"events.csv line {line}" for line in (3, 4, 5, 6, 7)]
    assert "date “soon” is no date" in problems[0]
    assert "stands there twice" in problems[3]
    assert "before it begins" in problems[4]


def test_kinds_are_counted_by_identifier_wars_and_treaties_first(tmp_path):
    file = tmp_path / "events.csv"
    joint = "e-6,2022-02-04,,Joint statement,joint statement,Beijing,,,,\n"
    file.write_text(HEAD + VISIT + VISIT.replace("e-2", "e-7") + TREATY + joint, encoding="utf-8")
    assert list(kinds(load_events(file)[0]).items()) == [
        ("treaty", ("treaty", 1)),
        ("joint-statement", ("joint statement", 1)),
        ("visit", ("visit", 2)),
    ]


def test_without_a_file_or_its_columns_there_are_no_events_and_a_reason(tmp_path):
    assert load_events(tmp_path / "events.csv")[0] == ()
    assert "no events are marked" in load_events(tmp_path / "events.csv")[1][0]
    (tmp_path / "events.csv").write_text("event_id,date\n", encoding="utf-8")
    events, problems = load_events(tmp_path / "events.csv")
    assert events == ()
    assert "title" in problems[0]


def test_an_event_that_lasts_touches_every_day_of_it(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text(HEAD + VISIT, encoding="utf-8")
    events, _ = load_events(file)
    assert between(events, date(2023, 3, 22), None) == events
    assert between(events, None, date(2023, 3, 20)) == events
    assert between(events, date(2023, 3, 23), None) == ()
    assert between(events, None, date(2023, 3, 19)) == ()


def test_the_shipped_events_can_all_be_read(root):
    events, problems = load_events(root / "data/events.csv")
    assert problems == ()
    assert events
    assert all(event.source_url for event in events)
    assert max(map(weight, events)) > min(map(weight, events))
