"""Promises about faults under a real server: an archive's disk unmounted, and a query that takes all the memory."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import ROOT, Server, serving, session, visit

HUNGRY = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import numpy as np
from pages.parts import finding
moderate = finding.every_match

def every_match(release, query, *rest, **options):
    if query == "hungry":
        np.ones(400_000_000)  # 3.2 GB, as a comparison of too much might take
    return moderate(release, query, *rest, **options)

finding.every_match = every_match
from app import app
"""
_ROOM = 1_000_000_000  # bytes above what the server has: enough for pages, too little for that query


@pytest.fixture
def disk(made: Path, tmp_path: Path) -> Iterator[Path]:
    """An archive on a disk of its own, mounted."""
    place, kept = tmp_path / "disk", tmp_path / "kept"
    place.mkdir()
    shutil.copytree(made, kept / "archive")
    if subprocess.run(["mount", "--bind", kept, place], capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], capture_output=True)


def _until(server: Server, wanted: str, unwanted: str) -> str:
    """What a new visitor reads once that holds, or at last."""
    until = time.monotonic() + 30
    while True:
        words = visit(server.address).words
        if (wanted in words and unwanted not in words) or time.monotonic() > until:
            return words
        time.sleep(0.5)


def test_an_archive_whose_disk_is_unmounted_goes_on_being_shown_until_it_is_back(
    disk: Path, made: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, {"ARCHIVE": str(disk / "archive"), "ENCODER": str(made / "none"), "LOGS": "json"}) as server:
        assert "Most quoted" in visit(server.address).words
        subprocess.run(["umount", "-l", disk], check=True)
        words = _until(server, "cannot be reached just now", "nothing")
        assert "The archive cannot be reached just now" in words
        assert "Most quoted" in words, "the last good release is shown"
        subprocess.run(["mount", "--bind", tmp_path / "kept", disk], check=True)
        words = _until(server, "Most quoted", "cannot be reached just now")
        assert "cannot be reached just now" not in words
        assert "Most quoted" in words
        assert server.status() == 200
        said = server.said()
    assert said.count("what was read before is shown") == 1
    assert said.count("can be read again") == 1


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process are set on Linux alone")
def test_a_query_that_hits_the_memory_limit_leaves_the_server_alive(made: Path, tmp_path: Path) -> None:
    (tmp_path / "hungry.py").write_text(HUNGRY, encoding="utf-8")
    command = [sys.executable, "-m", "uvicorn", "hungry:app", "--app-dir", str(tmp_path), "--port", "{port}"]
    settings = {"ARCHIVE": str(made), "ENCODER": str(made / "none"), "LOGS": "json"}
    with serving(tmp_path, settings, command) as server, session(server.address) as reader:
        assert "flow for decades" in visit(server.address, "search", "q=gas").words
        has = int((Path("/proc") / str(server.process.pid) / "statm").read_text().split()[0]) * resource.getpagesize()
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (has + _ROOM, resource.RLIM_INFINITY))
        hungry = reader("search", "q=hungry")
        assert "more memory than the server has left" in hungry.words
        assert not hungry.failed
        assert "Most quoted" in reader().words, "the same reader goes on"
        assert "flow for decades" in visit(server.address, "search", "q=gas").words, "and so do others"
        assert server.status() == 200
        assert "MemoryError" in server.said()
