"""Every setting: from the environment, else from a TOML file, else its default. ``docs/settings.md`` explains each.

To add one, write a line below and a row there. ``longest_document`` is ``ON_RECORD_LONGEST_DOCUMENT`` in the
environment and ``longest_document`` in the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from analysis.archive_place import Place
from analysis.configuring.laying import PREFIX, Laid, lay
from analysis.configuring.values import (
    archive_place,
    flag,
    number,
    one_of,
    place,
    place_if_any,
    probability,
    setting,
    setting_made,
    several,
    text,
    whole,
)

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "on-record.toml"  # read where ON_RECORD_SETTINGS names no other


def _cache() -> Path:
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "on-record"
    except RuntimeError:  # nobody's home: a container's user, say
        return ROOT / ".cache" / "on-record"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, which models read and encode, and how the server behaves."""

    archive: Place = setting(ROOT / "archive", archive_place)  # a folder, or s3://BUCKET/PREFIX
    data: Path = setting(ROOT / "data", place)  # gazetteer, events, shipped briefs
    encoder: str = setting("base", text)  # "base", "small", or a sentence-transformers model's name or folder
    cache: Path = setting_made(_cache, place)  # where fetched encoders and releases of buckets are kept
    cache_size: int = setting(50, whole(1, of="gigabytes"))  # what the copy of one archive in a bucket may take
    follow_every: int = setting(20, whole(1, of="seconds"))  # how often a bucket is asked for a newer release
    parser: str = setting("en_core_web_md", text)  # an installed spaCy pipeline
    longest_document: int = setting(2_000_000, whole(1, of="characters"))  # longer ones are skipped with a note
    nice: int = setting(10, whole(0, 19))  # how far build, add and import give way to other programs
    least_confidence: float = setting(0.3, probability)  # reported words below it are left out
    address: str = setting("127.0.0.1", text)  # where the server listens; 0.0.0.0 and :: let other machines in
    port: int = setting(8501, whole(1, 65_535))
    logs: str = setting("text", one_of("text", "json"))  # how the server writes to standard error
    log_queries: bool = setting(False, flag)  # whether what visitors ask, and their addresses, may stand there
    roles: Path | None = setting(None, place_if_any)  # the file that says who has which role; None: nobody signs in
    work: Path | None = setting(None, place_if_any)  # where uploads wait; None: beside the archive
    site: str = setting("as-asked", text)  # the public address, in feeds and files; "as-asked": as a request has it
    api_rate: int = setting(240, whole(0, 1_000_000, of="requests a minute"))  # of one address; 0: no limit
    api_seconds: float = setting(15.0, number(0.1, 600, of="seconds"))  # that one answer may take
    api_origins: tuple[str, ...] = setting(("*",), several)  # sites whose scripts may read; "*": all; none: none

    @property
    def work_folder(self) -> Path:
        """Where uploads wait and ended sign-ins are noted; servers of one archive share it."""
        beside = self.archive if isinstance(self.archive, Path) else self.cache
        return self.work or beside / ".work"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Settings with what ``ON_RECORD_*`` variables and the file say laid over the defaults.

        Raises SettingsError, a ValueError that names each with what to give, for values that cannot be used.
        """
        home = os.environ.get("XDG_CACHE_HOME"), os.environ.get("HOME")  # what ``_cache`` goes by
        return _made(_named(environment), home, FILE)


def given(environment: Mapping[str, str] = os.environ) -> Laid:
    """What was given for settings, and where; nothing for those at their default. Raises SettingsError."""
    return _given(_named(environment), FILE)


def _named(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, environment[name]) for name in environment if name.startswith(PREFIX))


@lru_cache(maxsize=8)  # a page asks some thirty times
def _made(environment: tuple[tuple[str, str], ...], _home: tuple[str | None, ...], file: Path) -> Settings:
    return Settings(**_given(environment, file).values)


@lru_cache(maxsize=8)
def _given(environment: tuple[tuple[str, str], ...], file: Path) -> Laid:
    return lay({field.name: field for field in fields(Settings)}, dict(environment), file)
