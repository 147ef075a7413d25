"""Statements and notes made for tests of exports."""

from __future__ import annotations

import io

import pandas as pd
from hypothesis import strategies as st

from analysis.exporting.columns import COLUMNS
from analysis.exporting.exported import Exported
from analysis.exporting.notes import Notes

KNOWN = {
    "statement_id": "st-0123456789ab",
    "text": "Ties are firm",
    "kind": "direct",
    "said_on_basis": "stated",
    "confidence": 0.9,
    "prints": 1,
    "publishers": ("Outlet", "Wire"),
    "formulas": (),
    "entities": ("russia",),
    "said_on": pd.Timestamp("2023-03-07"),
    "first_published_on": pd.NaT,
    "speaker_name": "Wang Yi",
    "office": "Foreign Minister of China",
    "document_id": "d-brief",
    "source_title": "A briefing",
    "source_publisher": "Outlet",
    "source_url": "https://example.org/a?b=1",
}
NOTES = Notes(
    release=3,
    built="2026-11-26",
    every=815,
    licences={"d-brief": "CC-BY-4.0"},
    selection={"side": ["CN"], "from": ["2022-02-24"]},
    query="firm & friendly",
    view="search?q=firm+%26+friendly&side=CN&release=3",
    site="https://example.org/record",
)
TEXTS = st.text(max_size=60)
FRAMED = TEXTS.map(lambda text: f"a {text} b")  # begins and ends with a letter
HOSTILE = "=1+1 <b>**bold**</b> [a](javascript:alert(1)) $x$ \\end{x} :red[y] @you www.example.org"


def exported(*rows, further=None, title="", notes=NOTES):
    """An export of one statement for each of ``rows``, the values in which it differs from the usual one."""
    frame = pd.DataFrame([dict.fromkeys(COLUMNS) | KNOWN | row for row in rows or ({},)])
    return Exported(frame, notes, further or {}, title)


def everywhere(text):
    """A statement in which every text of a stranger is ``text``."""
    names = ("text", "speaker_name", "office", "via", "source_title", "source_publisher", "source_url", "said_on_text")
    return dict.fromkeys(names, text) | {"publishers": (text,)}


def words(write, export):
    """What ``write`` writes, as text."""
    file = io.StringIO(newline="")
    write(export, file)
    return file.getvalue()


def packed(write, export):
    """What ``write`` writes, as a file to read."""
    file = io.BytesIO()
    write(export, file)
    file.seek(0)
    return file
