"""Replicas follow an archive in a bucket: each shows whole releases and moves on by itself, whatever the store does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from subprocess import Popen

import pytest
from s3_server import S3Server, Way
from small_archive import publish_small

from analysis.archive import ArchiveError, open_release
from analysis.archive.following import FetchingError, Follower
from analysis.archive.storage.bucket import bucket_storage
from analysis.archive.storage.connection import StoreDownError
from analysis.archive_place import Bucket

Start = Callable[..., Popen[str]]
Follow = Callable[[], Follower]


@pytest.fixture
def follow(bucket: Bucket) -> Iterator[Follow]:
    """Start a follower that looks every fifth of a second and opens what it finds."""
    started: list[Follower] = []

    def begin() -> Follower:
        def lay_out(number: int) -> None:
            assert len(open_release(bucket, number).statements) == 2

        started.append(Follower(bucket, 0.2, lay_out))
        return started[-1]

    yield begin
    for each in started:
        each.stop()


def eventually(true: Callable[[], bool], within: float = 60.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.1)
    return False


def newest(follower: Follower) -> int:
    try:
        numbers = follower.numbers(0)
    except ArchiveError:
        return -1
    return numbers[-1] if numbers else 0


def test_two_replicas_move_to_the_next_release_by_themselves(bucket: Bucket, start: Start) -> None:
    code = """
        import time
        from analysis.archive import open_release
        from analysis.archive.following import Follower
        follower, seen = Follower(place, 0.3, lambda number: None), 0
        while seen < 3:
            numbers = follower.numbers(60)
            if numbers and numbers[-1] != seen:
                seen = numbers[-1]
                assert open_release(place, seen).statements["statement_id"].tolist() == ["s-1", "s-2"]
                print(seen, flush=True)
            time.sleep(0.05)
        """
    publish_small(bucket)
    replicas = [start(code, ON_RECORD_CACHE=f"{bucket_storage(bucket).local}-{turn}") for turn in range(2)]
    for number in (1, 2, 3):
        if number > 1:
            publish_small(bucket)
        for each in replicas:
            assert each.stdout is not None
            assert each.stdout.readline().strip() == str(number)
    assert [each.wait(timeout=30) for each in replicas] == [0, 0]


def test_readers_see_whole_releases_while_one_writes(bucket: Bucket, start: Start) -> None:
    publish_small(bucket)
    writer = start("for _ in range(4): publish_small(place)")
    reads = 0
    while writer.poll() is None:
        release = open_release(bucket)
        assert len(release.statements) == 2
        assert len(release.quotes) == 3
        reads += 1
    assert writer.returncode == 0
    assert reads > 0
    assert open_release(bucket).number == 5


def test_a_new_release_is_laid_out_before_it_is_the_newest(bucket: Bucket) -> None:
    publish_small(bucket)
    laid_out: list[int] = []
    told: list[int] = []

    def lay_out(number: int) -> None:
        told.append(newest(follower))
        laid_out.append(number)

    follower = Follower(bucket, 0.2, lay_out)
    try:
        assert follower.numbers(30) == [1]
        publish_small(bucket)
        assert eventually(lambda: newest(follower) == 2)
        assert (laid_out, told) == ([1, 2], [-1, 1])
    finally:
        follower.stop()


def test_down_at_the_start_nothing_is_shown_until_it_is_up(bucket: Bucket, way: Way, follow: Follow) -> None:
    publish_small(bucket)
    way.closed = True
    follower = follow()
    with pytest.raises(StoreDownError, match="does not answer"):
        follower.numbers(60)
    way.closed = False
    assert eventually(lambda: newest(follower) == 1)
    assert follower.problem is None


def test_down_at_the_start_what_was_fetched_before_is_shown(bucket: Bucket, way: Way, follow: Follow) -> None:
    publish_small(bucket)
    open_release(bucket)
    publish_small(bucket)
    way.closed = True
    follower = follow()
    assert follower.numbers(60) == [1]
    assert eventually(lambda: "does not answer" in (follower.problem or ""))
    assert follower.numbers(0) == [1]
    way.closed = False
    assert eventually(lambda: newest(follower) == 2)


def test_down_later_the_last_release_stays_and_the_next_one_comes(
    bucket: Bucket, server: S3Server, follow: Follow
) -> None:
    publish_small(bucket)
    follower = follow()
    assert follower.numbers(60) == [1]
    server.stop()
    assert eventually(lambda: follower.problem is not None)
    assert follower.numbers(0) == [1]
    assert len(open_release(bucket).statements) == 2
    server.start()
    assert publish_small(bucket) == 2
    assert eventually(lambda: newest(follower) == 2)


def test_a_slow_store_says_how_far_it_is(bucket: Bucket, way: Way, follow: Follow) -> None:
    publish_small(bucket)
    way.delay = 0.4
    follower = follow()
    with pytest.raises(FetchingError, match=r"is being fetched: \d+% of it is here"):
        follower.numbers(0)
    assert eventually(lambda: newest(follower) == 1)


def test_a_damaged_newest_release_leaves_the_one_before(bucket: Bucket, follow: Follow) -> None:
    publish_small(bucket)
    follower = follow()
    assert follower.numbers(60) == [1]
    store = bucket_storage(bucket)
    store.put("releases/000002.json", b"{}")
    assert eventually(lambda: "is damaged" in (follower.problem or ""))
    assert follower.numbers(0) == [1]
    store.remove(["releases/000002.json"])
    assert eventually(lambda: follower.problem is None)
    shutil.rmtree(store.local)
    assert publish_small(bucket) == 2
    assert eventually(lambda: newest(follower) == 2)
