"""The dashboard on an archive in a bucket: the same pages, and words that were meant for visitors where it is away."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from s3_server import Way
from streamlit.testing.v1 import AppTest

from analysis import warming
from analysis.archive import following
from analysis.archive_place import Bucket

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tests/pages"))

from made_archive import SubjectEncoder, publish_made  # noqa: E402  # beside the pages' tests


@pytest.fixture
def open_app(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AppTest]]:
    """Open the Overview in a fresh session of a process that follows the bucket every second."""
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(bucket))
    monkeypatch.setenv("ON_RECORD_FOLLOW_EVERY", "1")
    monkeypatch.setattr(warming, "_state", {"thread": None, "encoder": SubjectEncoder()})

    def opened() -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.run()
        assert not app.exception, [problem.message for problem in app.exception]
        return app

    yield opened
    if follower := following._followers.pop(bucket, None):
        follower.stop()
    st.cache_resource.clear()


def titles(app: AppTest) -> list[str]:
    return [each.value for each in app.title]


def until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.5)
    return False


def test_a_visitor_sees_the_newest_release_and_the_next_without_a_restart(
    bucket: Bucket, open_app: Callable[[], AppTest]
) -> None:
    publish_made(bucket)
    assert until(lambda: any("Release 1, built" in each.value for each in open_app().sidebar.caption))
    publish_made(bucket)
    assert until(lambda: any("Release 2, built" in each.value for each in open_app().sidebar.caption))


def test_a_store_that_is_away_at_the_start_is_told_without_addresses_and_comes_up(
    bucket: Bucket, way: Way, open_app: Callable[[], AppTest]
) -> None:
    publish_made(bucket)
    way.closed = True
    assert until(lambda: any("The store that holds it does not answer." in each.value for each in open_app().info))
    away = open_app()
    assert "This page tries again by itself." in [each.value for each in away.caption]
    drawn = " ".join(str(each.value) for each in (*away.info, *away.caption, *away.title, *away.markdown, *away.error))
    assert "127.0.0.1" not in drawn
    assert bucket.name not in drawn
    way.closed = False
    assert until(lambda: any("Release 1, built" in each.value for each in open_app().sidebar.caption))


def test_a_store_that_goes_away_later_is_not_noticed(bucket: Bucket, way: Way, open_app: Callable[[], AppTest]) -> None:
    publish_made(bucket)
    assert until(lambda: any("Release 1, built" in each.value for each in open_app().sidebar.caption))
    way.closed = True
    time.sleep(1.5)  # the next look fails
    st.cache_data.clear()
    app = open_app()
    assert any("Release 1, built" in each.value for each in app.sidebar.caption)
    assert not app.info
    assert not app.error


def test_an_empty_bucket_says_what_to_run(bucket: Bucket, open_app: Callable[[], AppTest]) -> None:
    app = open_app()
    assert any("There is no archive yet" in each.value for each in app.info)
