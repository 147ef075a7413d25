"""Sentences for readers, written in English here and translated where they are shown.

A message is its English words, so it can be printed as it stands; it remembers what it was made from, so that a page
can say it in another language. Nothing here knows of any language but English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date


class Message(str):
    """English words that remember their template and what was put into it."""

    template: str
    many: str | None = None  # the template for several; None: it does not count
    number: int | None = None  # how many, where it counts
    values: Mapping[str, object]


def message(template: str, /, **values: object) -> Message:
    """``template`` with ``values`` put in; a value may be a message or a day. ``template`` must be a literal."""
    return _made(template, values)


def count_message(one: str, many: str, count: int, /, **values: object) -> Message:
    """The template for so many, with "{count}" and ``values`` put in."""
    made = _made(one if count == 1 else many, {"count": f"{count:,}", **values})
    made.template, made.many, made.number, made.values = one, many, count, values
    return made


def any_of(names: Sequence[str]) -> str:
    """ "Wang Yi, Qin Gang or Li Hui"; a message where there are several, "" where there is none."""
    if len(names) < 2:
        return names[0] if names else ""
    return message("{names} or {last}", names=listed(names[:-1]), last=names[-1])


def all_of(names: Sequence[str]) -> str:
    """ "Wang Yi, Qin Gang and Li Hui"; a message where there are several, "" where there is none."""
    if len(names) < 2:
        return names[0] if names else ""
    return message("{names} and {last}", names=listed(names[:-1]), last=names[-1])


def listed(names: Sequence[str]) -> str:
    """ "Wang Yi, Qin Gang"; a message where there are several, "" where there is none."""
    told = names[0] if names else ""
    for name in names[1:]:
        told = message("{names}, {next}", names=told, next=name)
    return told


def day_in_words(day: date) -> str:
    """ "18 March 2023"."""
    return f"{day.day} {day:%B} {day.year}"


def _made(template: str, values: Mapping[str, object]) -> Message:
    words = {name: day_in_words(value) if isinstance(value, date) else value for name, value in values.items()}
    made = Message(template.format(**words) if values else template)
    made.template, made.values = template, values
    return made
