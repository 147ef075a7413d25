from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.priority import give_way

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "setpriority") or os.getpriority(os.PRIO_PROCESS, 0) >= 19,
    reason="this system knows no niceness, or the tests run at the lowest priority",
)


def nice_of(code: str) -> str:
    """What a process of its own prints."""
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.strip()


def test_all_threads_of_a_builder_give_way() -> None:
    code = """
import os, threading, time
from pathlib import Path
from analysis.priority import give_way
before = os.getpriority(os.PRIO_PROCESS, 0)
threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
give_way(min(before + 5, 19))
threads = Path("/proc/self/task")
own = [int(path.name) for path in threads.iterdir()] if threads.is_dir() else [0]
print({os.getpriority(os.PRIO_PROCESS, one) for one in own} == {min(before + 5, 19)})
give_way(1)
print(os.getpriority(os.PRIO_PROCESS, 0) == min(before + 5, 19))
"""
    assert nice_of(code) == "True\nTrue"


def test_nothing_changes_when_not_asked() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    give_way(0)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.parametrize(("command", "gives_way"), [("build", True), ("add", True), ("check", False)])
def test_commands_that_build_give_way_and_others_do_not(tmp_path: Path, command: str, gives_way: bool) -> None:
    code = f"""
import os, sys
from analysis import cli
os.environ["ON_RECORD_NICE"] = "19"
before = os.getpriority(os.PRIO_PROCESS, 0)
sys.argv[1:] = ["{command}", *(["nowhere"] if "{command}" != "check" else []), "--archive", {str(tmp_path)!r}]
cli.main()
print(os.getpriority(os.PRIO_PROCESS, 0) > before)
"""
    assert nice_of(code).splitlines()[-1] == str(gives_way)
