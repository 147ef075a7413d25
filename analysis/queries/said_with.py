"""With whom somebody is quoted: those who say a thing with them, and those who speak in the same documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.queries.codes import coded
from analysis.queries.prints import Prints


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody quoted beside a speaker."""

    speaker_id: str
    jointly: int  # statements that both made together
    documents: int  # texts that print both


class PrintedIn:
    """Which documents print whose words, laid out once so that counting is quick."""

    def __init__(self, statements: pd.DataFrame, prints: Prints) -> None:
        rows = prints.statements
        self._documents = len(prints.document_ids)
        codes, lists = coded(statements, "speaker_members")
        members = [tuple(dict.fromkeys(each or ())) for each in lists]
        self._speakers = sorted({member for each in members for member in each})
        number = {speaker: at for at, speaker in enumerate(self._speakers)}
        self._number = number
        begins = np.cumsum([0, *map(len, members)])
        flat = np.array([number[member] for each in members for member in each], dtype=np.int64)
        # one entry for each statement and each of its speakers, and one for each print and each of its speakers
        self._said = _expanded(np.arange(len(codes)), codes, begins, flat)
        self._printed = _expanded(rows, codes[rows], begins, flat)
        self._print_documents = np.repeat(prints.documents, np.diff(begins)[codes[rows]])

    def beside(self, speaker_id: str, keep: np.ndarray) -> list[Beside]:
        """Everyone quoted with ``speaker_id``: those with most documents first, then most joint statements, then by id.

        keep: (n,) bool, the statements that count.
        """
        at = self._number.get(speaker_id)
        if at is None:
            return []
        rows, speakers = self._printed
        kept = keep[rows]
        documents, speakers = self._print_documents[kept], speakers[kept]
        with_them = np.zeros(self._documents, dtype=bool)
        with_them[documents[speakers == at]] = True
        inside = with_them[documents]
        pairs = np.unique(documents[inside] * len(self._speakers) + speakers[inside])
        printed = np.bincount(pairs % len(self._speakers), minlength=len(self._speakers))
        rows, speakers = self._said
        theirs = np.zeros(len(keep), dtype=bool)
        theirs[rows[speakers == at]] = True
        joint = np.bincount(speakers[theirs[rows] & keep[rows]], minlength=len(self._speakers))
        found = [
            Beside(self._speakers[other], int(joint[other]), int(printed[other]))
            for other in np.flatnonzero((printed > 0) | (joint > 0)).tolist()
            if other != at
        ]
        return sorted(found, key=lambda each: (-each.documents, -each.jointly, each.speaker_id))


def _expanded(
    rows: np.ndarray, codes: np.ndarray, begins: np.ndarray, flat: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each of ``rows`` once for each member of its list, and these: the list ``code`` is ``flat[begins[code]:…]``."""
    lengths = np.diff(begins)[codes]
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(rows, lengths), flat[np.repeat(begins[codes], lengths) + within]
