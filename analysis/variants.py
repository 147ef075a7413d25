"""Finds wordings in a text, whole words only: the small language they are written in, and the walk along the text.

A variant is a row of words. Case, diacritics, possessives, the kinds of hyphens, quotation marks and apostrophes, and
British or American spelling make no difference. Beyond plain words it may hold

- ``good-neighbour``  a hyphen: with a hyphen, apart, or as one word
- ``target~``         any regular inflection: target, targets, targeted, targeting
- ``(party|parties)`` one of these, each a word or several
- ``[a|any]``         one of these or nothing
- ``<3>``             up to three other words; a comma, a dash or brackets may stand between
- ``,``               a comma or dash may stand here; elsewhere it ends the wording
- ``!(on|upon)``      at the end: none of these words may follow; at the beginning: none may go before

No wording reaches over the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analysis.wording import Word, forms, words

_MOST_BETWEEN = 20  # words that <n> may leap over

_SYMBOL = re.compile(
    r"\s*(?:\((?P<one>[^()\[\]<>!|]+(?:\|[^()\[\]<>!|]+)*)\)|\[(?P<maybe>[^()\[\]<>!|]+(?:\|[^()\[\]<>!|]+)*)\]"
    r"|<(?P<between>\d{1,2})>|(?P<comma>,)|!\((?P<never>[^()\[\]<>!|~]+(?:\|[^()\[\]<>!|~]+)*)\)"
    r"|(?P<word>[^\W_][^\s()\[\]<>,!|;~]*~?))"
)
_QUOTES = "\"'“”„‟‘’‚‛«»‹›\\[\\]"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_TIGHT = re.compile(rf"[{_QUOTES}]*+(?:\s++|[{_HYPHENS}])?+[{_QUOTES}]*+")
_LOOSE = re.compile(rf"[\s{_QUOTES}{_HYPHENS},()/&…]*")
_BLANK_LINE = re.compile(r"\n\s*\n")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

# British and American spellings of the same word: what stands in one stands for the other.
_SPELLINGS = (
    *((f"{stem}our", f"{stem}or") for stem in "neighb fav hon lab col behavi endeav end rum harb".split()),
    ("defence", "defense"),
    ("offence", "offense"),
    ("centre", "center"),
    ("programme", "program"),
)
_ISE = re.compile(r"(?<=[a-z]{3})(i)([sz])(e[sdr]?|ing|ation|ations)$")


@dataclass(frozen=True, slots=True)
class _Step:
    """One piece of a variant: any of some rows of words, or a leap over others."""

    options: tuple[tuple[tuple[str, ...], ...], ...] = ()  # each option: a row of places, each with the words it takes
    may_be_absent: bool = False
    between: int = 0  # leaps over up to so many words
    after_comma: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording, read from the language above."""

    steps: tuple[_Step, ...]
    never_before: frozenset[str]  # words that may not go before
    never_after: frozenset[str]  # words that may not follow
    plainest: str  # the shortest text it finds, as written: its first options, without what may be absent


def read_variant(text: str) -> Variant:
    """The variant that ``text`` writes.

    Raises ValueError, naming the place, for what is none of the language, and for what would find no or any word.
    """
    steps: list[_Step] = []
    plain: list[str] = []
    never_before: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    at, loose, text = 0, False, text.strip()
    while at < len(text):
        found = _SYMBOL.match(text, at)
        if found is None:
            raise ValueError(f"“{text[at:].strip()}” cannot be read in “{text}”")
        at, given = found.end(), found.group(found.lastgroup or 0)
        if found.lastgroup == "comma":
            loose = True
        elif found.lastgroup == "never":
            listed = frozenset(form for option in given.split("|") for form in forms(option)[:1])
            if at < len(text) and steps:
                raise ValueError(f"!({given}) in “{text}” belongs at the beginning or the end")
            never_before, never_after = (never_before, listed) if steps else (listed, never_after)
        elif found.lastgroup == "between":
            if not 0 < int(given) <= _MOST_BETWEEN:
                raise ValueError(f"<{given}> in “{text}”: leap over 1 to {_MOST_BETWEEN} words")
            steps.append(_Step(between=int(given), after_comma=True))
            loose = True
        else:
            options = tuple(row for option in given.split("|") for row in _rows(option, text))
            steps.append(_Step(options, found.lastgroup == "maybe", after_comma=loose))
            loose = loose and found.lastgroup == "maybe"
            if found.lastgroup != "maybe":
                plain.append(given.split("|")[0].replace("~", "").strip())
    if not steps or any(not step.options or step.may_be_absent for step in (steps[0], steps[-1])):
        raise ValueError(f"“{text}” must begin and end with words that have to be there")
    return Variant(tuple(steps), never_before, never_after, " ".join(plain))


