"""Where an archive is: a folder, or what lies below a prefix in a bucket of an object store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_URL = re.compile(r"s3:/{1,2}([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", re.DOTALL)  # one slash: made a Path before
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:/")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A prefix in a bucket; written s3://name/prefix."""

    name: str
    prefix: str  # "/" between its parts, none at either end; empty: the whole bucket

    def __str__(self) -> str:
        return f"s3://{self.name}/{self.prefix}".rstrip("/")


Place: TypeAlias = Path | Bucket


def place(written: str | Place) -> Place:
    """The place that ``written`` names: ``s3://bucket/prefix``, else a folder. Raises ValueError for neither."""
    if isinstance(written, Bucket):
        return written
    words = str(written)
    if not _SCHEME.match(words):
        return Path(written)
    found = _URL.fullmatch(words)
    parts = [part for part in (found.group(2) or "").split("/") if part] if found else []
    if found is None or any(part in (".", "..") or not part.isprintable() for part in parts):
        raise ValueError(f"{words!r} is no place for an archive; give a folder, or s3://BUCKET/PREFIX")
    return Bucket(found.group(1), "/".join(parts))
