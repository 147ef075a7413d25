"""Orders are worked on by processes of their own; whoever looks learns how far they are, and how they ended."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.archive import check, open_release, releases
from analysis.changing import starting, work
from analysis.changing.orders import HowFar, Order, Orders, State
from analysis.changing.starting import BusyError, start, uploads_of, why_not
from analysis.changing.steps import STEPS
from analysis.pipeline import build
from analysis.settings import Settings

REPRINT = "MOSCOW, March 9, 2023 (Gazette) -- “The port will be dredged,” Sergey Lavrov said on March 9.\n"
ADD = Order("add", "edda@institute.example", "editor")


@pytest.fixture
def archive(sources: Path, settings: Settings, encoder: object, tmp_path: Path, monkeypatch) -> Settings:
    """Settings of an archive of one release, which orders find too."""
    build([sources], settings)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(settings.archive))
    monkeypatch.setenv("ON_RECORD_ENCODER", "small")
    monkeypatch.setenv("ON_RECORD_NICE", "0")  # this is the tests' own process
    return replace(settings, nice=0)


def done_here(orders: Orders, order: Order, files: dict[str, bytes] | None = None) -> tuple[str, HowFar]:
    """An order worked on in this process."""
    order_id = orders.make(order, files)
    work.main([str(orders.place(order_id)), "0"])
    return order_id, orders.how_far(order_id)


def test_looking_through_files_says_what_they_hold_and_changes_nothing(archive, sources, tmp_path):
    held = (sources / "article.txt").read_bytes()
    files = {"article.txt": held, "new.txt": REPRINT.encode(), "broken.jsonl": b"{not json\n"}
    _, found = done_here(Orders(tmp_path), replace(ADD, act="look"), files)
    assert found.state is State.DONE
    assert {one["source"]: one["is_new"] for one in found.result["listed"]} == {"article.txt": False, "new.txt": True}
    assert (found.result["documents"], found.result["new"]) == (2, 1)
    assert [one["source"] for one in found.result["skipped"]] == ["broken.jsonl line 1"]
    assert len(releases(archive.archive)) == 1


def test_what_is_added_is_published_logged_and_its_files_kept(archive, tmp_path, caplog):
    caplog.set_level("INFO")
    order_id, found = done_here(Orders(tmp_path), ADD, {"new.txt": REPRINT.encode()})
    assert (found.state, found.result["release"], found.result["quotes"]) == (State.DONE, 2, 1)
    assert (uploads_of(archive) / order_id / "new.txt").read_text() == REPRINT
    assert check(archive.archive) == []
    line = next(record.getMessage() for record in caplog.records if record.name == "analysis.changes")
    assert line == (
        f'changed {{"who": "edda@institute.example", "role": "editor", "act": "add", "order": "{order_id[:8]}", '
        '"release": 2, "added": ["new.txt"]}'
    )


def test_a_build_of_the_sources_and_the_kept_files_has_the_same_statements(archive, sources, tmp_path):
    done_here(Orders(tmp_path), ADD, {"new.txt": REPRINT.encode()})
    added = set(open_release(archive.archive).statements["statement_id"])
    report = build([sources, uploads_of(archive)], archive)
    assert set(open_release(archive.archive, report.release).statements["statement_id"]) == added


def test_documents_are_removed_releases_republished_and_old_ones_cleaned(archive, tmp_path):
    orders = Orders(tmp_path)
    done_here(orders, ADD, {"new.txt": REPRINT.encode()})
    every = open_release(archive.archive).columns("documents", ["document_id", "source"]).to_pylist()
    gone = next(row["document_id"] for row in every if row["source"] == "new.txt")
    _, removed = done_here(orders, replace(ADD, act="remove", documents=(gone,)))
    assert (removed.result["release"], removed.result["removed"]) == (3, [gone])
    _, again = done_here(orders, replace(ADD, act="republish", release=2))
    assert (again.result["release"], again.result["of"]) == (4, 2)
    _, cleaned = done_here(orders, replace(ADD, act="clean", keep=1))
    assert cleaned.result["removed"] == ["1", "2", "3"]
    assert [one.number for one in releases(archive.archive)] == [4]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (replace(ADD, act="remove", documents=("nothing",)), "holds no document 'nothing'"),
        (replace(ADD, act="republish", release=1), "is the newest already"),
        (replace(ADD, act="republish", release=9), "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(archive, tmp_path, order, said):
    _, found = done_here(Orders(tmp_path), order)
    assert found.state is State.FAILED
    assert said in found.problem
    assert len(releases(archive.archive)) == 1


def test_a_process_of_its_own_looks_through_files(archive, tmp_path):
    orders = Orders(tmp_path)
    order_id = orders.make(replace(ADD, act="look"), {"new.txt": REPRINT.encode()})
    start(orders, order_id)
    assert not orders.how_far(order_id).is_over
    assert orders.unfinished() == [order_id]
    found = waited_for(orders, order_id)
    assert (found.state, found.result["new"]) == (State.DONE, 1)
    assert orders.unfinished() == []


def test_a_process_that_is_killed_leaves_an_order_that_says_so(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.changing.orders._ENDS_WITHIN", 0.2)
    orders = Orders(tmp_path)
    order_id = orders.make(ADD, {"new.txt": REPRINT.encode()})
    with orders.alone():  # so it waits
        started = []
        popen = starting.subprocess.Popen
        monkeypatch.setattr(
            starting.subprocess, "Popen", lambda *given, **more: started.append(popen(*given, **more)) or started[0]
        )
        start(orders, order_id)
        assert orders.how_far(order_id).state is State.WAITING
        with pytest.raises(OSError):  # the same order twice at once  # noqa: PT011
            start(orders, order_id)
        until = time.monotonic() + 60
        while orders.how_far(order_id).step != "Waiting" and time.monotonic() < until:
            time.sleep(0.1)
        assert orders.how_far(order_id).step == "Waiting"
        os.kill(started[0].pid, signal.SIGKILL)
        assert waited_for(orders, order_id).state is State.STOPPED
    assert len(releases(archive.archive)) == 1


def test_too_many_at_once_are_turned_away(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "MOST_AT_ONCE", 0)
    orders = Orders(tmp_path)
    with pytest.raises(BusyError, match="waiting already"):
        start(orders, orders.make(ADD))


@pytest.mark.parametrize("order_id", ["", "..", "../../etc", "A" * 32, "0" * 31, "0" * 32])
def test_what_names_no_order_finds_none(tmp_path, order_id):
    orders = Orders(tmp_path)
    for look in (orders.order, orders.how_far):
        with pytest.raises(KeyError):
            look(order_id)


def test_orders_that_ended_long_ago_are_forgotten(archive, tmp_path):
    orders = Orders(tmp_path)
    old, _ = done_here(orders, replace(ADD, act="look"), {"new.txt": REPRINT.encode()})
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(orders.place(old), (long_ago, long_ago))
    new = orders.make(ADD)
    assert not orders.place(old).exists()
    assert orders.place(new).exists()


def test_a_server_that_cannot_build_says_where_it_can_be_done(archive, tmp_path, monkeypatch):
    assert why_not(archive) is None
    assert "Build one first" in why_not(replace(archive, archive=tmp_path / "nothing"))
    monkeypatch.setattr(starting, "_BUILDS_WITH", ("spacy", "a_package_that_is_not_here"))
    assert "only shows the archive" in why_not(archive)
    monkeypatch.undo()
    monkeypatch.setattr(starting.os, "access", lambda *_: False)  # the tests may run as root
    assert "may not write" in why_not(archive)


def waited_for(orders: Orders, order_id: str) -> HowFar:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if (found := orders.how_far(order_id)).is_over:
            return found
        time.sleep(0.1)
    raise AssertionError(f"it is not over: {orders.how_far(order_id)}")


def test_every_step_that_a_change_goes_through_has_a_name_for_those_who_wait(root):
    code = "".join(path.read_text() for path in (root / "analysis").rglob("*.py"))
    titles = set(re.findall(r'\.step\(\s*"([^"]+)"', code))
    assert {"Reading", "Publishing", "Removing"} <= titles
    assert titles <= set(STEPS)
