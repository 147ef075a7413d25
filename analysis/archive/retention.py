"""Giving room back: releases that nobody needs any more, and files that no release names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from analysis.archive.errors import ArchiveError
from analysis.archive.files import files_below
from analysis.archive.locking import writing
from analysis.archive.manifest import ManifestStore, read_manifest
from analysis.archive.served.folder import unused as unused_served

_SERVED = 2  # last releases that keep what they are served from; an older one makes it again when it is opened


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed, or would be."""

    releases: tuple[int, ...]
    files: int
    size: int  # bytes


def clean(folder: Path | str, *, keep: int | None = None, also: Collection[int] = (), dry_run: bool = False) -> Cleaned:
    """Remove what stopped writers left behind and, where ``keep`` is given, all but the last ``keep`` releases.

    also: older releases that stay, such as those that published links name. Numbers of removed releases are never
    given again. A dashboard that still shows a removed release has to choose another. Waits for a writer to finish.
    Raises ArchiveError when a manifest that stays is damaged (nothing is removed then), when ``also`` names a release
    that is not there or the folder cannot be written; ValueError when ``keep`` is not positive.
    """
    if keep is not None and keep < 1:
        raise ValueError("the last release always stays: keep 1 or more")
    folder = Path(folder)
    store = ManifestStore(folder)
    if not store.numbers():
        raise ArchiveError(f"{folder} holds no release, so there is nothing to clean.")
    try:
        with writing(folder):
            return _clean(folder, store, keep, also, dry_run)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be cleaned: {error.strerror or error}") from error


def _clean(folder: Path, store: ManifestStore, keep: int | None, also: Collection[int], dry_run: bool) -> Cleaned:
    numbers = store.numbers()
    if unknown := sorted(set(also) - set(numbers)):
        raise ArchiveError(f"Release {unknown[0]} does not exist in {folder}.")
    stays = set(numbers if keep is None else numbers[-keep:]) | set(also)
    manifests = [read_manifest(store, number) for number in sorted(stays)]
    named = {name for manifest in manifests for name in manifest.files}
    goes = tuple(number for number in numbers if number not in stays)
    unused = files_below(folder) - named
    idle = unused_served(folder, [manifest.tables["statements"].digest for manifest in manifests[-_SERVED:]])
    unused |= {path.relative_to(folder).as_posix() for each in idle for path in each.rglob("*") if path.is_file()}
    size = sum((folder / name).stat().st_size for name in unused)
    if not dry_run:
        for number in goes:  # the manifests first: a release that can be opened has all its files
            store.remove(number)
        for aside in store.folder.glob(".*-*"):  # what a writer that was stopped while it named a release left
            aside.unlink()
        for name in unused:
            (folder / name).unlink()
        for each in idle:
            each.rmdir()
    return Cleaned(goes, len(unused), size)