def _rows(option: str, variant: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The rows of words that one option stands for: with its hyphens and those of co-operation, and without."""
    apart: list[tuple[str, ...]] = []
    solid: list[tuple[str, ...]] = []
    for word in option.split():
        pieces, inflected = forms(word.removesuffix("~")), word.endswith("~")
        if not pieces or "~" in word[:-1]:
            raise ValueError(f"“{word}” in “{variant}” is no word")
        joined = ["".join(pieces)] if "-" in word else pieces
        if pieces[0].startswith(("coordinat", "cooperat")):
            pieces = ["co", pieces[0].removeprefix("co"), *pieces[1:]]
        for row, forms_of_row in ((apart, pieces), (solid, joined)):
            row += [_spellings([form]) for form in forms_of_row[:-1]]
            row.append(_spellings(inflections(forms_of_row[-1]) if inflected else [forms_of_row[-1]]))
    if not apart:
        raise ValueError(f"an option of “{variant}” is empty")
    yield tuple(apart)
    if solid != apart:
        yield tuple(solid)


def inflections(word: str) -> list[str]:
    """``word`` and its regular English inflections: number, person, past and -ing. Some are no words; none misleads."""
    if not word.isascii() or len(word) < 2:
        return [word]
    after_consonant = word[-2] not in "aeiou"
    if word.endswith("y") and after_consonant:
        return [word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    if word.endswith("e"):
        return [word, f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    plural = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    doubled = word + word[-1] if word[-1] not in "aeiouwxy" and not after_consonant else word
    return list(dict.fromkeys([word, plural, f"{word}ed", f"{word}ing", f"{doubled}ed", f"{doubled}ing"]))


def _spellings(written: Iterable[str]) -> tuple[str, ...]:
    """Every word with its other spelling."""
    found: dict[str, None] = {}
    for word in written:
        found[word] = None
        for british, american in _SPELLINGS:
            if word.startswith(british):
                found[american + word.removeprefix(british)] = None
            elif word.startswith(american):
                found[british + word.removeprefix(american)] = None
        if ending := _ISE.search(word):
            found[f"{word[: ending.start()]}i{'z' if ending[2] == 's' else 's'}{ending[3]}"] = None
    return tuple(found)


@dataclass(slots=True)
class _State:
    """Where a walk stands, and where each next word leads; True: over a comma too."""

    steps: dict[str, dict[int, bool]] = field(default_factory=dict)
    any_word: set[int] = field(default_factory=set)
    ends: list[tuple[int, Variant]] = field(default_factory=list)  # whose wordings are complete here


class Finder:
    """Finds many variants at once. The walk takes time that grows with the text's words, however many match."""

    def __init__(self, variants: Iterable[tuple[int, Variant]]) -> None:
        """variants: each with the number to report it by; several may share one."""
        self._states = [_State()]
        for number, variant in variants:
            ends = {0}
            for step in variant.steps:
                ends = self._add(ends, step)
            for end in ends:
                self._states[end].ends.append((number, variant))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, number) of each wording in ``text``, in order of start, then end, then number.

        Code points, end exclusive. Of one number the longest at each place, and no two that overlap.
        """
        places = words(text)
        found = []
        last: dict[int, int] = {}
        for first in range(len(places)):
            if places[first].form not in self._states[0].steps:
                continue
            for number, end in self._longest(text, places, first).items():
                if places[first].start >= last.get(number, 0):
                    last[number] = places[end].end
                    found.append((places[first].start, places[end].end, number))
        return sorted(found)

    def _add(self, sources: set[int], step: _Step) -> set[int]:
        """Let ``step`` follow each of ``sources``; the states in which it is done."""
        if step.between:
            done = set(sources)
            for _ in range(step.between):
                over = self._new()
                for source in sources:
                    self._states[source].any_word.add(over)
                sources = {over}
                done.add(over)
            return done
        end = self._new()
        for row in step.options:
            here, loose = sources, step.after_comma
            for at, forms_here in enumerate(row):
                there = end if at == len(row) - 1 else self._new()
                for source in here:
                    for form in forms_here:
                        targets = self._states[source].steps.setdefault(form, {})
                        targets[there] = targets.get(there, False) or loose
                here, loose = {there}, False
        return sources | {end} if step.may_be_absent else {end}

    def _new(self) -> int:
        self._states.append(_State())
        return len(self._states) - 1

    def _longest(self, text: str, places: Sequence[Word], first: int) -> dict[int, int]:
        """Each number whose wording begins at word ``first``, with the word at which its longest one ends."""
        ends: dict[int, int] = {}
        apart = first == 0 or _link(text, places[first - 1], places[first]) == _BREAK
        leads = None if apart else places[first - 1].form
        standing = set(self._states[0].steps[places[first].form])
        for at in range(first, len(places)):
            link = _link(text, places[at], places[at + 1]) if at + 1 < len(places) else _BREAK
            follows = places[at + 1].form if link != _BREAK else None
            for state in standing:
                for number, variant in self._states[state].ends:
                    if leads not in variant.never_before and follows not in variant.never_after:
                        ends[number] = at
            if follows is None:
                break
            onward: set[int] = set()
            for state in standing:
                here = self._states[state]
                onward |= here.any_word
                onward |= {there for there, loose in here.steps.get(follows, {}).items() if loose or link == _CLOSE}
            if not onward:
                break
            standing = onward
        return ends


_CLOSE, _COMMA, _BREAK = range(3)


def _link(text: str, before: Word, after: Word) -> int:
    """What stands between two neighbouring words: next to nothing, a comma or the like, or the end of a sentence."""
    between = text[before.end : after.start]
    if not between:  # neighbours in Chinese; letters that run into Chinese ones are no wording
        return _CLOSE if _HAN.match(text, after.start) and _HAN.match(text, before.end - 1) else _BREAK
    if _BLANK_LINE.search(between):
        return _BREAK
    if _TIGHT.fullmatch(between):
        return _CLOSE
    return _COMMA if _LOOSE.fullmatch(between) else _BREAK
