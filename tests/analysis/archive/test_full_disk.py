"""A file system that is really full: a small one, mounted where only its process sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOM = "6m"
CODE = """
import errno, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:4]
from small_archive import publish_small
from analysis.archive import ArchiveError, check, open_release, releases, release, serving
release.LARGE = serving.LARGE = 1  # what a large release is served from is written too

folder = Path(sys.argv[1]) / "archive"
publish_small(folder)
filling = Path(sys.argv[1]) / "filling"


def fill(spare):
    "Leave about so many bytes free."
    with filling.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError as error:
                assert error.errno == errno.ENOSPC, error
                break
        file.truncate(max(0, file.tell() - spare))


stopped = 0
for spare in (0, 4096, 12_288, 28_672, 61_440, 131_072):
    fill(spare)
    before = len(releases(folder))
    try:
        publish_small(folder)
    except ArchiveError as error:
        stopped += 1
        words = str(error)
        assert "cannot be written" in words and "What it has published stands" in words, words
        assert len(releases(folder)) == before
    last = releases(folder)[-1].number
    assert not check(folder, last), check(folder, last)
    assert len(open_release(folder).statements) == 2
assert stopped >= 3, stopped
filling.unlink()
before = len(releases(folder))
publish_small(folder)
assert len(releases(folder)) == before + 1
assert not check(folder)
print("stopped", stopped, "times")
"""


def may_mount(folder: Path) -> bool:
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return False
    tried = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def test_a_full_file_system_is_said_in_words_and_the_last_release_stays_whole(tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("a file system cannot be mounted here")
    script = tmp_path.with_name(f"{tmp_path.name}.py")
    script.write_text(textwrap.dedent(CODE), encoding="utf-8")
    inside = 'mount -t tmpfs -o size="$1" tmpfs "$2" && exec "$3" "$4" "$2" "$5" "$6"'
    given = [ROOM, tmp_path, sys.executable, script, ROOT, Path(__file__).parent]
    command = ["unshare", "-m", "sh", "-c", inside, "sh", *map(str, given)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, found.stderr
