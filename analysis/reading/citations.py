"""Footnote marks: taken out of the text, kept as citations of the pages where the words are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from analysis.reading.fields import read_fields, words
from analysis.reading.notes import shown
from analysis.schema import Citation, Skipped, Span

_MARK = re.compile(r"[ \t]?\[\^([^\]\s\[]{1,60})\]")
DEFINITION = re.compile(r"^[ ]{0,3}\[\^([^\]\s\[]{1,60})\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)


def read_sources_field(given: object, source: str) -> tuple[dict[str, Citation], list[Skipped]]:
    """Citations by id from front matter's ``sources``: a list of id, publisher, title, url, published_on.

    Their ``at`` is 0 until a mark is found. An entry that cannot be used is left out with a note.
    """
    if given is None or given == "":
        return {}, []
    entries = given if isinstance(given, list) else [given]
    found: dict[str, Citation] = {}
    notes: list[Skipped] = []
    for place, entry in enumerate(entries, start=1):
        name = words(entry.get("id", str(place))) if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or name is None:
            detail = (
                f"{source}: entry {place} of sources is no source; give it id, publisher, title, url, published_on."
            )
            notes.append(Skipped(source, "footnote", detail))
            continue
        fields, wrong = read_fields(entry, f"{source}, source {name}")
        notes.extend(replace(note, source=source) for note in wrong)
        found[name] = Citation(0, fields.publisher, fields.title, fields.url, fields.published_on)
    return found, notes


def take_definitions(body: str) -> tuple[str, dict[str, Citation]]:
    """``body`` without its ``[^id]: …`` lines, and what they say as citations (their words as title)."""
    if "[^" not in body:
        return body, {}
    found = {
        match[1]: Citation(0, None, words(match[2]), None, None)
        for match in DEFINITION.finditer(body)
        if words(match[2])
    }
    return DEFINITION.sub("", body), found


def take_marks(
    text: str, spans: tuple[Span, ...], sources: Mapping[str, Citation], source: str
) -> tuple[str, tuple[Span, ...], tuple[Citation, ...], list[Skipped]]:
    """``text`` without footnote marks, ``spans`` moved with it, a citation where each mark stood, and notes.

    A mark whose id no source has is taken out as well, and reported.
    """
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []  # (offset in text, characters gone up to there)
    citations: list[Citation] = []
    notes: list[Skipped] = []
    last = gone = 0
    for match in _MARK.finditer(text):
        pieces.append(text[last : match.start()])
        at = match.start() - gone
        gone += match.end() - match.start()
        last = match.end()
        cuts.append((match.end(), gone))
        if match[1] in sources:
            citations.append(replace(sources[match[1]], at=at))
        else:
            detail = f"{source}: footnote [^{shown(match[1])}] has no entry in sources; add one with this id."
            notes.append(Skipped(source, "footnote", detail))
    pieces.append(text[last:])
    moved = tuple(Span(_moved(span.start, cuts), _moved(span.end, cuts)) for span in spans)
    return "".join(pieces), moved, tuple(citations), notes


def _moved(offset: int, cuts: list[tuple[int, int]]) -> int:
    """Where ``offset`` lies once the marks before it are gone."""
    low, high = 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if cuts[middle][0] <= offset else (low, middle)
    return offset - (cuts[low - 1][1] if low else 0)
