"""The first page as it was drawn ahead, kept on disk, so that a server that starts has it at hand at once."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from analysis.settings import Settings


def read(release: str) -> dict[str, bytes]:
    """What was kept for a release, by language; nothing where nothing is kept, or it cannot be read."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
        if found["release"] != release:
            return {}
        return {str(code): str(view).encode() for code, view in found["views"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def write(release: str, views: dict[str, bytes]) -> None:
    """Keep this for a release, where there is a place to keep it."""
    kept = {"release": release, "views": {code: view.decode() for code, view in views.items()}}
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        unfinished = _file().with_suffix(f".{os.getpid()}")  # several servers may start at once
        unfinished.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(_file())
    except OSError:
        pass


def _file() -> Path:
    settings = Settings.from_environment()
    archive = hashlib.sha256(str(settings.archive).encode()).hexdigest()[:16]
    return settings.cache / "first-view" / f"{archive}.json"
