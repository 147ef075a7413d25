"""Which releases can be shown right now, and what keeps others from it: a damaged one never hides the whole ones."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import ManifestStore, read_manifest

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a look at an archive found."""

    numbers: tuple[int, ...] = ()  # releases whose manifests are whole, oldest first
    damaged: tuple[tuple[int, str], ...] = ()  # the others, each with what is wrong
    away: str | None = None  # why the archive cannot be reached, where it could be before; ``numbers`` are older then


def look(folder: Path, before: Standing | None = None) -> Standing:
    """The archive's releases as they stand now.

    before: what the last look found. An archive that had releases then and has none now is away, not empty: a disk
    that is not mounted leaves an empty folder, or none. What changed is written into the log, once.
    Raises ArchiveError when the archive cannot be read and nothing was found before.
    """
    store, numbers, damaged = ManifestStore(folder), [], []
    try:
        published = store.numbers()
    except ArchiveError as error:
        return _away(before, str(error), error)
    if not published:
        return _away(before, f"the archive {folder} is not there any more") if before and before.numbers else Standing()
    for number in published:
        try:
            read_manifest(store, number)
            numbers.append(number)
        except ArchiveError as error:
            damaged.append((number, str(error)))
    if not numbers:
        return _away(before, damaged[-1][1], ArchiveError(damaged[-1][1]))
    found = Standing(tuple(numbers), tuple(damaged))
    if before and before.away:
        _log.info("the archive %s can be read again", folder)
    for each in found.damaged:
        if not before or each not in before.damaged:
            _log.error("release %s is left out: %s", *each)
    return found


def _away(before: Standing | None, why: str, error: ArchiveError | None = None) -> Standing:
    if before is None or not before.numbers:
        raise error or ArchiveError(why)
    if before.away is None:
        _log.error("what was read before is shown: %s", why)
    return Standing(before.numbers, before.damaged, why)
