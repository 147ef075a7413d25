"""Which prints are near enough in meaning for their tokens to be compared, and what comes of comparing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.grouping.alignment import Aligner, is_latin
from analysis.grouping.prints import REACH, Print, compatible
from analysis.pieces import words_of

_MOST = 8  # nearest prints of other pages that each print is compared with
_BLOCK = 512  # prints whose cosines are taken at once


@dataclass(slots=True)
class Near:
    """What the tokens of prints near each other say, by their first rows."""

    signs: dict[tuple[int, int], Sequence[float]] = field(default_factory=dict)
    rows: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def of(self, first: Print, second: Print) -> Sequence[float] | None:
        """The signs of two prints; None where they were not compared."""
        return self.signs.get(_key(first, second))

    def to(self, one: Print) -> Iterable[int]:
        """The first rows of the prints that ``one`` was compared with."""
        return self.rows.get(one.rows[0], ())


def compared(prints: Sequence[Print], aligner: Aligner, least: float) -> Near:
    """The prints of a cosine of ``least`` or more, compared by their tokens."""
    pairs = list(dict.fromkeys(_pairs(prints, least)))
    near = Near()
    texts = {row: words_of(prints[row].pieces) for pair in pairs for row in pair}
    signs = aligner.signs([(texts[first], texts[second]) for first, second in pairs])
    for (first, second), values in zip(pairs, signs.tolist(), strict=True):
        one, other = prints[first], prints[second]
        near.signs[_key(one, other)] = values
        near.rows[one.rows[0]].append(other.rows[0])
        near.rows[other.rows[0]].append(one.rows[0])
    return near


def _key(first: Print, second: Print) -> tuple[int, int]:
    low, high = sorted((first.rows[0], second.rows[0]))
    return low, high


def _pairs(prints: Sequence[Print], least: float) -> Iterator[tuple[int, int]]:
    by_speaker: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(prints):
        if one.vector is not None and one.may_be_translated and is_latin(one.quote.text):
            by_speaker[one.speaker].append(number)
    pages: dict[str, int] = {}
    for numbers in by_speaker.values():
        numbers.sort(key=lambda number: (prints[number].quote.said_on, number))
        if len(numbers) > 1:
            yield from _of_one_speaker(numbers, prints, least, pages)


def _of_one_speaker(
    numbers: Sequence[int], prints: Sequence[Print], least: float, pages: dict[str, int]
) -> Iterator[tuple[int, int]]:
    """Pairs of one speaker's prints, given in the order of their days: the nearest of each, on other pages."""
    days = np.array([said.toordinal() for number in numbers if (said := prints[number].quote.said_on)])
    page = np.array([pages.setdefault(prints[number].page, len(pages)) for number in numbers])
    pinned = np.array([prints[number].quote.statement_id is not None for number in numbers])
    vectors = np.stack([vector for number in numbers if (vector := prints[number].vector) is not None])
    for start in range(0, len(numbers), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(numbers)))
        low = int(np.searchsorted(days, days[rows][0] - REACH, "left"))
        high = int(np.searchsorted(days, days[rows][-1] + REACH, "right"))
        cosines = vectors[rows] @ vectors[low:high].T
        out = np.abs(days[rows][:, None] - days[None, low:high]) > REACH
        out |= page[rows][:, None] == page[None, low:high]
        out |= pinned[rows][:, None] & pinned[None, low:high]
        cosines[out] = -1.0
        for at, row in enumerate(cosines):
            here = numbers[start + at]
            fitting = np.flatnonzero(row >= least)
            nearest = fitting[np.argsort(-row[fitting], kind="stable")]
            there = (numbers[low + int(place)] for place in nearest)
            yield from _first(here, there, prints)


def _first(here: int, there: Iterable[int], prints: Sequence[Print]) -> Iterator[tuple[int, int]]:
    found = 0
    for other in there:
        if compatible(prints[here], prints[other]):
            yield min(here, other), max(here, other)
            found += 1
            if found == _MOST:
                return
