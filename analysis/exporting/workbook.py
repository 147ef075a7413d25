"""Statements as an Excel workbook: the rows on one sheet, their notes and what the columns mean on another."""

from __future__ import annotations

import io
from datetime import date, datetime
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from analysis.exporting.columns import FURTHER, MEANINGS, TRACES
from analysis.exporting.exported import Exported
from analysis.exporting.tables import cell
from analysis.exporting.words import harmless, xml_text
from analysis.web_address import web_address, written_out

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


_MOST_LINKS = 65_000  # Excel opens no sheet with more than 65,530
_LONGEST_LINK = 2_000
_LONGEST_CELL = 32_767
_WIDTHS = {
    "text": 80,
    "speaker_name": 24,
    "office": 32,
    "said_on": 12,
    "source_title": 40,
    "source_url": 40,
    "note": 50,
}
_USUAL_WIDTH = 16
_LINKS = ("source_url", "statement_link")


def write_workbook(exported: Exported, file: IO[bytes]) -> None:
    """An .xlsx file. Cells are text, numbers or days, never formulas; only web addresses are links.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as in CSV; one that is longer
    than a cell holds is cut, and the notes say how many were.
    """
    import xlsxwriter

    written = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, {"constant_memory": True, **safe})
    built = datetime.fromisoformat(exported.notes.built)
    book.set_properties(
        {"title": exported.title or "Statements from On Record", "author": "On Record", "created": built}
    )
    cut = _statements(book, exported)
    _notes(book, exported, cut)
    book.close()
    file.write(written.getvalue())


def _statements(book: Workbook, exported: Exported) -> int:
    """Write the sheet of statements; how many texts were cut."""
    sheet = book.add_worksheet("Statements")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    link, wrapped = book.add_format({"hyperlink": True}), book.add_format({"text_wrap": True, "valign": "top"})
    cells = _Cells(sheet, day, link)
    for place, name in enumerate(exported.columns):
        sheet.set_column(place, place, _WIDTHS.get(name, _USUAL_WIDTH), wrapped if name in ("text", "note") else None)
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(exported), 1), len(exported.columns) - 1)
    for at, row in enumerate(exported.rows(), start=1):
        for place, (name, value) in enumerate(row.items()):
            cells.write(at, place, value, name in _LINKS)
    return cells.cut


def _notes(book: Workbook, exported: Exported, cut: int) -> None:
    sheet = book.add_worksheet("Notes")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110, wrapped)
    lines = exported.notes.lines(exported.documents)
    lines.append(("Cells", "An apostrophe stands before a text that a spreadsheet would take for a formula."))
    if cut:
        lines.append(("Cut", f"{cut:,} cells held more than {_LONGEST_CELL:,} characters and were cut."))
    meanings = MEANINGS | {name: FURTHER.get(name, "") for name in exported.further} | TRACES
    lines += [("", ""), ("Column", "Meaning"), *((name, meanings[name]) for name in exported.columns)]
    for at, (name, value) in enumerate(lines):
        sheet.write_string(at, 0, harmless(xml_text(name)), bold)
        sheet.write_string(at, 1, harmless(xml_text(value))[:_LONGEST_CELL], wrapped)


@lru_cache(maxsize=8192)
def _legal(words: str) -> str:
    return harmless(xml_text(words))


class _Cells:
    """Writes values where they belong."""

    def __init__(self, sheet: Worksheet, day: Format, link: Format) -> None:
        self._sheet, self._day, self._link = sheet, day, link
        self._links = 0
        self.cut = 0

    def write(self, at: int, place: int, value: object, may_link: bool) -> None:
        shown = cell(value)
        if isinstance(shown, str):
            if shown:
                self._text(at, place, _legal(shown), may_link)
        elif isinstance(shown, date):
            self._sheet.write_datetime(at, place, datetime(shown.year, shown.month, shown.day), self._day)
        else:
            self._sheet.write_number(at, place, shown)

    def _text(self, at: int, place: int, words: str, may_link: bool) -> None:
        if len(words) > _LONGEST_CELL:
            words = words[:_LONGEST_CELL]
            self.cut += 1
        address = web_address(words) if may_link and self._links < _MOST_LINKS else None
        if address and len(address) < _LONGEST_LINK:
            self._links += 1
            self._sheet.write_url(at, place, written_out(address), self._link, words)
        else:
            self._sheet.write_string(at, place, words)
