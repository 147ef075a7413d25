"""The files that somebody uploads: which are taken, what is said of the others, and the names they are kept under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.messages import Message, message
from analysis.reading import READERS

MOST_FILES = 50
MOST_BYTES = 20_000_000  # of one file
MOST_IN_ALL = 60_000_000  # bytes of one addition; all of it is held in memory while it arrives
KINDS = tuple(sorted(READERS))
_LONGEST_NAME = 120  # bytes, well below what file systems take
_UNWANTED = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it arrived. ``name`` is a stranger's."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sorted:
    """Which files are taken, by the name that each is kept under, and why the others are not."""

    taken: dict[str, bytes]
    refused: tuple[tuple[str, Message], ...]  # a file's name, fit to be shown, and the reason


def sort_out(files: Sequence[Given]) -> Sorted:
    """Take what can be read and fits; whatever is beyond a limit is refused with a word, the rest stands."""
    taken: dict[str, bytes] = {}
    refused: list[tuple[str, Message]] = []
    whole = 0
    for file in files:
        name = kept_name(file.name)
        why = _why_not(name, file, len(taken), whole)
        if why is not None:
            refused.append((name, why))
            continue
        taken[_free(name, taken)] = file.content
        whole += len(file.content)
    return Sorted(taken, tuple(refused))


def kept_name(given: str) -> str:
    """A file's name without its folders and without whatever a system or a page could act on; never empty."""
    last = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    clean = " ".join(_UNWANTED.sub(" ", last).split()).lstrip(".") or "unnamed"
    stem, dot, suffix = clean.rpartition(".")
    if not stem:
        stem, dot, suffix = clean, "", ""
    suffix = suffix[:10]
    room = _LONGEST_NAME - len(f"{dot}{suffix}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore').strip() or 'unnamed'}{dot}{suffix}"


def _why_not(name: str, file: Given, files: int, whole: int) -> Message | None:
    if not name.lower().endswith(KINDS):
        return message("is of a kind that is not read. Give one of {kinds}.", kinds=", ".join(KINDS))
    if not file.content:
        return message("is empty.")
    if len(file.content) > MOST_BYTES:
        return message("is larger than {most} MB.", most=MOST_BYTES // 1_000_000)
    if files >= MOST_FILES:
        return message("is one too many: up to {most} files are added at a time.", most=MOST_FILES)
    if whole + len(file.content) > MOST_IN_ALL:
        return message("is left for the next time: up to {most} MB are added at a time.", most=MOST_IN_ALL // 1_000_000)
    return None


def _free(name: str, taken: dict[str, bytes]) -> str:
    """``name``, or with a number where a file has it already; names that differ in case alone are the same."""
    held = {each.casefold() for each in taken}
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in held:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    return free
