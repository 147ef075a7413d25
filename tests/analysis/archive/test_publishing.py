from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.archive import ArchiveError, Tables, check, open_release, publishing, releases
from analysis.archive.manifest import ManifestStore
from analysis.archive.publishing import Change, Origin, SupersededError, publish_changes
from analysis.archive.rows import digest

HERE = Path(__file__).resolve().parent


def run_writer(folder: Path, code: str) -> subprocess.Popen[bytes]:
    """Another process that can use the small tables and runs ``code`` with ``folder``."""
    start = f"from pathlib import Path; from small_archive import *; folder = Path({str(folder)!r})\n"
    path = os.pathsep.join([str(HERE), str(HERE.parents[2])])
    return subprocess.Popen(
        [sys.executable, "-c", start + textwrap.dedent(code)], env={**os.environ, "PYTHONPATH": path}
    )


def test_two_writers_never_publish_over_each_other(tmp_path: Path) -> None:
    code = """
        from dataclasses import replace
        for turn in range(4):
            tables = small_tables()
            number = publish_small(folder, replace(tables, documents=[
                replace(each, title=f"{WHO} {turn}") for each in tables.documents]))
            (folder / f"{WHO}-{turn}").write_text(str(number))
    """
    writers = [run_writer(tmp_path, f"WHO = {who!r}\n" + textwrap.dedent(code)) for who in ("first", "second")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    said = {path.name: int(path.read_text()) for path in tmp_path.glob("*-?")}
    assert sorted(said.values()) == list(range(1, 9))
    for name, number in said.items():
        assert set(open_release(tmp_path, number).documents["title"]) == {name.replace("-", " ")}
    assert check(tmp_path) == []


def test_a_number_is_given_once(tmp_path: Path) -> None:
    store = ManifestStore(tmp_path)
    assert store.put(1, b"mine")
    assert not store.put(1, b"yours")
    assert store.read(1) == b"mine"
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["000001.json"]


@pytest.mark.parametrize("stop_at", ["documents", "statements", "skipped", "manifest"])
def test_killed_while_publishing_the_last_release_stays_whole(
    tmp_path: Path, publish_tables: Callable[..., int], stop_at: str
) -> None:
    publish_tables(tmp_path)
    code = f"""
        import os, signal
        from analysis.archive import publishing, manifest
        write, link = publishing.write_table, os.link
        def stopping(folder, name, rows):
            version = write(folder, name, rows)
            if name == {stop_at!r}:
                os.kill(os.getpid(), signal.SIGKILL)
            return version
        publishing.write_table = stopping
        if {stop_at!r} == "manifest":
            os.link = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        publish_small(folder)
    """
    assert run_writer(tmp_path, code).wait(timeout=60) == -signal.SIGKILL
    assert [each.number for each in releases(tmp_path)] == [1]
    assert check(tmp_path) == []
    assert len(open_release(tmp_path).statements) == 2
    assert publish_tables(tmp_path) == 2
    assert check(tmp_path) == []


def test_killed_at_any_moment_the_last_release_stays_whole(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    moments = random.Random(11)
    for _ in range(3):  # benchmarks/robustness.py does it 100 times
        before = ManifestStore(tmp_path).numbers()
        writer = run_writer(tmp_path, "while True: publish_small(folder)")
        until = time.monotonic() + 60
        while ManifestStore(tmp_path).numbers() == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.3))
        writer.kill()
        writer.wait()
        assert check(tmp_path) == []
        assert len(open_release(tmp_path).statements) == 2
    last = ManifestStore(tmp_path).numbers()[-1]
    assert publish_tables(tmp_path) == last + 1
    assert check(tmp_path, last + 1) == []


def test_no_room_is_said_in_words_and_the_last_release_stays_whole(
    tmp_path: Path, publish_tables: Callable[..., int]
) -> None:
    publish_tables(tmp_path)
    code = """
        import resource, signal, sys
        from analysis.archive import ArchiveError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        for limit in (0, 200, 2_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
            try:
                publish_small(folder)
            except ArchiveError as error:
                words = str(error)
                if "cannot be written" in words and "What it has published stands" in words:
                    continue
            sys.exit(limit + 1)
    """
    assert run_writer(tmp_path, code).wait(timeout=60) == 0
    assert check(tmp_path) == []
    assert publish_tables(tmp_path) == 2


