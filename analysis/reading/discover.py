"""Which files a user's sources mean: files as given, folders walked in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.reading.notes import shown
from analysis.schema import Skipped

_ABOUT = frozenset({"readme", "license", "licence", "changelog", "manifest", "contributing"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and how messages and tables call it: its path from the folder that the user named."""

    path: Path
    source: str


def discover(sources: Sequence[str | Path], suffixes: frozenset[str]) -> Iterator[Found | Skipped]:
    """Every file that ``sources`` mean, in the order given, folders recursively and sorted by name.

    suffixes: lower case, with their dot. Hidden files and folders are passed over; a file reached twice is found
    once. In folders, a README or a licence describes the rest and is left out with a word, and so is a link that leads
    out of the folder, which whoever packed it could have made to have another's file published; named they are read.
    """
    seen: set[tuple[int, int]] = set()
    for given in sources:
        path = Path(given)
        try:
            kind = "folder" if path.is_dir() else "file" if path.is_file() else "missing"
        except (OSError, ValueError):  # too long a name, a zero byte in it
            kind = "missing"
        if kind == "missing":
            yield _missing(given, path)
        elif kind == "file":
            yield from _file(path, _printable(path.name), suffixes, seen)
        else:
            yield from _folder(path, suffixes, seen)


def _printable(name: str) -> str:
    """A path as it can be written down: bytes that are no UTF-8 are replaced."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _missing(given: str | Path, path: Path) -> Skipped:
    name = shown(str(given))
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if there:
        return Skipped(name, "unreadable", f"{name} is neither a file nor a folder. Give a file or a folder.")
    return Skipped(name, "missing", f"{name} does not exist. Check the spelling, or the folder you are in.")


def _file(path: Path, source: str, suffixes: frozenset[str], seen: set[tuple[int, int]]) -> Iterator[Found | Skipped]:
    if path.suffix.lower() not in suffixes:
        kinds = ", ".join(sorted(suffixes))
        what = f"files named {path.suffix}" if path.suffix else "files without an ending"
        yield Skipped(source, "unknown", f"{source}: {what} are not read. Give one of {kinds}.")
        return
    try:
        status = path.stat()
    except OSError as error:
        yield Skipped(
            source, "unreadable", f"{source} cannot be read: {error.strerror or error}. Check its permissions."
        )
        return
    identity = status.st_dev, status.st_ino
    if identity not in seen:
        seen.add(identity)
        yield Found(path, source)


def _folder(folder: Path, suffixes: frozenset[str], seen: set[tuple[int, int]]) -> Iterator[Found | Skipped]:
    any_file = False
    unreadable: list[OSError] = []
    base = folder.resolve().name or str(folder)
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            if name.startswith(".") or not path.is_file():
                continue
            any_file = True
            source = _printable((Path(base) / path.relative_to(folder)).as_posix())
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                detail = f"{source} is a link that leads out of the folder and was left out. Name it to read it."
                yield Skipped(source, "outside", detail)
            elif path.stem.lower() in _ABOUT:
                yield Skipped(source, "about", f"{source} describes its folder and was left out. Name it to read it.")
            else:
                yield from _file(path, source, suffixes, seen)
    for error in unreadable:
        name = shown(error.filename or str(folder))
        yield Skipped(name, "unreadable", f"{name} cannot be read: {error.strerror or error}. Check its permissions.")
    if not any_file and not unreadable:
        yield Skipped(base, "empty", f"The folder {base} holds no files to read. Check that it is the right one.")
