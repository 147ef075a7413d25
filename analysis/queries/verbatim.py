"""Whether a statement's words are the speaker's own, as far as its prints tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from analysis.messages import Message, count_message, message
from analysis.schema import Kind

_OPENING, _CLOSING = "“”„«「『\"'‘", "”“»」』\"'’"
_QUOTED = re.compile(r"[“„]([^“”„]+)[”“]|«([^«»]+)»|「([^「」]+)」|\"([^\"]+)\"|(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)")
_NEAR = 3  # characters around a quotation within which its marks stand


class Printed(StrEnum):
    """How one print gives the words."""

    MARKS = "marks"  # inside quotation marks
    OWN = "own"  # unmarked, but the speaker's: a turn in a transcript, a letter read out
    PARTLY = "partly"  # reported, with some words in quotation marks
    REPORTED = "reported"  # without any


def how_printed(kind: str, text: str, start: int, end: int) -> Printed:
    """How a document's ``text`` prints the words from ``start`` to ``end``, whose kind is given."""
    if kind == Kind.INDIRECT:
        return Printed.REPORTED
    if kind == Kind.MIXED:
        return Printed.PARTLY
    inside = text[start:end]
    before, after = text[max(0, start - _NEAR) : start] + inside[:1], inside[-1:] + text[end : end + _NEAR]
    is_marked = any(mark in before for mark in _OPENING) or any(mark in after for mark in _CLOSING)
    return Printed.MARKS if is_marked else Printed.OWN


def is_it_verbatim(prints: Sequence[Printed]) -> Message:
    """The answer to "is this quotation verbatim?", with how many of its prints say so. ``prints``: one or more."""
    counts, every = Counter(prints), len(prints)
    marked, own = counts[Printed.MARKS], counts[Printed.OWN]
    if own and not marked:
        where = count_message("{own} of {count} print", "{own} of {count} prints", every, own=own)
        return message("Verbatim: printed as the speaker’s own text, as a transcript does, in {where}", where=where)
    if marked:
        words = marked + own
        where = count_message("{marked} of {count} print", "{marked} of {count} prints", every, marked=marked)
        if words == every:
            return message("Verbatim: in quotation marks in {where}", where=where)
        return message("Verbatim in part of its prints: in quotation marks in {where}, reported elsewhere", where=where)
    if partly := counts[Printed.PARTLY]:
        where = count_message("{partly} of {count} print", "{partly} of {count} prints", every, partly=partly)
        return message("Partly verbatim: reported, with only some words in quotation marks, in {where}", where=where)
    where = count_message("{count} print", "{count} prints", every)
    return message("Not verbatim: reported without quotation marks in {where}", where=where)


def quoted_parts(words: str) -> list[str]:
    """What stands in quotation marks within ``words``, in order, each once."""
    found = ("".join(part for part in match.groups() if part).strip(" ,.;") for match in _QUOTED.finditer(words))
    return list(dict.fromkeys(part for part in found if part))
