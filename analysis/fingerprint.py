"""What a build depends on, as one hash: the same fingerprint means the same tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.archive_place import Place
from analysis.importing.kept import kept_content
from analysis.settings import ROOT, Settings

_CODE = ROOT / "analysis"
_NOT_THE_TABLES = {
    "cli.py",
    "__main__.py",
    "settings.py",
    "configuring",
    "changing",
    "local_cache.py",
    "logs.py",
    "progress.py",
    "warming.py",
    "commands",
    "queries",
    "evaluation",
}  # code that only reads them
_PACKAGES = ("spacy", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of what goes into a build, in hex."""

    inputs: str  # everything: sources, gazetteer, code, models, settings
    gazetteer: str  # the gazetteer and formulas alone


def fingerprint(sources: Sequence[str | Path], settings: Settings) -> Fingerprint:
    """The fingerprint of a build of ``sources``; reads every byte of them and loads no model.

    Names below a folder count, the path to it does not; what lies in the archive's own folder does not either,
    but for its copy of imported rows.
    What is missing or cannot be read counts as such.
    """
    gazetteer = _hash(_folder_parts(settings.data / "gazetteer", settings.archive))
    formulas = _file_part(settings.data / "formulas.csv")
    known = _hash([gazetteer, formulas])
    parts = [
        known,
        settings.encoder,
        settings.parser,
        str(settings.longest_document),
        str(settings.least_confidence),
        *(_installed(package) for package in _PACKAGES),
        *_code_parts(),
    ]
    for source in sources:
        parts += ["source", *_source_parts(Path(source), settings.archive)]
    imported = kept_content(settings.archive)
    if imported is not None:
        parts += ["imported", hashlib.sha256(imported).hexdigest()]
    return Fingerprint(_hash(parts), known)


def code_fingerprint() -> str:
    """A hash of the code that makes the tables: machines that build together must have the same."""
    return _hash(_code_parts())


def _code_parts() -> Iterator[str]:
    for path in sorted(_CODE.rglob("*.py")):
        inside = path.relative_to(_CODE)
        if inside.parts[0] not in _NOT_THE_TABLES:
            yield inside.as_posix()
            yield _file_part(path)


def _folder_parts(folder: Path, archive: Place) -> Iterator[str]:
    left_out = archive.resolve() if isinstance(archive, Path) else None
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if (here / name).resolve() != left_out)
        for name in sorted(files):
            yield (here / name).relative_to(folder).as_posix()
            yield _file_part(here / name)


def _file_part(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        return f"unreadable: {type(error).__name__}"


def _source_parts(source: Path, archive: Place) -> list[str]:
    try:
        parts = [source.resolve().name]
        return parts + (list(_folder_parts(source, archive)) if source.is_dir() else [_file_part(source)])
    except (OSError, ValueError):  # a name too long, with a zero byte, in a loop of links
        return [str(source), "unreadable"]


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} is not installed"


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
