"""One statement as a citation to read: who, when, in which words, where it is printed, and by way of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from analysis.exporting.exported import Exported
from analysis.exporting.words import one_line
from analysis.queries.dates import as_day, in_words
from analysis.schema import Basis, Kind
from analysis.web_address import web_address, written_out


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a citation, each on one line; empty where it is not known."""

    who: str
    when: str
    words: str  # in quotation marks only where they are the speaker's own
    title: str
    publisher: str
    url: str  # fit for a link, else empty
    via: str  # "via On Record, release 3, statement st-0123456789ab"

    @property
    def source(self) -> str:
        """The page where it is printed: title and publisher."""
        return ", ".join(part for part in (f"“{self.title}”" if self.title else "", self.publisher) if part)

    def plain(self) -> str:
        """All of it on one line."""
        printed = ", ".join(part for part in (self.source, self.url) if part)
        parts = [f"{self.who}, {self.when}: {self.words}", printed, f"{self.via[:1].upper()}{self.via[1:]}"]
        return " ".join(part if part.endswith((".", ".”")) else f"{part}." for part in parts if part)


def reference(row: Mapping[str, Any], release: int) -> Reference:
    """The citation of a statement. ``row`` holds its values by column, as a release or an export has them."""
    said = quoted(row)
    if row["kind"] != Kind.DIRECT:
        said = f"reported: {said}"
    publisher = row["source_publisher"] or next(iter(row["publishers"]), None)
    url = web_address(row["source_url"])
    return Reference(
        who=speaker(row),
        when=when(row),
        words=said,
        title=one_line(row["source_title"]),
        publisher=one_line(publisher),
        url=written_out(url) if url else "",
        via=via(row, release),
    )


def speaker(row: Mapping[str, Any]) -> str:
    """Who said it, with the office and whoever relayed it."""
    name = one_line(row["speaker_name"]) or "Speaker not known"
    office, relay = one_line(row["office"]), one_line(row["via"])
    return ", ".join(part for part in (name, office, f"relayed by {relay}" if relay else "") if part)


def when(row: Mapping[str, Any]) -> str:
    """The day in words; "published 7 March 2023" where only that is known, "undated" where nothing is."""
    day = as_day(row["said_on"])
    if day is None:
        return "undated"
    return f"published {in_words(day)}" if row["said_on_basis"] == Basis.PUBLISHED else in_words(day)


def quoted(row: Mapping[str, Any]) -> str:
    """The words on one line, in quotation marks where they are direct."""
    words = one_line(row["text"])
    return f"“{words}”" if row["kind"] == Kind.DIRECT else words


def via(row: Mapping[str, Any], release: int) -> str:
    """By way of what a statement was found."""
    return f"via On Record, release {release}, statement {one_line(row['statement_id'])}"


def write_references(exported: Exported, file: IO[str]) -> None:
    """One citation a line, plain text."""
    for row in exported.rows():
        file.write(reference(row, exported.notes.release).plain() + "\n")
