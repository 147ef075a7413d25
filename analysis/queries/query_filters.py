"""Which statements pass a query's phrases, exclusions and filters, and how those read in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.queries.codes import UNKNOWN
from analysis.queries.dates import in_words
from analysis.queries.query_days import Period
from analysis.queries.query_values import COLUMNS, Condition, Understood, Vocabulary
from analysis.queries.selection import having
from analysis.wording import forms

_LISTED = 3  # names of a filter's values; the rest are counted
_LEADS = {
    "speaker": "said by",
    "side": "for",
    "publisher": "printed by",
    "kind": "",
    "formula": "with the formula",
    "entity": "naming",
}


class Holds(Protocol):
    """What says which statements hold words; masks are (n,) bool in the statements' order."""

    def phrase(self, phrase: Sequence[str], *, inflected: bool = False) -> np.ndarray:
        """Those that say the folded words of ``phrase`` one after another."""

    def word(self, form: str) -> np.ndarray:
        """Those that say a folded word in any inflection, or whose speaker's name has it."""


def passing(statements: pd.DataFrame, understood: Understood, words: Callable[[], Holds]) -> np.ndarray:
    """Which statements every clause keeps: (n,) bool in the table's order. ``words`` is asked where words are."""
    kept = np.ones(len(statements), dtype=bool)
    for clause in understood.clauses:
        any_of = np.zeros(len(statements), dtype=bool)
        for condition in clause:
            holding = _holding(statements, condition, words)
            any_of |= ~holding if condition.term.excluded else holding
        kept &= any_of
    return kept


def _holding(statements: pd.DataFrame, condition: Condition, words: Callable[[], Holds]) -> np.ndarray:
    """Which statements have what ``condition`` names, excluded or not: (n,) bool."""
    term, field = condition.term, condition.term.field
    if field is None:
        asked = forms(term.text)
        if term.exact or len(asked) > 1:
            return words().phrase(asked, inflected=not term.exact)
        return words().word(asked[0])
    if condition.is_unknown:
        if field == "on":
            return np.asarray(statements["said_on"].isna(), dtype=bool)
        return having(statements, COLUMNS[field], (UNKNOWN,))
    if condition.period:
        return _within(statements["said_on"], condition.period)
    if field == "kind":
        return having(statements, "kind", condition.values)
    return having(statements, COLUMNS[field], condition.values)


def _within(days: pd.Series, period: Period) -> np.ndarray:
    """Which days are in ``period``; unknown ones never are."""
    held = np.array(days.notna(), dtype=bool)
    values = days.to_numpy(dtype="datetime64[D]")
    if period.first:
        held &= values >= np.datetime64(period.first)
    if period.last:
        held &= values <= np.datetime64(period.last)
    return held


def chips(understood: Understood, vocabulary: Vocabulary) -> list[str]:
    """What was understood, a few words for each clause: "said by Wang Yi", "until 30 April 2023", "not “alliance”"."""
    return [" or ".join(_joined(clause, vocabulary)) for clause in understood.clauses]


def _joined(clause: Sequence[Condition], vocabulary: Vocabulary) -> list[str]:
    """The alternatives in words, those of one filter together: "said by Wang Yi or Qin Gang"."""
    parts: list[str] = []
    before: str | None = None
    for condition in clause:
        words = _in_words(condition, vocabulary)
        lead = _LEADS.get(condition.term.field or "")
        same = lead and lead == before and not condition.term.excluded and not condition.is_unknown
        parts.append(words.removeprefix(lead).strip() if same and lead else words)
        before = None if condition.term.excluded or condition.is_unknown else lead
    return list(dict.fromkeys(parts))


def _in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    term, field = condition.term, condition.term.field
    if field is None:
        exactly = "exactly " if term.exact and not term.excluded else ""
        told = f"{exactly}“{term.text}”"
    elif condition.is_unknown:
        told = "undated" if field == "on" else f"{field} not known"
    elif condition.period:
        told = period_in_words(condition.period)
    else:
        names = [vocabulary.name(field, value) for value in condition.values]
        shown = names if len(names) <= _LISTED + 1 else [*names[:_LISTED], f"{len(names) - _LISTED} more"]
        told = f"{_LEADS[field]} {' or '.join(shown)}".strip()
    if not term.excluded:
        return told
    return f"without {told}" if field is None else f"not {told}"


def period_in_words(period: Period) -> str:
    """ "24 February 2022", "17 February 2022 to 3 March 2022", "from 1 January 2022", "until 30 April 2023"."""
    first, last = period.first, period.last
    if first and last:
        if first == last:
            return in_words(first)
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return f"in {first.year}"
        return f"{in_words(first)} to {in_words(last)}"
    return f"from {in_words(first)}" if first else f"until {in_words(last)}"
