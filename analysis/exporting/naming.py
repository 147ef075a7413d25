"""What files of statements are called."""

from __future__ import annotations

import re

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def file_name(release: int, name: str, suffix: str) -> str:
    """A file's name: "on-record-3-selection.csv" for release 3."""
    plain = _NOT_IN_A_NAME.sub("-", name.lower()).strip("-") or "statements"
    return f"on-record-{release}-{plain}{suffix}"
