"""Statements as a Markdown document: each in quotation, with its note and its citation, then sources and notes.

What strangers wrote is escaped: it is shown letter for letter, in CommonMark and with the usual extensions (tables,
maths, footnotes, mentions, emoji names, bare addresses as links).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from analysis.exporting.exported import Exported, Row
from analysis.exporting.reference import Reference, reference
from analysis.exporting.sources import sources
from analysis.exporting.words import encodable, one_line

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~$^&@])")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=!:])")
_RECOGNISED = re.compile(r":(?=//|[\w+-]+:)|(?<=\b[wW]{3})\.")  # addresses and emoji names


def escaped(words: object) -> str:
    """``words`` on one line, every character that could mean something to Markdown taken literally."""
    line = encodable(one_line(words))
    line = _MEANS_SOMETHING.sub(r"\\\1", line)
    line = _RECOGNISED.sub(r"\\\g<0>", line)
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def write_markdown(exported: Exported, file: IO[str]) -> None:
    """UTF-8 Markdown; web addresses are links, nothing else is."""
    file.write("\n\n".join(_blocks(exported)) + "\n")


def _blocks(exported: Exported) -> Iterator[str]:
    notes = exported.notes
    yield f"# {escaped(exported.title) or 'Statements from On Record'}"
    cited = []
    for number, row in enumerate(exported.rows(), start=1):
        found = reference(row, notes.release)
        cited.append(found)
        yield from _statement(number, row, found)
    yield "## Sources"
    yield (
        "\n".join(
            f"- {escaped(source)}{f' {_link(url)}' if url else ''} ({', '.join(map(str, numbers))})"
            for source, url, numbers in sources(cited)
        )
        or "None is named."
    )
    yield "## About these statements"
    yield "\n".join(
        f"- **{name}:** {_link(value) if name == 'Link' else escaped(value)}"
        for name, value in notes.lines(exported.documents)
    )


def _statement(number: int, row: Row, cited: Reference) -> Iterator[str]:
    yield f"## {number}. {escaped(f'{cited.who}, {cited.when}')}"
    words = cited.words.removeprefix("reported: ")
    yield f"> {escaped(words)}"
    for line in str(row.get("note") or "").splitlines():
        if line.strip():
            yield escaped(line)
    kind = "" if row["kind"] == "direct" else "Reported, not verbatim throughout. "
    source = f"{escaped(cited.source)}. " if cited.source else ""
    url = f"{_link(cited.url)}. " if cited.url else ""
    via = f"{cited.via[0].upper()}{cited.via[1:]}"
    yield f"{kind}{source}{url}{escaped(via)}: {_link(row['statement_link'])}"


def _link(address: str) -> str:
    """A web address as a link; one without a host as it stands."""
    return f"<{address}>" if address.startswith(("http://", "https://")) else f"`{address}`"
