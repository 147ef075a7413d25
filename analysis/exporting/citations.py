"""Statements as citations for reference managers: BibTeX, RIS and CSL-JSON.

The speaker is the author, the day is the day it was said, the rest is the page where it is printed; the words
themselves stand in the abstract, and a note says by way of which release they were found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import IO, Any

from analysis.exporting.exported import Exported
from analysis.exporting.reference import via
from analysis.exporting.words import one_line
from analysis.schema import Basis
from analysis.web_address import web_address, written_out

_LONGEST_TITLE = 100  # characters of the words, where the page has no title
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9_.-]")
Cited = dict[str, str]


def write_bibtex(exported: Exported, file: IO[str]) -> None:
    """One ``@misc`` entry a statement, keyed by its identifier; for LaTeX with UTF-8."""
    for row in exported.rows():
        cited = _cited(row, exported.notes.release)
        day: date | None = row["said_on"]
        fields = {
            "author": f"{{{_tex(cited['speaker'])}}}" if cited["speaker"] else None,  # doubly braced: not to be split
            "title": f"{{{_tex(cited['title'])}}}",
            "howpublished": _tex(cited["publisher"]) or None,
            "year": f"{day.year:04d}" if day else None,
            "month": _MONTHS[day.month - 1] if day else None,
            "day": str(day.day) if day else None,
            "url": cited["url"] or None,
            "note": _tex(cited["note"]),
            "abstract": _tex(cited["text"]),
        }
        lines = [
            f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items() if value
        ]
        file.write(f"@misc{{{cited['key']},\n" + ",\n".join(lines) + "\n}\n\n")


def write_ris(exported: Exported, file: IO[str]) -> None:
    """One record of type GEN a statement."""
    for row in exported.rows():
        cited = _cited(row, exported.notes.release)
        day: date | None = row["said_on"]
        tags = [
            ("TY", "GEN"),
            ("ID", cited["key"]),
            ("AU", cited["speaker"]),
            ("TI", cited["title"]),
            ("PB", cited["publisher"]),
            ("PY", f"{day.year:04d}" if day else ""),
            ("DA", f"{day:%Y/%m/%d}/" if day else ""),
            ("UR", cited["url"]),
            ("N1", cited["note"]),
            ("DB", "On Record"),
            ("AB", cited["text"]),
        ]
        file.write("".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n\r\n")


def write_csl(exported: Exported, file: IO[str]) -> None:
    """A list of CSL-JSON items, as citeproc, Zotero and Pandoc read it."""
    file.write("[")
    for at, row in enumerate(exported.rows()):
        item = _csl(row, exported.notes.release)
        file.write((",\n" if at else "\n") + json.dumps(item, ensure_ascii=True, indent=1))
    file.write("\n]\n")


def _csl(row: Mapping[str, Any], release: int) -> dict[str, Any]:
    cited, day = _cited(row, release), row["said_on"]
    item: dict[str, Any] = {"id": cited["key"], "type": "document", "title": cited["title"]}
    if cited["speaker"]:
        item["author"] = [{"literal": cited["speaker"]}]
    if cited["publisher"]:
        item["publisher"] = cited["publisher"]
    if day:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if cited["url"]:
        item["URL"] = cited["url"]
    return item | {"source": "On Record", "note": cited["note"], "abstract": cited["text"]}


def _cited(row: Mapping[str, Any], release: int) -> Cited:
    """The parts of a citation, on one line each; empty where they are not known."""
    text = one_line(row["text"])
    short = text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    publisher = row["source_publisher"] or next(iter(row["publishers"]), None)
    url = web_address(row["source_url"])
    note = via(row, release)
    if row["said_on_basis"] == Basis.PUBLISHED:
        note += "; the day is that of publication"
    return {
        "key": _NOT_IN_A_KEY.sub("-", str(row["statement_id"])),
        "speaker": one_line(row["speaker_name"]),
        "title": one_line(row["source_title"]) or short,
        "publisher": one_line(publisher),
        "url": written_out(url) if url else "",
        "note": note[0].upper() + note[1:],
        "text": text,
    }


def _tex(value: str) -> str:
    return value.translate(_TEX)
