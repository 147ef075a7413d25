"""Promises about the image as a container engine runs it, where there is one.

    make image ENGINE=podman DIGEST=sha256:…
    ENGINE=podman ON_RECORD_TEST_IMAGE=on-record .venv/bin/python -m pytest tests/serving/test_image.py

Where no registry can be reached, ``base_image.sh`` makes the base. ``test_container.py`` needs no engine.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import ROOT, free_port, session

ENGINE, IMAGE = os.environ.get("ENGINE", "docker"), os.environ.get("ON_RECORD_TEST_IMAGE", "")
pytestmark = pytest.mark.skipif(not IMAGE, reason="ON_RECORD_TEST_IMAGE names the image to look at")
_NAME = "on-record-looked-at"


def engine(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ENGINE, *words], capture_output=True, text=True, check=check)


def inside(command: str) -> str:
    """What a shell in the running container prints, failures of its commands too."""
    return engine("exec", _NAME, "sh", "-c", f"({command}) 2>&1; true").stdout


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """The container, started as docs/hosting.md starts it, but for its port, its archive and no encoder."""
    found = re.search(r"^docker (run .*\\\n.*) on-record$", (ROOT / "docs/hosting.md").read_text(), re.MULTILINE)
    assert found
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="on-record-archive-"))
    shutil.copytree(made, folder / "archive")
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    words = [
        word.replace("/srv/on-record/archive:", f"{folder}/archive:").replace("127.0.0.1:8501:", f"127.0.0.1:{port}:")
        for word in shlex.split(found[1].replace("\\\n", " "))
    ]
    assert f"127.0.0.1:{port}:8501" in words
    engine(*words, "--detach", "--name", _NAME, "--env", "ON_RECORD_ENCODER=/none", IMAGE)
    try:
        _wait(f"http://127.0.0.1:{port}/health/ready")
        yield f"http://127.0.0.1:{port}"
    finally:
        engine("rm", "--force", _NAME, check=False)
        shutil.rmtree(folder)


def _wait(url: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(engine("logs", _NAME, check=False).stderr[-3000:])


def test_it_serves(address: str) -> None:
    with session(address) as open_page:
        page = open_page("search", "q=gas")
    assert not page.failed
    assert "flow for decades" in page.words


def test_it_runs_as_nobody_and_writes_to_nothing_but_tmp(address: str) -> None:
    assert "uid=10001" in inside("id")
    for place in ("/app/x", "/archive/x", "/venv/x", "/x"):
        assert "Read-only file system" in inside(f"touch {place}"), place
    assert inside("touch /tmp/x && echo written") == "written\n"
    status = dict(line.split(":\t") for line in inside("grep -E 'Cap|NoNewPrivs' /proc/1/status").splitlines())
    assert status.pop("NoNewPrivs") == "1"
    assert {int(value, 16) for value in status.values()} == {0}


def test_nothing_is_left_that_builds_installs_or_becomes_another_user(address: str) -> None:
    assert "No module named pip" in inside("python -m pip --version")
    assert "No module named 'ensurepip'" in inside("python -c 'import ensurepip'")
    assert inside("command -v gcc cc make git curl wget pip pip3") == ""
    assert inside("find / -xdev -type f -perm /6000 2>/dev/null") == ""


def test_its_health_is_asked_by_the_engine(address: str) -> None:
    (told,) = json.loads(engine("image", "inspect", IMAGE).stdout)
    health = told["Config"].get("Healthcheck") or told.get("Healthcheck")
    assert health, "without BUILDAH_FORMAT=docker, podman leaves it out"
    assert health["Test"][0] == "CMD"
    assert engine("exec", _NAME, *health["Test"][1:], check=False).returncode == 0


def test_it_ends_soon_when_it_is_told_to(address: str) -> None:
    began = time.monotonic()
    engine("stop", "--time", "20", _NAME)
    assert time.monotonic() - began < 15
    assert engine("inspect", "--format", "{{.State.ExitCode}}", _NAME).stdout.strip() == "0"
