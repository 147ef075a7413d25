"""Taking documents out: a new release without them, and without the statements that only they print."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.adding import lay_over
from analysis.archive import ArchiveError, open_release
from analysis.archive.store import is_one_of, read_table
from analysis.pipeline import BuildReport, Gathered
from analysis.progress import Progress
from analysis.settings import Settings


def remove(document_ids: Sequence[str], settings: Settings, *, progress: Progress | None = None) -> BuildReport:
    """Publish the last release of ``settings.archive`` without these documents; older releases keep them.

    A later build of sources that hold them, or of the rows that were imported, brings them back. Raises ValueError,
    naming it, for a document that the release does not hold, ArchiveError where none would be left.
    """
    release = open_release(settings.archive)
    wanted = sorted(set(document_ids))
    condition = is_one_of("document_id", wanted)
    found = {one.as_py() for one in read_table(release.table("documents"), ["document_id"], condition)["document_id"]}
    if lost := [one for one in wanted if one not in found]:
        raise ValueError(f"Release {release.number} holds no document {lost[0]!r}.")
    if len(found) == release.manifest.counts["documents"]:
        raise ArchiveError("That would leave an archive without documents. Build it anew from other sources instead.")
    return lay_over(Gathered([], []), settings, progress or Progress(), without=wanted)