def test_a_read_only_folder_is_said_in_words(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    archive = tmp_path / "archive"
    publish_tables(archive)
    folders = [archive, *(path for path in archive.rglob("*") if path.is_dir())]
    code = """
        import os, sys
        from analysis.archive import ArchiveError, open_release
        import importlib.metadata, lancedb
        if os.geteuid() == 0:
            os.setgroups([]); os.setgid(65534); os.setuid(65534)
        assert len(open_release(folder).statements) == 2
        try:
            publish_small(folder)
        except ArchiveError as error:
            sys.exit(0 if "cannot be written: Permission denied" in str(error) else 3)
        sys.exit(4)
    """
    for path in [*archive.parents][:4]:  # pytest keeps them to their owner; another user has to come through
        with contextlib.suppress(OSError):
            path.chmod(0o755)
    for path in folders:
        path.chmod(0o555)
    try:
        assert run_writer(archive, code).wait(timeout=60) == 0
    finally:
        for path in folders:
            path.chmod(0o755)
    assert check(archive) == []


def test_a_change_writes_only_what_changes(tmp_path: Path, publish_tables: Callable[..., int], small: Tables) -> None:
    publish_tables(tmp_path)
    base = releases(tmp_path)[0]
    rows = small.to_arrow()
    gone = rows["quotes"].slice(2)
    changed = replace(small, quotes=[replace(small.quotes[2], text="Trade may grow")], quote_vectors=np.ones((1, 4)))
    changed = replace(changed, statements=[], statement_vectors=np.zeros((0, 4), np.float32))
    change = Change("quote_id", gone, changed.to_arrow()["quotes"])
    origin = Origin("in 2", "gz", "parser", "small", None, 4)
    run_writer(tmp_path, "import analysis.archive.publishing as p; p._name = None; publish_small(folder)").wait(60)
    assert publish_changes(tmp_path, base, {"quotes": change}, origin) == 2
    first, second = releases(tmp_path)
    assert {name for name in first.tables if first.tables[name] != second.tables[name]} == {"quotes"}
    assert first.files.keys() < second.files.keys()
    assert check(tmp_path) == []
    assert len(open_release(tmp_path).quotes) == 3
    with pytest.raises(SupersededError):
        publish_changes(tmp_path, base, {"quotes": change}, origin)


def test_a_full_disk_is_said_in_words(
    tmp_path: Path, publish_tables: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_tables(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.ManifestStore, "put", full)
    with pytest.raises(ArchiveError, match="cannot be written: No space left on device"):
        publish_tables(tmp_path)
    assert check(tmp_path) == []


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(ArchiveError, match="archive cannot be written"):
        publish_tables(tmp_path / "archive")


def test_a_manifest_holds_no_clock_but_its_own(tmp_path: Path, publish_tables: Callable[..., int]) -> None:
    publish_tables(tmp_path)
    publish_tables(tmp_path)
    first, second = (json.loads((tmp_path / "releases" / f"00000{n}.json").read_text()) for n in (1, 2))
    for manifest in (first, second):
        del manifest["published_at"], manifest["seal"], manifest["number"], manifest["files"]
        for table in manifest["tables"].values():
            del table["version"]
    assert first == second


def test_a_digest_sees_every_change_and_no_order(small: Tables) -> None:
    rows = small.to_arrow()
    quotes = rows["quotes"]
    assert digest(quotes) == digest(quotes.take([2, 0, 1]))
    assert digest(quotes) != digest(quotes.slice(1))
    bent = replace(small, quote_vectors=np.eye(3, 4, dtype=np.float32) * np.float32(1 + 1e-6))
    assert digest(bent.to_arrow()["quotes"]) != digest(quotes)
    other = replace(small, quotes=[replace(small.quotes[0], via="Wire"), *small.quotes[1:]])
    assert digest(other.to_arrow()["quotes"]) != digest(quotes)


def test_vectors_that_fit_nothing_are_refused(small: Tables) -> None:
    with pytest.raises(ValueError, match="3 records have vectors of shape"):
        replace(small, quote_vectors=np.zeros((2, 4), dtype=np.float32))
    with pytest.raises(ValueError, match="or for neither"):
        replace(small, quote_vectors=None)
