"""What readers needed is given back, though what stays lies between it."""

from __future__ import annotations

import subprocess
import sys

_NEEDED_FOR_A_WHILE = """
from pathlib import Path
from serving import memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4

memory.share_heaps()
kept, gone = [], []
for _ in range(4_000):  # 80 MB that goes, a little that stays in between
    gone.append(bytes(20_000)), kept.append(bytes(100))
del gone
before = resident()
memory.give_back()
print(before - resident())
"""


def test_what_was_needed_for_a_while_is_given_back(root):
    found = subprocess.run(
        [sys.executable, "-c", _NEEDED_FOR_A_WHILE], cwd=root, capture_output=True, text=True, check=True
    )
    assert int(found.stdout) > 40_000, "kilobytes"
