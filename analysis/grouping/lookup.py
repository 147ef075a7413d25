"""Which groups of prints another could be of, without comparing it with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analysis.grouping.prints import Print

_WEEK = 7  # days; the width of the bins in which candidates are looked up
_LISTS = 6  # of the rarest words' groups are always looked at,
_CANDIDATES = 200  # others while they add up to no more than this
_SHINGLE = 3  # words in a row by which undated quotes are looked up


class Lookup:
    """Groups by speaker, week and word; by speaker and three words in a row, for undated quotes; and by print."""

    def __init__(self) -> None:
        self._dated: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        self._any: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        self._of: dict[int, int] = {}  # first row of a print → its group

    def add(self, one: Print, number: int) -> None:
        """Make ``number`` findable by the print that joined it."""
        self._of[one.rows[0]] = number
        if one.quote.said_on:
            week = one.quote.said_on.toordinal() // _WEEK
            for word in one.wording.subject:
                _append(self._dated[one.speaker, week, word], number)
        for shingle in _shingles(one.wording.words):
            _append(self._any[one.speaker, shingle], number)

    def candidates(self, one: Print, near: Iterable[int]) -> list[int]:
        """Numbers of groups that may hold prints of the same utterance, ascending; near: first rows of prints."""
        if one.quote.said_on:
            week = one.quote.said_on.toordinal() // _WEEK
            keys = [
                (one.speaker, near_by, word) for near_by in (week - 1, week, week + 1) for word in one.wording.subject
            ]
            lists = [numbers for key in keys if (numbers := self._dated.get(key))]
        else:
            lists = [numbers for run in _shingles(one.wording.words) if (numbers := self._any.get((one.speaker, run)))]
        found = {self._of[row] for row in near if row in self._of}
        for tried, numbers in enumerate(sorted(lists, key=lambda numbers: (len(numbers), numbers))):
            if tried >= _LISTS and len(found) + len(numbers) > _CANDIDATES:
                break
            found.update(numbers)
        return sorted(found)


def _append(numbers: list[int], number: int) -> None:
    if not numbers or numbers[-1] != number:
        numbers.append(number)


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))
