"""The files of an archive and their hashes: what a release is made of, byte for byte."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLES = "tables"
NO_PART = {"latest_version_hint.json"}  # Lance's own hint, rewritten with every version and not needed to read one


@dataclass(frozen=True, slots=True)
class FileState:
    """One file that a release needs, as it was published."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as a listing gives it."""

    size: int  # bytes
    changed_at: float  # seconds since 1970


def files_below(folder: Path, part: str = TABLES) -> set[str]:
    """Every file below ``part`` of the archive, by its path inside the archive with "/" between folders."""
    return {
        path.relative_to(folder).as_posix()
        for path in (folder / part).rglob("*")
        if path.is_file() and path.name not in NO_PART
    }


def hash_files(folder: Path, names: Iterable[str], *, to_disk: bool = False) -> dict[str, FileState]:
    """The state of each of these files; about 1 GB/s. to_disk: bring each to the disk before it is hashed."""
    states: dict[str, FileState] = {}
    for name in sorted(names):
        with (folder / name).open("rb") as file:
            if to_disk:
                os.fsync(file.fileno())
            states[name] = FileState(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())
    return states


def damaged(
    states: Callable[[Iterable[str]], Mapping[str, FileState]],
    files: Mapping[str, FileState],
    known: dict[str, str | None],
) -> Iterator[tuple[str, str]]:
    """The files that are lost or changed, each with what is wrong with it.

    states: reads files and says how they are now. known: what was found about files that releases share; filled as
    files are read, so that each is read once.
    """
    for name, state in files.items():
        key = f"{name} {state.sha256}"
        if key not in known:
            known[key] = _wrong(states, name, state)
        found = known[key]
        if found:
            yield name, found


def _wrong(states: Callable[[Iterable[str]], Mapping[str, FileState]], name: str, state: FileState) -> str | None:
    try:
        found = states([name])[name]
    except FileNotFoundError:
        return "is lost"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if found.size != state.size:
        return f"has {found.size:,} bytes, was published with {state.size:,}"
    return None if found.sha256 == state.sha256 else "does not hold the bytes that were published"


def bring_to_disk(folder: Path) -> None:
    """See to it that the names in ``folder`` outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
