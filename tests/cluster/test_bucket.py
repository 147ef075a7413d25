"""An archive in a bucket keeps every promise that one in a folder keeps."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

import obstore
import pytest
from lancedb.table import LanceTable
from small_archive import publish_small, small_tables

from analysis.archive import ArchiveError, check, open_release, publishing, releases
from analysis.archive.manifest import ManifestStore
from analysis.archive.publishing import Change, Origin, SupersededError, publish_changes
from analysis.archive.retention import clean
from analysis.archive.storage import bucket as bucket_module
from analysis.archive.storage import lease, storage
from analysis.archive.storage.bucket import bucket_storage
from analysis.archive.storage.lease import Lease
from analysis.archive.store import change_table
from analysis.archive_place import Bucket, place
from analysis.importing.kept import keep, kept_rows
from analysis.importing.rows import from_cells

Start = Callable[..., Popen[str]]


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed writer keeps the next one waiting for two seconds, not thirty."""
    monkeypatch.setattr(lease, "SECONDS", 2.0)


SHORT = "from analysis.archive.storage import lease; lease.SECONDS = 2.0\n"


def test_an_address_names_a_bucket_or_says_what_is_wrong() -> None:
    assert place("s3://texts/on/record/") == Bucket("texts", "on/record")
    assert place(Path("s3://texts/on")) == Bucket("texts", "on")  # a Path has lost a slash
    assert str(place("s3://texts")) == "s3://texts"
    assert place("archive") == Path("archive")
    for wrong in ("gs://texts/a", "s3://", "s3://A_b/c", "s3://texts/../c", "https://example.org/a", "s3://texts/a\nb"):
        with pytest.raises(ValueError, match=r"give a folder, or s3://BUCKET/PREFIX"):
            place(wrong)


def test_what_is_read_is_what_was_published(bucket: Bucket) -> None:
    assert [publish_small(bucket), publish_small(bucket)] == [1, 2]
    assert [each.number for each in releases(bucket)] == [1, 2]
    small = small_tables()
    for number in (1, 2):
        release = open_release(bucket, number)
        assert [release.document(each.document_id) for each in small.documents] == list(small.documents)
        assert release.quotes["text"].tolist() == [each.text for each in small.quotes]
        assert (release.vectors()[1] == small.statement_vectors).all()
    assert check(bucket) == []
    with pytest.raises(ArchiveError, match=r"Release 7 does not exist in s3://.*: there are 1 to 2"):
        open_release(bucket, 7)


def test_an_empty_or_absent_bucket_is_said_in_words(bucket: Bucket) -> None:
    assert releases(bucket) == []
    with pytest.raises(ArchiveError, match=r"s3://.* holds no published release\. Make one"):
        open_release(bucket)
    with pytest.raises(ArchiveError, match="holds no release"):
        check(bucket)


