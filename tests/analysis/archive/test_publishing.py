from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.archive import ArchiveError, Tables, check, open_release, publishing, releases
from analysis.archive.manifest import ManifestStore
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
    assert [path.name for path in store.folder.iterdir()] == ["000001.json"]


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
        del manifest["published_at"], manifest["seal"], manifest["number"]
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
