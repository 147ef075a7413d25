"""Publishing a release: tables first, each as a new version, then the manifest that makes them one state."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import Manifest, ManifestStore, TableState
from analysis.archive.rows import Tables, digest
from analysis.archive.store import write_table

_ATTEMPTS = 100


def publish(
    folder: Path,
    tables: Tables,
    *,
    inputs: str,
    gazetteer: str,
    parser: str,
    encoder: str | None,
    weights: str | None = None,
) -> int:
    """The number of the new release of the archive in ``folder``, which is made where it is missing.

    Whatever stops this before the manifest is written leaves the last release whole and served; the rows
    already written lie unused. Another writer that publishes meanwhile keeps its number: this one takes the next.
    Raises ArchiveError when the folder cannot be written.
    """
    prepare(folder)
    store = ManifestStore(folder)
    written: dict[str, TableState] = {}
    try:
        for name, rows in tables.to_arrow().items():
            written[name] = TableState(write_table(folder / "tables", name, rows), len(rows), digest(rows))
        for _ in range(_ATTEMPTS):
            manifest = Manifest(
                number=max(store.numbers(), default=0) + 1,
                published_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                inputs=inputs,
                gazetteer=gazetteer,
                parser=parser,
                encoder=encoder,
                weights=weights,
                dimensions=tables.dimensions,
                tables=written,
            )
            if store.put(manifest.number, manifest.to_json()):
                return manifest.number
    except ArchiveError as error:
        raise _unwritable(folder, str(error)) from error
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error
    raise ArchiveError(f"{_ATTEMPTS} other writers published to {folder} first; build again when they have finished")


def prepare(folder: Path) -> None:
    """Make the archive's folders where they are missing.

    Raises ArchiveError when nothing can be written there: better before hours of work than after.
    """
    try:
        for part in ("tables", "releases"):
            (folder / part).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder / part) as file:
                file.write(b"room for this")
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _unwritable(folder: Path, reason: str) -> ArchiveError:
    return ArchiveError(
        f"The archive in {folder} cannot be written: {reason}. What it has published stands. "
        "Make room, change the folder's rights or choose another one, then build again."
    )
