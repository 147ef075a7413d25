"""The rules' file: who has which role. Read anew when it changes, so whoever is taken out loses the role at once."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path

from access.roles import Role

_log = logging.getLogger(__name__)
_LISTS = {"readers": Role.READER, "editors": Role.EDITOR, "admins": Role.ADMIN}
_LONGEST_HOURS = 24 * 30  # Streamlit's own cookie lives as long


@dataclass(frozen=True, slots=True)
class Bearer:
    """Which tokens HTTP routes take beside the cookie of a browser: those of ``issuer`` made out to ``audience``."""

    issuer: str  # https, or http on this machine
    audience: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Who has which role. The defaults are an archive that everybody reads and nobody changes here."""

    members: Mapping[Role, frozenset[str]] = field(default_factory=dict)  # addresses, "@domain", values of the claim
    claim: str = "groups"  # where a sign-in's values stand; dots lead into nested claims
    public: bool = True  # False: reading takes the reader's role too
    hours: int = 12  # how long a sign-in counts
    bearer: Bearer | None = None
    sign_in: bool = False  # whether anybody can have a role at all

    @property
    def closed(self) -> bool:
        """True where strangers see nothing."""
        return not self.public


def read_rules(path: Path) -> Rules:
    """The rules in a TOML file.

    Raises ValueError, naming file and entry, for what cannot be used, OSError where the file cannot be read.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no TOML: {error}") from error
    known = {*_LISTS, "claim", "public", "hours", "bearer"}
    if strange := sorted(set(written) - known):
        raise ValueError(f"{path}: {strange[0]!r} is none of {', '.join(sorted(known))}")
    claim, public, hours = written.get("claim", "groups"), written.get("public", True), written.get("hours", 12)
    if not isinstance(claim, str) or not claim:
        raise ValueError(f'{path}: claim is {claim!r}; give a claim\'s name, such as "groups"')
    if not isinstance(public, bool):
        raise ValueError(f"{path}: public is {public!r}; give true or false")
    if isinstance(hours, bool) or not isinstance(hours, int) or not 1 <= hours <= _LONGEST_HOURS:
        raise ValueError(f"{path}: hours is {hours!r}; give a whole number from 1 to {_LONGEST_HOURS}")
    members = {role: _entries(path, name, written.get(name, [])) for name, role in _LISTS.items()}
    return Rules(members, claim, public, hours, _bearer(path, written.get("bearer")), sign_in=True)


def _entries(path: Path, name: str, given: object) -> frozenset[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) and each.strip() for each in given):
        raise ValueError(f"{path}: {name} is {given!r}; give a list of addresses and values of the claim")
    return frozenset(normal(each) for each in given)


def normal(entry: str) -> str:
    """An entry as it is compared: addresses of plain letters without regard to case, all else exactly."""
    bare = entry.strip()
    return bare.lower() if "@" in bare and bare.isascii() else bare  # beyond ASCII, other letters become "k" and "s"


def _bearer(path: Path, given: object) -> Bearer | None:
    if given is None:
        return None
    names = {each.name for each in fields(Bearer)}
    if not isinstance(given, dict) or set(given) != names or not all(isinstance(each, str) for each in given.values()):
        raise ValueError(f"{path}: [bearer] needs issuer and audience, and nothing else")
    local = given["issuer"].startswith(("http://127.0.0.1", "http://localhost"))
    if not given["issuer"].startswith("https://") and not local:
        raise ValueError(f"{path}: the issuer {given['issuer']!r} is not reached by https")
    if not given["audience"]:
        raise ValueError(f"{path}: the audience is empty; give the name that tokens for this archive are made out to")
    return Bearer(**given)


@lru_cache(maxsize=8)
def _last_good(path: Path) -> list[Rules]:
    return []


@lru_cache(maxsize=8)
def _read(path: Path, state: tuple[int, int, int]) -> Rules | str:
    try:
        rules = read_rules(path)
    except (ValueError, OSError) as error:
        _log.error("Nobody has a role until the rules can be read: %s", error)
        return str(error)
    _last_good(path)[:] = [rules]
    return rules


def rules_now(path: Path | None) -> Rules:
    """The rules as the file has them at this moment; everybody reads and nobody signs in where there is no file.

    Where the file cannot be read any more, or makes no sense, nobody has a role until it does, and who may read without
    one stays as it was; nobody, where it never could be read. Never raises: the start has checked the file.
    """
    if path is None:
        return Rules()
    try:
        found = path.stat()
        read = _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError as error:
        read = _read(path, (0, 0, 0)) if isinstance(error, FileNotFoundError) else str(error)
    if isinstance(read, Rules):
        return read
    before = _last_good(path)
    return replace(before[0], members={}) if before else Rules(public=False, sign_in=True)
