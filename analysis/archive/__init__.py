"""The archive: tables in a folder, published as numbered releases that never change.

A folder holds ``tables/`` (LanceDB, every version kept) and ``releases/`` (one small JSON manifest a
release, naming the version of each table). A reader sees a whole release or none.
"""

from analysis.archive.check import Problem, check
from analysis.archive.errors import ArchiveError
from analysis.archive.manifest import Manifest, releases
from analysis.archive.publishing import publish
from analysis.archive.release import Release, open_release
from analysis.archive.rows import Tables

__all__ = ["ArchiveError", "Manifest", "Problem", "Release", "Tables", "check", "open_release", "publish", "releases"]
