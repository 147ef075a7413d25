"""A real server on a free port and a real browser, for what only a browser can show."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from attacked_site import Attacked
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "tests" / name) for name in ("pages", "signing", "security")]
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_STARTS_WITHIN = 90.0  # seconds, on a busy machine


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive made by hand."""
    from made_archive import publish_made

    folder = tmp_path_factory.mktemp("served")
    publish_made(folder)
    return folder


@pytest.fixture(scope="session")
def address(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows the archive, shared by the tests."""
    with served(archive, tmp_path_factory.mktemp("log")) as found:
        yield found


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Part of the shipped corpus, built as users build it; or the archive that ON_RECORD_TEST_WALKED names."""
    from shipped_part import build_part

    if ready := os.environ.get("ON_RECORD_TEST_WALKED"):
        return Path(ready)
    return build_part(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def shipped_address(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows it, with the small encoder."""
    with served(shipped, tmp_path_factory.mktemp("log"), encoder="small") as found:
        yield found


@pytest.fixture
def cold_address(archive: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that nobody has asked for a page yet."""
    with served(archive, tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """A dashboard on an archive of hostile words, where people sign in, watched from within."""
    from attacked_site import attacked_site

    with attacked_site(served, tmp_path_factory) as found:
        yield found


@contextmanager
def served(
    archive: Path, logs: Path, encoder: str | None = None, options: Sequence[str] = (), **environment: str
) -> Iterator[str]:
    """A server on ``archive``, started as users start it. encoder: without it there is none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (logs / "server.txt").open("w+") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options],
            cwd=ROOT,
            env=os.environ
            | {"ON_RECORD_ARCHIVE": str(archive), "ON_RECORD_ENCODER": encoder or str(archive / "no-encoder")}
            | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log.name)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        _lacking("no Chromium here; on Debian: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    try:
        playwright = sync_api.sync_playwright().start()
    except Exception as error:
        _lacking(f"playwright does not start ({error}); on Debian: apt-get install libatomic1")
    browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
    yield browser
    browser.close()
    playwright.stop()


def _lacking(what: str) -> NoReturn:
    """Pass over the tests that this machine cannot run; where all must run, fail them."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: str) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start: {Path(log).read_text()[-2000:]}")
