"""Words that stand for different things in one place: a sentence about oil is no other translation of one about gas."""

from __future__ import annotations

from collections.abc import Collection

# Each line is a set of things of one sort, each with its words, folded. Fitted by no program: pairs of the kind that
# speeches are built on ("oil rose by 9 percent, gas by 27, coal fell").
_SORTS = [
    "oil petroleum crude | gas lng | coal | nuclear atomic reactor reactors | electricity | grain wheat corn |"
    " soy soya soybean soybeans | meat beef pork poultry | timber wood | fish seafood crab",
    "first firstly | second secondly | third thirdly | fourth fourthly | fifth | sixth",
    "spring | summer | autumn fall | winter",
    "january | february | march | april | june | july | august | september | october | november | december",
    "import imports importing imported | export exports exporting exported",
    "rise rises rose risen grow grows grew grown growth increase increases increased increasing up doubled tripled |"
    " fell fallen falls decline declines declined drop drops dropped decrease decreased down shrank shrink lower",
    "army land | navy naval fleet sea | air aircraft bomber bombers",
]


def _read(line: str) -> dict[str, int]:
    return {word: number for number, thing in enumerate(line.split("|")) for word in thing.split()}


_THINGS = [_read(line) for line in _SORTS]


def contrasts(first: Collection[str], second: Collection[str]) -> int:
    """In how many sorts both texts, given by their folded words, name things and none in common."""
    found = 0
    for thing_of in _THINGS:
        one = {thing_of[word] for word in first if word in thing_of}
        other = {thing_of[word] for word in second if word in thing_of}
        found += bool(one and other and not one & other)
    return found
