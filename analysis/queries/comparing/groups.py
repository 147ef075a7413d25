"""Whom a comparison sets side by side: how a link names them, and which statements are each one's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.messages import message
from analysis.queries.codes import coded
from analysis.queries.selection import having

MOST = 3
FEW = 20  # statements; a group with fewer says little

What = Literal["side", "speaker"]
_COLUMNS: Mapping[What, str] = {"side": "sides", "speaker": "speaker_members"}


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A side or a speaker, by identifier."""

    what: What
    value: str

    def __str__(self) -> str:
        """As links carry it: "side:CN", "speaker:wang-yi"."""
        return f"{self.what}:{self.value}"


def read(asked: Sequence[str], known: Mapping[str, Collection[str]]) -> tuple[list[Who], list[str]]:
    """Those whom a link asks to compare, each once, at most ``MOST``; and a clause for each that cannot be.

    known: the values that exist, for "side" and "speaker".
    """
    found: list[Who] = []
    lost: list[str] = []
    for each in dict.fromkeys(asked):
        name, _, value = each.partition(":")
        if name not in _COLUMNS:
            lost.append(message("“{asked}” names nobody; write it as side:CN or speaker:wang-yi", asked=each))
        elif value not in known.get(name, ()):
            lost.append(message("{name} “{value}” is not in this archive", name=name, value=value))
        elif len(found) == MOST:
            lost.append(message("“{asked}” is one too many: at most {most} are compared", asked=each, most=MOST))
        else:
            found.append(Who("side" if name == "side" else "speaker", value))
    return found, lost


@dataclass(frozen=True, slots=True)
class Group:
    """One of those compared, and its statements as places in the release's table, ascending."""

    who: Who
    every: np.ndarray  # (n,) that the filters keep, whether or not they are on the question
    on: np.ndarray  # (m,) of those, the ones on the question
    alone: np.ndarray  # (k,) of those on the question, the ones that count for no other group

    @property
    def is_small(self) -> bool:
        """Whether it says little."""
        return len(self.alone) < FEW


def groups(statements: pd.DataFrame, who: Sequence[Who], keep: np.ndarray, on: np.ndarray) -> list[Group]:
    """The statements of each.

    keep: (n,) bool, what the filters keep. on: (n,) bool, what of the whole table is on the question. What several
    of them said together belongs to each, and is nobody's alone. What a speaker said by themselves is theirs alone
    even beside their own side, which is then compared without it.
    """
    theirs = [having(statements, _COLUMNS[each.what], [each.value]) & keep for each in who]
    of_one = _by_one(statements)
    made = []
    for each, mask in zip(who, theirs, strict=True):
        others = np.zeros(len(statements), dtype=bool)
        for other, their_mask in zip(who, theirs, strict=True):
            if other != each:
                yields = other.what == "side" and each.what == "speaker"
                others |= their_mask & ~of_one if yields else their_mask
        made.append(Group(each, np.flatnonzero(mask), np.flatnonzero(mask & on), np.flatnonzero(mask & on & ~others)))
    return made


def _by_one(statements: pd.DataFrame) -> np.ndarray:
    """Which statements one speaker alone made: (n,) bool."""
    codes, lists = coded(statements, "speaker_members")
    single = np.fromiter((len(each or ()) == 1 for each in lists), dtype=bool, count=len(lists))
    return np.asarray(single[codes]) if len(lists) else np.zeros(len(codes), dtype=bool)


def together(compared: Sequence[Group]) -> int:
    """How many statements on the question belong to more than one of them and are nobody's alone."""
    if not compared:
        return 0
    on, counts = np.unique(np.concatenate([each.on for each in compared]), return_counts=True)
    return len(np.setdiff1d(on[counts > 1], np.concatenate([each.alone for each in compared])))


def without(compared: Sequence[Group]) -> list[Who]:
    """The sides that are compared without what a speaker beside them said."""
    speakers = [each.alone for each in compared if each.who.what == "speaker"]
    apart = np.concatenate(speakers) if speakers else np.zeros(0, dtype=np.intp)
    return [each.who for each in compared if each.who.what == "side" and np.isin(apart, each.on).any()]
