"""Laying the environment over the settings' file and both over the defaults, with every problem told at once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.configuring.values import kind_of

PREFIX = "ON_RECORD_"
FILE = f"{PREFIX}SETTINGS"  # names the file; "": no file is read
_OWN = (f"{PREFIX}TEST_", f"{PREFIX}WALKED")  # variables of tests, which no setting reads


class SettingsError(ValueError):
    """Settings that cannot be used: ``problems`` names each with its place and what to give instead."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        many = f"{len(self.problems)} settings cannot be used: " if len(self.problems) > 1 else ""
        super().__init__(many + "; ".join(self.problems))


@dataclass(slots=True)
class Laid:
    """What was given for settings, by name, and where: a variable's name or the file's path."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Written:
    """The settings' file as it was when it was first read."""

    path: Path
    values: Mapping[str, object]
    problem: str | None = None


def variable(name: str) -> str:
    """The environment's name for a setting."""
    return PREFIX + name.upper()


def lay(declared: Mapping[str, Field[Any]], environment: Mapping[str, str], usual: Path) -> Laid:
    """What the environment and the file say of the ``declared`` settings; nothing for those that neither names.

    usual: the file that is read, if it is there, when ``ON_RECORD_SETTINGS`` names none. A path in the file that is
    not absolute starts at the file's folder. Raises SettingsError with everything that is wrong in either.
    """
    written = _file(environment.get(FILE), usual)
    laid, problems = Laid(), [written.problem] if written.problem else []
    for name, value in written.values.items():
        where = f"{name} in {written.path}"
        if name not in declared:
            problems.append(f"{where} is no setting{_nearest(name, declared)}")
        else:
            _take(laid, declared[name], value, (where, str(written.path)), problems)
            if isinstance(found := laid.values.get(name), Path):
                laid.values[name] = written.path.parent / found
    for name in sorted(environment):
        key = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX) or name == FILE or name.startswith(_OWN):
            continue
        if key not in declared or name != variable(key):
            problems.append(f"{name} is no setting{_nearest(key, declared, variable)}")
        else:
            _take(laid, declared[key], environment[name], (name, name), problems)
    if problems:
        raise SettingsError(problems)
    return laid


def _take(laid: Laid, declared: Field[Any], value: object, where: tuple[str, str], problems: list[str]) -> None:
    kind, (told, origin) = kind_of(declared), where
    try:
        laid.values[declared.name] = kind.read(value)
        laid.origins[declared.name] = origin
    except ValueError:
        problems.append(f"{told} is {value!r}; give {kind.wanted}")


def _nearest(name: str, known: Iterable[str], told: Any = str) -> str:  # noqa: ANN401  # str -> str
    near = difflib.get_close_matches(name.lower().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return f"; the nearest is {told(near[0])}" if near else "; docs/settings.md lists them"


def _file(named: str | None, usual: Path) -> _Written:
    if named == "":
        return _Written(usual, {})
    return _read(Path(named).expanduser().absolute(), True) if named else _read(usual, False)


@lru_cache(maxsize=8)
def _read(path: Path, needed: bool) -> _Written:
    """The file's values, read once: a server does not change its mind half-way."""
    try:
        return _Written(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return _Written(path, {}, f"{FILE} names {path}, which is not there" if needed else None)
    except OSError as error:
        return _Written(path, {}, f"{path} cannot be read: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return _Written(path, {}, f"{path} is no TOML: {error}")
