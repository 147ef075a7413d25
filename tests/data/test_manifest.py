"""The promise of ``data/MANIFEST.md``: it says of every shipped file what it is."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path


def test_every_shipped_file_is_described_and_every_description_has_a_file(root: Path) -> None:
    data = root / "data"
    described = re.findall(r"^\| `([^`]+)` \|", (data / "MANIFEST.md").read_text(encoding="utf-8"), re.MULTILINE)
    shipped = {
        file.relative_to(data).as_posix()
        for file in data.rglob("*")
        if file.is_file() and file.name != "MANIFEST.md" and not file.name.startswith(".")
    }
    undescribed = {name for name in shipped if not any(fnmatch(name, pattern) for pattern in described)}
    assert undescribed == set()
    assert [pattern for pattern in described if not any(fnmatch(name, pattern) for name in shipped)] == []
