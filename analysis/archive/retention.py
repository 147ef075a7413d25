"""Giving room back: releases that nobody needs any more, and files that no release names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.archive.encoders import PART as ENCODERS
from analysis.archive.errors import ArchiveError
from analysis.archive.files import TABLES
from analysis.archive.manifest import ManifestStore, read_manifest
from analysis.archive.served.folder import unused as unused_served
from analysis.archive.storage import Storage, storage
from analysis.archive_place import Place

_SERVED = 2  # last releases that keep what they are served from; an older one makes it again when it is opened


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed, or would be."""

    releases: tuple[int, ...]
    files: int
    size: int  # bytes


def clean(where: str | Place, *, keep: int | None = None, also: Collection[int] = (), dry_run: bool = False) -> Cleaned:
    """Remove what stopped writers left behind and, where ``keep`` is given, all but the last ``keep`` releases.

    also: older releases that stay, such as those that published links name. Numbers of removed releases are never
    given again. A dashboard that still shows a removed release has to choose another. Waits for a writer to finish.
    Raises ArchiveError when a manifest that stays is damaged (nothing is removed then), when ``also`` names a release
    that is not there or the archive cannot be written; ValueError when ``keep`` is not positive.
    """
    if keep is not None and keep < 1:
        raise ValueError("the last release always stays: keep 1 or more")
    store = storage(where)
    manifests = ManifestStore(store.place)
    if not manifests.numbers():
        raise ArchiveError(f"{store.place} holds no release, so there is nothing to clean.")
    try:
        with store.writing():
            return _clean(store, manifests, keep, also, dry_run)
    except OSError as error:
        raise ArchiveError(f"{store.place} cannot be cleaned: {error.strerror or error}") from error


def _clean(files: Storage, store: ManifestStore, keep: int | None, also: Collection[int], dry_run: bool) -> Cleaned:
    numbers = store.numbers()
    if unknown := sorted(set(also) - set(numbers)):
        raise ArchiveError(f"Release {unknown[0]} does not exist in {files.place}.")
    stays = set(numbers if keep is None else numbers[-keep:]) | set(also)
    manifests = [read_manifest(store, number) for number in sorted(stays)]
    named = {name for manifest in manifests for name in manifest.files}
    goes = tuple(number for number in numbers if number not in stays)
    served = files.names("served")
    there = {**files.names(TABLES), **files.names(ENCODERS), **served}
    unused = (there.keys() - served.keys() - named) | unused_served(
        served, [manifest.tables["statements"].digest for manifest in manifests[-_SERVED:]]
    )
    unused = {name for name in unused if not files.young(there[name])}
    if not dry_run:
        for number in goes:  # the manifests first: a release that can be opened has all its files
            store.remove(number)
        left = {name for name in files.names("releases") if name.startswith("releases/.")}  # by a stopped writer
        files.remove(unused | left)
    return Cleaned(goes, len(unused), sum(there[name].size for name in unused))
