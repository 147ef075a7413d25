"""Promises about faults: readers see a message in words or the last good release, and all is well again by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import streamlit as st
from made_archive import publish_made

from analysis.archive import standing
from analysis.queries import on_hand
from pages.parts import failing, finding


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page) -> Iterator[Path]:
    """An archive with one release, free to be damaged; looked at anew by every run."""
    folder = tmp_path / "archive"
    publish_made(folder)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(folder))
    monkeypatch.setattr(on_hand, "LOOKED_UP_EVERY", 0.0)
    monkeypatch.setattr(on_hand, "TRIED_AGAIN_AFTER", 0.0)
    on_hand.forget()
    yield folder
    st.cache_resource.clear()
    on_hand.forget()


@pytest.fixture
def visit(open_page, archive, monkeypatch):
    """Open a page in a new session, without forgetting what the server knows."""
    monkeypatch.setattr(on_hand, "forget", lambda: None)
    return lambda *page, **parameters: open_page(*page, **parameters)


def said(app) -> str:
    boxes = [*app.error, *app.info, *app.warning]
    return " ".join(
        f"{getattr(box, 'title', '') or ''} {box.proto.title if hasattr(box.proto, 'title') else ''} {box.value}"
        for box in boxes
    )


def newer(archive: Path, statements: int = 3) -> None:
    publish_made(archive, more=statements)


def damage(path: Path) -> bytes:
    """Cut a file in half; what it held."""
    held = path.read_bytes()
    path.write_bytes(held[: len(held) // 2])
    return held


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


# --- the archive's folder is away -------------------------------------------------------------------------------------


@pytest.mark.parametrize("leaves_an_empty_folder", [True, False])
def test_an_archive_that_is_away_goes_on_being_shown_and_comes_back_by_itself(
    visit, archive: Path, tmp_path: Path, leaves_an_empty_folder: bool
) -> None:
    app = visit("timeline")
    before = html(app)
    archive.rename(tmp_path / "away")
    if leaves_an_empty_folder:  # as an unmounted disk does
        archive.mkdir()
    app.run()
    assert not app.exception
    assert html(app) == before
    assert "cannot be reached just now" in said(app)
    other = visit("overview")
    assert "cannot be reached just now" in said(other), "a new visitor sees the last good release too"
    assert "Statements by year and side" in [each.value for each in other.subheader]
    if leaves_an_empty_folder:
        archive.rmdir()
    (tmp_path / "away").rename(archive)
    app.run()
    assert not said(app)


def test_a_text_that_was_not_opened_yet_is_said_to_be_out_of_reach_and_opens_later(
    visit, archive: Path, tmp_path: Path
) -> None:
    visit()
    archive.rename(tmp_path / "away")
    app = visit("document", document="d-brief")
    assert "This cannot be read just now" in said(app)
    assert str(tmp_path) not in said(app), "visitors need not know the machine's folders"
    assert app.query_params["document"] == "d-brief", "the address stays what it was"
    (tmp_path / "away").rename(archive)
    app.button(key="try_again_page").click().run()
    assert not said(app)
    assert "gas" in html(app).lower()


def test_a_server_that_starts_before_its_disk_is_mounted_shows_it_once_it_is(
    visit, archive: Path, tmp_path: Path
) -> None:
    archive.rename(tmp_path / "away")
    app = visit()
    assert "Nothing to show yet" in said(app)
    assert str(tmp_path) not in said(app), "visitors need not know the machine's folders"
    (tmp_path / "away").rename(archive)
    app.run()
    assert "Statements by year and side" in [each.value for each in app.subheader]


# --- a release is damaged ---------------------------------------------------------------------------------------------


def test_a_damaged_manifest_leaves_the_release_before_it_on_show(visit, archive: Path) -> None:
    newer(archive)
    manifest = archive / "releases/000002.json"
    held = damage(manifest)
    app = visit()
    assert app.query_params["release"] == "1"
    manifest.write_bytes(held)
    assert visit().query_params["release"] == "2"


def test_a_release_of_another_schema_hides_no_other(visit, archive: Path) -> None:
    """So it is after an upgrade: the next build publishes what can be read beside what cannot."""
    newer(archive)
    manifest = archive / "releases/000001.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema_version": 1}))
    app = visit(release="1")
    assert app.query_params["release"] == "2"
    assert "release “1”" in said(app)


@pytest.mark.parametrize("lost", ["statements", "entities", "documents", "quotes"])
@pytest.mark.parametrize("running", [True, False])
def test_a_release_whose_tables_are_damaged_leaves_the_last_good_one_and_comes_back(
    visit, archive: Path, lost: str, running: bool
) -> None:
    before = set((archive / "tables").rglob("*.*"))
    if running:
        assert visit().query_params["release"] == "1"
    newer(archive)
    new = [path for path in set((archive / "tables").rglob("*.*")) - before if path.is_file()]
    # A server that starts anew opens no table whose newest version is damaged, whichever it wants: docs/hosting.md
    hurt = [path for path in new if f"{lost}.lance" in str(path) and (running or path.parent.name == "data")]
    assert hurt
    away = {path: damage(path) for path in hurt}
    app = visit()
    assert app.query_params["release"] == "1", said(app)
    assert "Release 2 cannot be read just now. Release 1 is shown." in said(app)
    for path, held in away.items():
        path.write_bytes(held)
    app = visit()
    assert app.query_params["release"] == "2"
    assert not said(app)


@pytest.mark.parametrize("lost", ["statements", "documents"])
def test_a_table_that_is_missing_is_said_in_words_and_comes_back(
    visit, archive: Path, tmp_path: Path, lost: str
) -> None:
    table = (archive / f"tables/{lost}.lance").rename(tmp_path / "away")
    app = visit()
    assert "The archive cannot be read just now" in said(app)
    table.rename(archive / f"tables/{lost}.lance")
    app.run()
    assert "Statements by year and side" in [each.value for each in app.subheader]


def test_files_damaged_under_a_running_server_do_not_touch_what_it_shows(visit, archive: Path) -> None:
    app = visit("timeline")
    before = html(app)
    for path in (archive / "tables").rglob("*.lance"):
        if path.is_file():
            damage(path)
    app.run()
    assert not app.exception
    assert html(app) == before
    read = visit("document", document="d-brief")
    assert "This cannot be read just now" in said(read)


def test_where_no_release_can_be_read_the_page_says_so_and_looks_again(visit, archive: Path) -> None:
    manifest = archive / "releases/000001.json"
    held = damage(manifest)
    app = visit()
    assert "The archive cannot be read just now" in said(app)
    assert str(archive) not in said(app)
    manifest.write_bytes(held)
    app.run()
    assert not said(app)


def test_what_happens_to_an_archive_is_logged_once(archive: Path, caplog: pytest.LogCaptureFixture) -> None:
    known = standing.look(archive)
    away = archive.rename(archive.with_name("away"))
    for _ in range(3):
        known = standing.look(archive, known)
    away.rename(archive)
    with caplog.at_level("INFO"):
        known = standing.look(archive, known)
    assert known.away is None
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


# --- no memory --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [MemoryError(), pa.lib.ArrowMemoryError("malloc of size 1 failed")])
def test_a_query_without_memory_says_so_and_the_session_goes_on(
    visit, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as short:
        short.setattr(finding, "every_match", hungry)
        app = visit("search", q="gas")
        assert not app.exception
        assert "more memory than the server has left" in said(app)
        assert app.query_params["q"] == "gas", "the address stays what it was"
    app.run()
    assert not said(app)
    assert "flow for decades" in html(app)


def test_what_is_nobodys_fault_but_the_programs_is_not_taken_for_the_machines() -> None:
    with pytest.raises(KeyError), failing.told():
        raise KeyError("bug")


# --- the clock jumps --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0])
def test_a_clock_that_jumps_hides_no_new_release(
    open_page, archive: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    monkeypatch.setattr(on_hand, "LOOKED_UP_EVERY", 0.5)
    on_hand.forget()
    folder = str(archive)
    assert on_hand.numbers(folder) == [1]
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + jump)
    newer(archive)
    until = time.monotonic() + 20
    while on_hand.numbers(folder) != [1, 2] and time.monotonic() < until:
        time.sleep(0.05)
    assert on_hand.numbers(folder) == [1, 2]
    app = open_page()
    assert not app.exception
    assert app.query_params["release"] == "2"


def test_a_release_published_while_the_clock_stood_in_the_past_is_still_the_newest(visit, archive: Path) -> None:
    """Releases are told apart by their numbers, not by when they say that they were published."""
    newer(archive)
    first, second = (on_hand.opened(str(archive), number).release.manifest for number in (1, 2))
    assert first.published_at <= second.published_at
    assert visit().query_params["release"] == "2"
