"""The encoder that a release carries, so that questions can be asked of it without the packages that built it."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from analysis.archive.files import FileState, hash_files
from analysis.archive.manifest import Manifest
from analysis.archive.storage import Storage

PART = "encoders"  # of an archive: a folder for each encoder
_LAST = "encoder.json"  # describes the others


def keep_encoder(archive: Storage, made: Path) -> dict[str, FileState]:
    """Copy the encoder in ``made`` into the archive, unless it is there, and give the state of its files.

    Copied, not linked: what damages one archive's file must not reach another's.
    """
    part = f"{PART}/{made.name}"
    wanted = {f"{part}/{name}": state for name, state in hash_files(made, _names(made)).items()}
    kept = archive.local / part
    if not kept.is_dir() or hash_files(archive.local, [f"{part}/{name}" for name in _names(kept)]) != wanted:
        aside = kept.with_name(f"{kept.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            shutil.copytree(made, aside)
            hash_files(aside, _names(aside), to_disk=True)
            shutil.rmtree(kept, ignore_errors=True)  # damaged
            aside.rename(kept)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    archive.send(part, last=_LAST)
    return wanted


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file()]


def carries(manifest: Manifest) -> str | None:
    """Where in the archive the encoder of a release's vectors lies; None where the release carries none."""
    place = f"{PART}/{manifest.weights}"
    return place if any(name.startswith(f"{place}/") for name in manifest.files) else None
