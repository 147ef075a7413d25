"""The kinds of value that a setting can take: each reads what was written, or says what to give instead."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from analysis.archive_place import Place
from analysis.archive_place import place as archive_at

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

_PROBABILITY = re.compile(r"0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?")
_WHOLE = re.compile(r"[0-9]{1,18}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_FLAGS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_KIND, _SECRET = "kind", "secret"


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value_co]):
    """One kind of value. ``read`` takes a variable's words or a file's TOML value; ValueError: it is none."""

    wanted: str  # ends the sentence "give …"
    read: Callable[[object], Value_co]


def setting(default: Value, kind: Kind[Value], *, secret: bool = False) -> Value:
    """Declare a field of a settings record; ``None`` may be its default too. secret: its value is never printed."""
    declared: Value = field(default=default, metadata={_KIND: kind, _SECRET: secret})
    return declared


def setting_made(default: Callable[[], Value], kind: Kind[Value]) -> Value:
    """Declare a field whose default is worked out on the machine."""
    declared: Value = field(default_factory=default, metadata={_KIND: kind, _SECRET: False})
    return declared


def kind_of(declared: Any) -> Kind[Any]:  # noqa: ANN401  # a dataclass field
    """The kind of value that a field was declared with."""
    kind: Kind[Any] = declared.metadata[_KIND]
    return kind


def is_secret(declared: Any) -> bool:  # noqa: ANN401
    """True for a field whose value must not be printed."""
    return bool(declared.metadata[_SECRET])


def whole(least: int, most: int | None = None, of: str = "") -> Kind[int]:
    """A whole number within bounds, both included. of: what it counts, such as "characters"."""

    def read(given: object) -> int:
        if isinstance(given, bool) or not _WHOLE.fullmatch(_words(given)):
            raise ValueError
        number = int(_words(given))
        if number < least or (most is not None and number > most):
            raise ValueError
        return number

    bounds = f"from {least:,} to {most:,}" if most is not None else f"above {least - 1:,}"
    return Kind(f"a number of {of} {bounds}" if of else f"a whole number {bounds}", read)


def number(least: float, most: float, of: str = "") -> Kind[float]:
    """A number within bounds, both included. of: its unit, such as "seconds"."""

    def read(given: object) -> float:
        if isinstance(given, bool) or not _NUMBER.fullmatch(_words(given)):
            raise ValueError
        value = float(_words(given))
        if not least <= value <= most or not math.isfinite(value):
            raise ValueError
        return value

    return Kind(f"a number{f' of {of}' if of else ''} from {least:g} to {most:g}", read)


def _probability(given: object) -> float:
    if isinstance(given, bool) or not _PROBABILITY.fullmatch(_words(given)):
        raise ValueError
    return float(_words(given))


def _flag(given: object) -> bool:
    if isinstance(given, bool):
        return given
    try:
        return _FLAGS[_words(given).lower()]
    except KeyError as error:
        raise ValueError from error


def _text(given: object) -> str:
    if not isinstance(given, str) or not given.strip() or not given.isprintable():
        raise ValueError
    return given.strip()


def _place(given: object) -> Path:
    return Path(_text(given)).expanduser()


def _archive(given: object) -> Place:
    try:
        found = archive_at(_text(given))
    except ValueError as error:
        raise ValueError from error
    return found.expanduser() if isinstance(found, Path) else found


def _several(given: object) -> tuple[str, ...]:
    if isinstance(given, str):
        return tuple(part.strip() for part in given.split(",") if part.strip())
    if isinstance(given, list):
        return tuple(_text(part) for part in given)
    raise ValueError


probability = Kind("a number from 0 to 1, such as 0.3", _probability)
flag = Kind("true or false", _flag)
text = Kind("a name", _text)
place = Kind("the path of a file or folder", _place)
place_if_any: Kind[Path | None] = Kind(place.wanted, lambda given: None if given == "" else _place(given))
archive_place = Kind("the path of a folder, or s3://BUCKET/PREFIX", _archive)
several = Kind("names with commas between them, or a list of them in the file", _several)


def one_of(*choices: str) -> Kind[str]:
    """One word of these."""

    def read(given: object) -> str:
        if given not in choices:
            raise ValueError
        return str(given)

    return Kind(" or ".join(f'"{choice}"' for choice in choices), read)


def _words(given: object) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, (int, float)):
        return str(given)
    raise ValueError
