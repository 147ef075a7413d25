"""What two wordings have in common, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from analysis.grouping.contrasts import contrasts
from analysis.grouping.wordings import Wording, weight


@dataclass(frozen=True)
class Between:
    """What two wordings have to do with each other."""

    first: Wording
    second: Wording

    @cached_property
    def kept(self) -> float:
        """Share of the words kept in order, of the shorter or of the stretch of the longer that they span."""
        matcher = SequenceMatcher(None, self.short, self.long, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return 0.0
        spread = blocks[-1].b + blocks[-1].size - blocks[0].b
        return sum(block.size for block in blocks) / max(len(self.short), spread)

    @cached_property
    def short(self) -> tuple[str, ...]:
        """The words of the shorter one."""
        return min(self.first.words, self.second.words, key=lambda words: (len(words), words))

    @cached_property
    def long(self) -> tuple[str, ...]:
        """The words of the longer one."""
        return max(self.first.words, self.second.words, key=lambda words: (len(words), words))

    @property
    def both(self) -> frozenset[str]:
        """What names something in both."""
        return self.first.subject & self.second.subject

    @cached_property
    def overlap(self) -> float:
        """How much of the lesser subject is in the other, by weight."""
        return weight(self.both) / min(weight(self.first.subject), weight(self.second.subject))

    @cached_property
    def alone(self) -> float:
        """The weight of what each names alone, the lesser of the two; 4 at most."""
        first, second = self.first.subject, self.second.subject
        return min(weight(first - second), weight(second - first), 4.0)

    @cached_property
    def row(self) -> float:
        """The longest row of the same words, as a share of the shorter: sentences of one pattern share long ones."""
        matcher = SequenceMatcher(None, self.short, self.long, autojunk=False)
        return matcher.find_longest_match().size / len(self.short)

    @property
    def is_run(self) -> bool:
        """True when the shorter stands in the longer word for word."""
        short, long = self.short, self.long
        starts = range(len(long) - len(short) + 1)
        return any(long[start] == short[0] and long[start : start + len(short)] == short for start in starts)

    @property
    def turned(self) -> bool:
        """True when one says of Russia what the other says of China."""
        one, other = self.first.countries, self.second.countries
        return len(one) > 1 and len(other) > 1 and one[0] != other[0]

    @property
    def inserted(self) -> bool:
        """True when what names something in one is all in the other."""
        return self.first.subject <= self.second.subject or self.second.subject <= self.first.subject

    @cached_property
    def other_things(self) -> int:
        """How many things of one sort are another in each."""
        return contrasts(self.first.forms, self.second.forms)

    @cached_property
    def clash(self) -> bool:
        """True when each has a number that the other lacks; a year may be written with its last two digits."""
        one = _unmatched(self.first.numbers, self.second.numbers)
        other = _unmatched(self.second.numbers, self.first.numbers)
        return (
            bool({_short_year(each) for each in one} ^ {_short_year(each) for each in other})
            if one and other
            else False
        )


def _unmatched(numbers: Iterable[float], others: Iterable[float]) -> list[float]:
    return [one for one in numbers if not any(abs(one - other) <= 0.02 * max(one, other) for other in others)]


def _short_year(number: float) -> float:
    return number % 100 if 1900 <= number <= 2100 else number
