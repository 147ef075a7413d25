"""The formats that statements can be taken along in: one list for the command line and the pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from analysis.messages import Message, message

if TYPE_CHECKING:
    from analysis.exporting.exported import Exported


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``writer`` names a function of this package: its module, a dot, its name."""

    name: str  # as the command line takes it
    label: str
    suffix: str  # of a file, with its dot
    mime: str
    writer: str
    is_text: bool = True
    most: int | None = None  # statements at most; None: however many there are

    def takes(self, count: int) -> bool:
        """True when so many statements are not too many."""
        return self.most is None or count <= self.most

    def too_many(self, count: int) -> Message:
        """What to say where ``count`` statements are."""
        most, shown = f"{self.most:,}", f"{count:,}"
        return message(
            "{format} takes up to {most} statements, and these are {count}. Narrow the filters or take CSV or Parquet.",
            format=self.label,
            most=most,
            count=shown,
        )

    def write(self, exported: Exported) -> bytes:
        """The file. Raises ValueError, saying what to do, where there are more statements than the format takes."""
        if not self.takes(len(exported)):
            raise ValueError(self.too_many(len(exported)))
        module, _, name = self.writer.partition(".")
        write: Callable[[Exported, IO[Any]], None] = getattr(import_module(f"analysis.exporting.{module}"), name)
        if self.is_text:
            words = io.StringIO(newline="")
            write(exported, words)
            return words.getvalue().encode("utf-8", "replace")
        packed = io.BytesIO()
        write(exported, packed)
        return packed.getvalue()


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    form.name: form
    for form in (
        Format("csv", "CSV", ".csv", "text/csv", "tables.write_csv"),
        Format(
            "xlsx", "Excel", ".xlsx", f"{_OFFICE}spreadsheetml.sheet", "workbook.write_workbook", False, most=50_000
        ),
        Format("json", "JSON", ".json", "application/json", "tables.write_json"),
        Format("jsonl", message("JSON lines"), ".jsonl", "application/jsonl", "tables.write_jsonl"),
        Format("parquet", "Parquet", ".parquet", "application/vnd.apache.parquet", "tables.write_parquet", False),
        Format("bibtex", "BibTeX", ".bib", "application/x-bibtex", "citations.write_bibtex"),
        Format("ris", "RIS", ".ris", "application/x-research-info-systems", "citations.write_ris"),
        Format("csl", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", "citations.write_csl"),
        Format("text", message("Plain citations"), ".txt", "text/plain", "reference.write_references"),
        Format("docx", "Word", ".docx", f"{_OFFICE}wordprocessingml.document", "word.write_word", False, most=1_000),
        Format("markdown", "Markdown", ".md", "text/markdown", "markdown.write_markdown", most=1_000),
    )
}
