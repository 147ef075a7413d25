"""Statements as citations for reference managers: BibTeX, RIS and CSL-JSON.

The speaker is the author, the day is the day it was said, the rest is the page where it is printed; the words
themselves stand in the abstract.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, Any

import pandas as pd

from analysis.exporting.tables import rows

_LONGEST_TITLE = 100  # characters of the words, where the page has no title
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_TEX = {
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_bibtex(statements: pd.DataFrame, file: IO[str]) -> None:
    """One ``@misc`` entry a statement, keyed by its identifier; for LaTeX with UTF-8."""
    for row in rows(statements):
        cited = _cited(row)
        fields = {
            "author": f"{{{_tex(cited['speaker'])}}}" if cited["speaker"] else None,  # doubly braced: not to be split
            "title": f"{{{_tex(cited['title'])}}}",
            "howpublished": _tex(cited["publisher"]) or None,
            "year": f"{row['said_on'].year:04d}" if row["said_on"] else None,
            "month": _MONTHS[row["said_on"].month - 1] if row["said_on"] else None,
            "day": str(row["said_on"].day) if row["said_on"] else None,
            "url": _address(cited["url"]) or None,
            "abstract": _tex(cited["text"]),
        }
        lines = [
            f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items() if value
        ]
        file.write(f"@misc{{{_key(row['statement_id'])},\n" + ",\n".join(lines) + "\n}\n\n")


def write_ris(statements: pd.DataFrame, file: IO[str]) -> None:
    """One record of type GEN a statement."""
    for row in rows(statements):
        cited = _cited(row)
        day = row["said_on"]
        tags = [
            ("TY", "GEN"),
            ("ID", _key(row["statement_id"])),
            ("AU", cited["speaker"]),
            ("TI", cited["title"]),
            ("PB", cited["publisher"]),
            ("PY", f"{day.year:04d}" if day else ""),
            ("DA", f"{day:%Y/%m/%d}/" if day else ""),
            ("UR", _address(cited["url"])),
            ("AB", cited["text"]),
        ]
        file.write("".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n\r\n")


def write_csl(statements: pd.DataFrame, file: IO[str]) -> None:
    """A list of CSL-JSON items, as citeproc, Zotero and Pandoc read it."""
    items = []
    for row in rows(statements):
        cited, day = _cited(row), row["said_on"]
        item: dict[str, Any] = {"id": _key(row["statement_id"]), "type": "document", "title": cited["title"]}
        if cited["speaker"]:
            item["author"] = [{"literal": cited["speaker"]}]
        if cited["publisher"]:
            item["publisher"] = cited["publisher"]
        if day:
            item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
        if cited["url"]:
            item["URL"] = _address(cited["url"])
        items.append(item | {"abstract": cited["text"]})
    file.write(json.dumps(items, ensure_ascii=True, indent=1) + "\n")


def _cited(row: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a citation, on one line each; empty where they are not known."""
    text = _line(row["text"])
    short = text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    publisher = row["source_publisher"] or next(iter(row["publishers"]), None)
    return {
        "speaker": _line(row["speaker_name"]),
        "title": _line(row["source_title"]) or short,
        "publisher": _line(publisher),
        "url": _line(row["source_url"]),
        "text": text,
    }


def _line(value: object) -> str:
    """A value on one line, without what would end a field or a record."""
    return " ".join(_CONTROL.sub(" ", str(value)).split()) if value else ""


def _tex(value: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in value)


def _address(value: str) -> str:
    """An address without the characters that no address has and that would end a field."""
    return "".join({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}.get(letter, letter) for letter in value)


def _key(statement_id: object) -> str:
    """The identifier in letters that every format takes for a key."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", str(statement_id))
