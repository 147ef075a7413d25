"""A table of quotations into the next release."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from analysis.adding import lay_over
from analysis.archive.manifest import ManifestStore
from analysis.archive.publishing import prepare
from analysis.importing.kept import keep
from analysis.importing.quoting import document_of
from analysis.importing.rows import read_rows
from analysis.pipeline import BuildReport, Gathered, build
from analysis.progress import Progress
from analysis.settings import Settings


def import_table(
    path: Path, settings: Settings, *, progress: Progress | None = None, workers: int | None = None
) -> tuple[BuildReport, int]:
    """Publish the last release of ``settings.archive`` with the rows of a table; the report, and how many were usable.

    Each row is a statement that keeps its id; a row whose id the archive holds replaces it. Where all is held already,
    nothing is published. Raises what ``analysis.adding.add`` raises.
    """
    started = time.perf_counter()
    progress = progress or Progress()
    with progress.step("Reading"):
        rows, skipped = read_rows(path, settings.longest_document)
    if not rows:
        return BuildReport(None, True, {}, time.perf_counter() - started, tuple(skipped)), 0
    prepare(settings.archive)
    keep(settings.archive, rows, settings.longest_document)
    if not ManifestStore(settings.archive).numbers():
        report = build((), settings, progress=progress, workers=workers)
        seconds = time.perf_counter() - started
        return replace(report, seconds=seconds, skipped=(*skipped, *report.skipped)), len(rows)
    documents = [document_of(row) for row in rows]
    by_document = {document.document_id: row for document, row in zip(documents, rows, strict=True)}
    gathered = Gathered(documents, skipped, rows=by_document)
    return lay_over(gathered, settings, progress, workers), len(rows)