def test_refused_credentials_are_said_in_words(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(ArchiveError, match=r"refuses access to s3://.*Check AWS_ACCESS_KEY_ID"):
        publish_small(bucket)
    with pytest.raises(ArchiveError, match="refuses access"):
        open_release(bucket)


def test_a_number_is_given_once(bucket: Bucket) -> None:
    store = ManifestStore(bucket)
    with ThreadPoolExecutor(8) as several:
        won = list(several.map(lambda who: store.put(1, b"%d" % who), range(8)))
    assert won.count(True) == 1
    assert store.read(1) == b"%d" % won.index(True)
    assert store.put(1, store.read(1))  # what our own lost first try wrote counts as ours


def test_two_writers_never_publish_over_each_other(bucket: Bucket, start: Start) -> None:
    code = (
        SHORT
        + """
from dataclasses import replace
for turn in range(3):
    tables = small_tables()
    print(publish_small(place, replace(tables, documents=[
        replace(each, title=f"{WHO} {turn}") for each in tables.documents])), f"{WHO} {turn}")
"""
    )
    writers = [start(f"WHO = {who!r}\n" + code) for who in ("first", "second")]
    said = dict(line.split(" ", 1) for each in writers for line in each.communicate(timeout=120)[0].splitlines())
    assert [each.returncode for each in writers] == [0, 0]
    assert sorted(map(int, said)) == list(range(1, 7))
    for number, title in said.items():
        assert set(open_release(bucket, int(number)).documents["title"]) == {title}
    assert check(bucket) == []


@pytest.mark.parametrize("stop_at", ["documents", "statements", "manifest"])
def test_killed_while_publishing_the_last_release_stays_whole(bucket: Bucket, start: Start, stop_at: str) -> None:
    publish_small(bucket)
    writer = start(
        SHORT
        + f"""
import os, signal
from analysis.archive import publishing
from analysis.archive.storage import bucket
write, put = publishing.write_table, bucket.BucketStorage.put_new
def stopping(home, name, rows):
    version = write(home, name, rows)
    if name == {stop_at!r}:
        os.kill(os.getpid(), signal.SIGKILL)
    return version
publishing.write_table = stopping
def last_step(self, name, content):
    if name.startswith("releases/0") and {stop_at!r} == "manifest":
        os.kill(os.getpid(), signal.SIGKILL)
    return put(self, name, content)
bucket.BucketStorage.put_new = last_step
publish_small(place)
"""
    )
    assert writer.wait(timeout=120) == -signal.SIGKILL
    assert [each.number for each in releases(bucket)] == [1]
    assert check(bucket) == []
    assert len(open_release(bucket).statements) == 2
    began = time.monotonic()
    assert publish_small(bucket) == 2  # waits for the dead writer's lease to run out, no longer
    assert time.monotonic() - began < 30
    assert check(bucket) == []


def test_who_lost_the_lease_does_not_publish(bucket: Bucket) -> None:
    store = bucket_storage(bucket)
    store.prepare()
    with store.writing() as still_alone:
        still_alone()
        other = Lease(store)
        there = store.tagged(lease.NAME)
        assert there is not None
        assert store.put_over(lease.NAME, other._content("another machine"), there[1])  # as after a long standstill
        time.sleep(1.7)
        with pytest.raises(ArchiveError, match="another writer took over"):
            still_alone()


def test_a_change_of_rows_never_mixes_with_another_writers(bucket: Bucket) -> None:
    publish_small(bucket)
    base = open_release(bucket).manifest
    quotes = small_tables().to_arrow()["quotes"]
    origin = Origin("more", base.gazetteer, base.parser, base.encoder, base.weights, base.dimensions)
    change = Change("quote_id", quotes.slice(0, 1), quotes.slice(0, 1))
    calls: list[int] = []

    def beside_another(home: object, name: str, version: int, column: str, gone: list[str], added: object) -> int:
        from lancedb.table import LanceTable

        add = LanceTable.add

        def late(table: LanceTable, rows: object) -> object:
            calls.append(1)
            if len(calls) == 1:  # a writer that took us for dead comes in between our delete and our add
                change_table(storage(bucket).tables, name, version, column, [], quotes.slice(1, 1))
            return add(table, rows)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LanceTable, "add", late)
            return change_table(home, name, version, column, gone, added)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "change_table", beside_another)
        with pytest.raises(SupersededError):
            publish_changes(bucket, base, {"quotes": change}, origin)
    assert [each.number for each in releases(bucket)] == [1]


def test_changes_share_files_with_the_release_before(bucket: Bucket) -> None:
    publish_small(bucket)
    base = open_release(bucket).manifest
    rows = small_tables().to_arrow()["quotes"]
    origin = Origin("more", base.gazetteer, base.parser, base.encoder, base.weights, base.dimensions)
    change = Change("quote_id", rows.slice(2, 1), rows.slice(2, 1))
    assert publish_changes(bucket, base, {"quotes": change}, origin) == 2
    first, second = releases(bucket)
    assert {name for name in first.tables if first.tables[name] != second.tables[name]} == {"quotes"}
    assert check(bucket) == []
    with pytest.raises(SupersededError):
        publish_changes(bucket, base, {"quotes": change}, origin)


def test_check_finds_a_flipped_byte_a_lost_file_and_a_damaged_manifest(bucket: Bucket) -> None:
    publish_small(bucket)
    manifest, store = releases(bucket)[0], bucket_storage(bucket)
    name = next(each for each in manifest.files if "/statements.lance/data/" in each)
    content = store.read(name)
    store.put(name, content[:20] + bytes([content[20] ^ 1]) + content[21:])
    assert any("does not hold the bytes that were published" in str(each) for each in check(bucket))
    store.remove([name])
    assert any("is lost" in str(each) for each in check(bucket))
    store.put("releases/000001.json", b"{}")
    assert any("is damaged" in str(each) for each in check(bucket))


def test_clean_leaves_what_a_writer_may_have_written_just_now(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        publish_small(bucket)
    files = releases(bucket)[2].files
    assert clean(bucket, keep=1).releases == (1, 2)
    assert clean(bucket).files == 0
    monkeypatch.setattr(bucket_module, "_YOUNG", -60.0)
    assert clean(bucket, dry_run=True).files > 0
    clean(bucket)
    assert storage(bucket).names("tables").keys() == files.keys()
    assert check(bucket) == []
    assert publish_small(bucket) == 4


def test_a_store_that_lets_two_writers_overwrite_is_refused(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    put = obstore.put
    monkeypatch.setattr(obstore, "put", lambda store, path, content, **_: put(store, path, content))
    with pytest.raises(ArchiveError, match="does not honour If-None-Match and If-Match"):
        publish_small(bucket)


def test_imported_rows_stay_in_the_bucket(bucket: Bucket) -> None:
    row, _ = from_cells({"text": "Trade will grow.", "speaker": "Wang Yi", "id": "one"}, 1000)
    assert row is not None
    keep(bucket, [row], 1000)
    keep(bucket, [replace(row, id="two")], 1000)
    assert list(kept_rows(bucket, 1000)) == ["one", "two"]
