"""Metadata that comes as fields: a JSONL row's, a Markdown file's front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.calendar_days import read_day
from analysis.reading.countries import side_of
from analysis.reading.notes import shown
from analysis.schema import Skipped

DATE_FIELDS = ("published_on", "pub_date", "date")  # the first that is given counts
_NOTHING = frozenset({"", "null", "none", "~", "n/a", "unknown"})
_LONGEST = 1000  # characters of a title, a name, an address
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Fields:
    """A document's metadata as given beside its text; None where it was not given, or could not be used."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    published_on: date | None = None
    lang: str | None = None
    licence: str | None = None
    speaker: str | None = None  # of a text that is one speaker's throughout
    speaker_post: str | None = None
    speaker_side: str | None = None


def read_fields(given: Mapping[str, object], source: str) -> tuple[Fields, list[Skipped]]:
    """The fields of ``given`` that documents have, and a note on each that says nothing usable."""
    notes: list[Skipped] = []
    published_on, note = _day(given, source)
    if note:
        notes.append(note)
    url = words(given.get("url"))
    if url and not url.lower().startswith(("http://", "https://")):
        detail = f"{source}: url “{shown(url)}” is no web address; the document was read without it. Use http:// or https://."
        notes.append(Skipped(source, "field", detail))
        url = None
    fields = Fields(
        title=words(given.get("title")),
        publisher=words(given.get("publisher")),
        url=url,
        author=words(given.get("author")),
        published_on=published_on,
        lang=words(given.get("lang")),
        licence=words(given.get("licence")) or words(given.get("license")),
        speaker=words(given.get("speaker")),
        speaker_post=words(given.get("post")) or words(given.get("office")),
        speaker_side=side_of(
            words(given.get("side")) or words(given.get("country")) or words(given.get("country_iso3"))
        ),
    )
    return fields, notes


def words(value: object) -> str | None:
    """A field's value on one line; a list's strings joined by commas; None where it says nothing."""
    if isinstance(value, list):
        value = ", ".join(part for part in value[:50] if isinstance(part, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    plain = " ".join(_UNPRINTABLE.sub(" ", str(value)[: 2 * _LONGEST]).split())[:_LONGEST].strip()
    return None if plain.casefold() in _NOTHING else plain


def _day(given: Mapping[str, object], source: str) -> tuple[date | None, Skipped | None]:
    """The publication day, and a note when what was given is no day."""
    for name in DATE_FIELDS:
        value = given.get(name)
        plain = words(value)
        if plain is None and not (value and not isinstance(value, str)):
            continue
        day = read_day(plain) if plain else None
        if day:
            return day, None
        detail = (
            f"{source}: {name} “{shown(value)}” is no day; the document was read without a publication date. "
            "Write it as 2022-02-24."
        )
        return None, Skipped(source, "date", detail)
    return None, None
