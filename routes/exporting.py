"""Statements as a CSV file: the same bytes as the page's for the same filters or search, written as they are read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
from starlette.responses import Response, StreamingResponse

from analysis.exporting.exported import Exported, in_order
from analysis.exporting.hits import columns
from analysis.exporting.naming import file_name
from analysis.exporting.notes import Order
from analysis.exporting.tables import csv_pieces
from analysis.exporting.words import one_line
from routes.asking import Asked
from routes.problems import Problem
from routes.searching import found_by

_AT_ONCE = threading.BoundedSemaphore(8)  # files on their way


def export(asked: Asked) -> Response:
    """What the filters keep, oldest first; with ``q`` or ``like`` what is found, in the order asked for."""
    statements = asked.opened.release.statements
    selection = asked.selection.to_parameters()
    if asked.get("q") or asked.get("like"):
        found = found_by(asked)
        notes = asked.exported(selection=selection, query=found.query, order=found.order)
        further = columns(found.hits(asked, slice(0, len(found.places))))
        exported = Exported(statements.iloc[found.places], notes, further)
        name = "search"
    else:
        kept = statements if asked.kept is None else statements.iloc[np.asarray(asked.places)]
        exported = Exported(in_order(kept), asked.exported(selection=selection, order=Order.TIME))
        name = "selection"
    there = {"Content-Disposition": f'attachment; filename="{file_name(asked.opened.release.number, name, ".csv")}"'}
    if asked.notes:
        there["X-On-Record-Notes"] = _in_a_header(" | ".join(asked.notes))
    return StreamingResponse(_Pieces(csv_pieces(exported)), 200, there, media_type="text/csv; charset=utf-8")


def _in_a_header(words: str) -> str:
    """Words for a header: on one line, for a line's end in a visitor's words would begin a header of their own."""
    return one_line(words).encode("ascii", "backslashreplace").decode()[:2_000]


class _Pieces:
    """A file's pieces, which hold one of a few places until they are sent or given up."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = _AT_ONCE.acquire(blocking=False)
        if not self._held:
            raise Problem(503, "Too many files are being made. Ask again later.", None, {"Retry-After": "10"})

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def __del__(self) -> None:
        if self._held:
            _AT_ONCE.release()
