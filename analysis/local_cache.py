"""This machine's own copies of archives in object stores: where they lie."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from analysis.settings import Settings


def copy_of(url: str, endpoint: str) -> Path:
    """The folder for the copy of the archive at ``url``, by its name and a hash, since two stores may share one."""
    readable = re.sub(r"[^a-zA-Z0-9.-]+", "-", url.removeprefix("s3://"))[:60]
    return (
        Settings.from_environment().cache
        / "archives"
        / f"{readable}-{hashlib.sha256(f'{endpoint} {url}'.encode()).hexdigest()[:12]}"
    )
