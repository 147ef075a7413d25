"""Going back: an older release published again as the newest, so that what came after it is no longer shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import ManifestStore, numbers_there, read_manifest
from analysis.archive.serving import serve
from analysis.archive.storage import storage
from analysis.archive_place import Place


def republish(where: str | Place, number: int) -> int:
    """The number of the new release that holds what release ``number`` holds. Nothing is copied but its manifest.

    Releases in between stay and can be opened. Raises ArchiveError when there is no such release, when it is the last
    one already, or when the archive cannot be written.
    """
    files = storage(where)
    store = ManifestStore(files.place)
    try:
        with files.writing() as still_alone:
            numbers = store.numbers()
            if not numbers or number not in numbers:
                there = numbers_there(numbers) if numbers else "there is none"
                raise ArchiveError(f"Release {number} does not exist in {files.place}; {there}.")
            if number == numbers[-1]:
                raise ArchiveError(f"Release {number} is the newest already.")
            old = read_manifest(store, number)
            serve(files, old.tables["statements"], old.dimensions)
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            again = replace(old, number=store.next_number(), published_at=now)
            still_alone()
            if not store.put(again.number, again.to_json()):
                raise ArchiveError("Another writer published meanwhile; look at the releases, then try again.")
            return again.number
    except OSError as error:
        raise ArchiveError(f"{files.place} cannot be written: {error.strerror or error}") from error
