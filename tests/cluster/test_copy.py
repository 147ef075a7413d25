"""This machine's copy of a bucket's releases: whole, verified, shared, bounded."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest
from s3_server import Way
from small_archive import publish_small, small_tables

from analysis.archive import ArchiveError, check, open_release, publish, releases
from analysis.archive.encoders import carries
from analysis.archive.served import LARGE
from analysis.archive.served import folder as served_folder
from analysis.archive.storage import storage
from analysis.archive.storage.bucket import bucket_storage
from analysis.archive.storage.connection import StoreDownError
from analysis.archive.storage.copying import Copy
from analysis.archive_place import Bucket

Start = Callable[..., Popen[str]]
PLENTY = 1_000_000_000


def test_the_copy_is_an_archive_that_checks_out(bucket: Bucket) -> None:
    publish_small(bucket)
    copy = Copy(bucket_storage(bucket), PLENTY)
    manifest, _ = copy.bring(1)
    assert manifest == releases(bucket)[0]
    assert check(copy.folder) == []
    assert open_release(bucket).folder == copy.folder


def test_a_file_that_changed_in_the_bucket_is_never_shown(bucket: Bucket) -> None:
    publish_small(bucket)
    store = bucket_storage(bucket)
    name = next(each for each in releases(bucket)[0].files if "/statements.lance/data/" in each)
    whole = store.read(name)
    store.put(name, whole[:30] + b"?" + whole[31:])
    with pytest.raises(ArchiveError, match="does not hold the bytes that were published"):
        open_release(bucket)
    assert not (store.local / name).exists()
    store.put(name, whole)
    assert len(open_release(bucket).statements) == 2


def test_what_a_killed_process_fetched_is_not_fetched_again(
    bucket: Bucket, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_small(bucket)
    reader = start(
        """
        import os, signal
        from analysis.archive import open_release
        from analysis.archive.storage import copying
        bring, seen = copying.FolderStorage.put, []
        copying.FolderStorage.put = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # all but the manifest is here
        open_release(place)
        """
    )
    assert reader.wait(timeout=60) == -9
    store, fetched = bucket_storage(bucket), []
    assert Copy(store, PLENTY).numbers() == []
    pieces = type(store).pieces
    monkeypatch.setattr(type(store), "pieces", lambda self, name: fetched.append(name) or pieces(self, name))
    assert len(open_release(bucket).statements) == 2
    assert fetched == []


def test_the_same_name_in_another_archive_is_another_release(bucket: Bucket) -> None:
    publish_small(bucket)
    assert open_release(bucket).manifest.inputs == "in"
    store = bucket_storage(bucket)
    store.remove(store.names("").keys())  # somebody deletes the archive and builds another in its place
    publish_small(bucket)
    release = open_release(bucket)
    assert release.manifest == releases(bucket)[0]
    assert check(release.folder) == []


def test_old_releases_go_but_never_one_that_is_open(bucket: Bucket) -> None:
    for _ in range(4):
        publish_small(bucket)
    copy = Copy(bucket_storage(bucket), 1)  # byte
    shown = [copy.bring(1), copy.bring(3)]
    assert copy.numbers() == [1, 3]
    newest = copy.bring(4)
    assert copy.numbers() == [1, 3, 4]
    del shown[0]
    gc.collect()
    newest = copy.bring(4)
    assert copy.numbers() == [3, 4]
    assert check(copy.folder) == []
    assert storage(copy.folder).names("tables").keys() == {*shown[0][0].files, *newest[0].files}


def test_a_large_release_comes_with_what_it_is_served_from(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LARGE > 2
    for module in ("analysis.archive.serving", "analysis.archive.release"):
        monkeypatch.setattr(f"{module}.LARGE", 2)
    publish_small(bucket)
    store = bucket_storage(bucket)
    part = served_folder.part_of(releases(bucket)[0].tables["statements"].digest)
    assert f"{part}/{served_folder.SEAL}" in store.names("served")
    shutil.rmtree(store.local)  # another machine
    Copy(store, PLENTY).bring(1)
    assert (store.local / part / served_folder.SEAL).exists()
    release = open_release(bucket)
    assert release.served is not None
    assert release.statements["statement_id"].tolist() == ["s-1", "s-2"]
    assert check(bucket) == []
    name = next(each for each in store.names("served") if each.endswith("texts.arrow"))
    store.put(name, b"damaged")
    assert any("texts.arrow" in str(each) for each in check(bucket))
    store.remove(store.names("served").keys())  # may be deleted: it is made again where it is missed
    shutil.rmtree(store.local)
    assert open_release(bucket).served is not None


def test_processes_share_one_copy_and_one_fetches(bucket: Bucket, start: Start) -> None:
    publish_small(bucket)
    code = """
        from analysis.archive import open_release
        from analysis.archive.storage.bucket import BucketStorage
        fetched, pieces = [], BucketStorage.pieces
        BucketStorage.pieces = lambda self, name: fetched.append(name) or pieces(self, name)
        assert len(open_release(place).statements) == 2
        print(len(fetched))
        """
    readers = [start(code) for _ in range(3)]
    counts = [int(each.communicate(timeout=120)[0]) for each in readers]
    assert sorted(counts) == [0, 0, len(releases(bucket)[0].files)]


def test_a_lost_connection_costs_a_piece_and_not_the_release(bucket: Bucket, way: Way) -> None:
    publish_small(bucket)
    way.cut_after = 1_500  # bytes: below most files of even this release

    def mend() -> None:
        while way.cuts < 3:
            time.sleep(0.01)
        way.cut_after = None

    threading.Thread(target=mend, daemon=True).start()
    assert len(open_release(bucket).statements) == 2
    assert way.cuts >= 3
    assert check(bucket_storage(bucket).local) == []


def test_a_slow_store_is_waited_for(bucket: Bucket, way: Way) -> None:
    publish_small(bucket)
    way.delay = 0.15
    assert len(open_release(bucket).statements) == 2


def test_while_the_store_is_away_what_is_here_is_shown(bucket: Bucket, way: Way, tmp_path: Path) -> None:
    publish_small(bucket)
    publish_small(bucket)
    release = open_release(bucket)
    way.closed = True
    assert release.document("d-1").title == "Trade"  # mid-way: nothing of an open release is read from the store
    assert len(open_release(bucket).statements) == 2
    assert open_release(bucket, 2).number == 2
    with pytest.raises(StoreDownError, match="does not answer: no connection"):
        open_release(bucket, 1)  # was never fetched
    with pytest.raises(ArchiveError, match=r"cannot be written.*does not answer.*What it has published stands"):
        publish_small(bucket)
    way.closed = False
    assert open_release(bucket, 1).number == 1
    assert publish_small(bucket) == 3


def test_no_room_for_the_copy_is_said_in_words(bucket: Bucket, cache: Path) -> None:
    publish_small(bucket)
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file in the way")
    with pytest.raises(ArchiveError, match=r"cannot be put into .*ON_RECORD_CACHE names another folder"):
        open_release(bucket)


def test_what_a_process_has_open_can_be_opened_again_without_the_store(bucket: Bucket, way: Way) -> None:
    publish_small(bucket)
    publish_small(bucket)
    assert open_release(bucket, 1).number == 1
    way.closed = True
    asked = way.connections
    assert len(open_release(bucket, 1).statements) == 2
    assert way.connections == asked


def test_what_a_writer_on_the_same_machine_is_making_is_left_alone(bucket: Bucket) -> None:
    publish_small(bucket)
    store = bucket_storage(bucket)
    making, old = store.local / "served/made.part/vectors.npy", store.local / "served/left.part/vectors.npy"
    for path in (making, old):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"numbers")
    os.utime(old, (0, 0))
    open_release(bucket)
    assert making.exists()
    assert not old.exists()


def test_a_release_comes_with_the_encoder_that_it_carries(bucket: Bucket, tmp_path: Path) -> None:
    made = tmp_path / "words-1"
    made.mkdir()
    (made / "encoder.json").write_text("{}")
    (made / "model.onnx").write_bytes(b"weights")
    about = {"inputs": "in", "gazetteer": "gz", "parser": "p", "encoder": "small", "weights": "words-1"}
    publish(bucket, small_tables(), **about, carried=made)
    assert check(bucket) == []
    shutil.rmtree(bucket_storage(bucket).local)  # another machine
    release = open_release(bucket)
    assert carries(release.manifest) == "encoders/words-1"
    assert (release.folder / "encoders/words-1/model.onnx").read_bytes() == b"weights"
