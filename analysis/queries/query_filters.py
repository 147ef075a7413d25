"""Which statements pass a query's phrases, exclusions and filters, and how those read in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.messages import Message, any_of, count_message, message
from analysis.queries.codes import UNKNOWN
from analysis.queries.query_days import Period
from analysis.queries.query_values import COLUMNS, Condition, Understood, Vocabulary
from analysis.queries.selection import having
from analysis.schema import Kind
from analysis.wording import forms

_LISTED = 3  # names of a filter's values; the rest are counted
_KINDS = {Kind.DIRECT: message("direct"), Kind.MIXED: message("mixed"), Kind.INDIRECT: message("indirect")}
_UNKNOWN = {
    "speaker": message("speaker not known"),
    "side": message("side not known"),
    "publisher": message("publisher not known"),
    "on": message("undated"),
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
        held = np.zeros(len(statements), dtype=bool)
        for condition in clause:
            holding = _holding(statements, condition, words)
            held |= ~holding if condition.term.excluded else holding
        kept &= held
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
    return [any_of(_alternatives(clause, vocabulary)) for clause in understood.clauses]


def _alternatives(clause: Sequence[Condition], vocabulary: Vocabulary) -> list[str]:
    """The alternatives in words, those of one filter in one: "said by Wang Yi or Qin Gang"."""
    told: list[str] = []
    for field, alike in groupby(clause, _named_field):
        if field is None:
            told += [_in_words(condition, vocabulary) for condition in alike]
        else:
            told.append(_naming(field, [value for condition in alike for value in condition.values], vocabulary))
    return list(dict.fromkeys(told))


def _named_field(condition: Condition) -> str | None:
    """The filter, where a condition asks for its values by name and can so be told together with the next."""
    is_plain = not (condition.term.excluded or condition.is_unknown or condition.period)
    return condition.term.field if is_plain else None


def _in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    term, field = condition.term, condition.term.field
    if field is None:
        if term.excluded:
            return message("without “{words}”", words=term.text)
        return message("exactly “{words}”", words=term.text) if term.exact else message("“{words}”", words=term.text)
    if condition.is_unknown:
        told: str = _UNKNOWN[field]
    elif condition.period:
        told = period_in_words(condition.period)
    else:
        told = _naming(field, condition.values, vocabulary)
    return message("not {what}", what=told) if term.excluded else told


def _naming(field: str, values: Sequence[str], vocabulary: Vocabulary) -> str:
    """The values of one filter with its lead: "printed by TASS or Xinhua"."""
    names = list(dict.fromkeys(vocabulary.name(field, value) for value in values))
    if len(names) > _LISTED + 1:
        names = [*names[:_LISTED], count_message("{count} more", "{count} more", len(names) - _LISTED)]
    told = any_of(names)
    match field:
        case "speaker":
            return message("said by {names}", names=told)
        case "side":
            return message("for {names}", names=told)
        case "publisher":
            return message("printed by {names}", names=told)
        case "formula":
            return message("with the formula {names}", names=told)
        case "entity":
            return message("naming {names}", names=told)
        case _:  # kinds, all of which are known
            return any_of([_KINDS[Kind(value)] for value in values])


def period_in_words(period: Period) -> Message:
    """ "24 February 2022", "17 February 2022 to 3 March 2022", "from 1 January 2022", "until 30 April 2023"."""
    first, last = period.first, period.last
    if first and last:
        if first == last:
            return message("{day}", day=first)
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return message("in {year}", year=first.year)
        return message("{first} to {last}", first=first, last=last)
    return message("from {day}", day=first) if first else message("until {day}", day=last)
