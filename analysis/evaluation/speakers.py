"""Whether two annotations name the same speaker: by the words in the text, or by canonical name."""

from __future__ import annotations

import re

from analysis.evaluation.units import WORD, Row, trimmed

_NAME_ENDS = re.compile(r",|;|\(|–|—| - |\b(?:of|at|for|in|on|from|who|with|to|whose|which|that|by)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s$")
_TITLES = frozenset(
    "mr mrs ms dr sen rep gov president minister foreign the secretary spokesman spokeswoman spokesperson "
    "ambassador chairman professor prof prime premier vice chinese russian us general".split()
)


def _span(quote: Row) -> tuple[int, int] | None:
    start, end = quote.get("speaker_start"), quote.get("speaker_end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) and end > start else None


def name_as_printed(text: str, quote: Row) -> str:
    """The words that name the speaker, "" where nobody is named."""
    span = _span(quote)
    return quote.get("speaker_text") or (text[span[0] : span[1]] if span else "")


def _head(name: str) -> str:
    """The last word of a name before a comma or a preposition, lower case."""
    core = _NAME_ENDS.split(name.strip(" ,.’'\"“”"), maxsplit=1)[0]
    words = WORD.findall(core if core.strip() else name)
    return _POSSESSIVE.sub("", words[-1].lower()) if words else ""


def same_span(text: str, gold: Row, system: Row) -> bool:
    """True when the two name the speaker by the same words of the text, marks and white space trimmed."""
    wanted, given = _span(gold), _span(system)
    return bool(wanted and given and trimmed(text, *wanted) == trimmed(text, *given))


def same_speaker(text: str, gold: Row, system: Row) -> bool:
    """True when the two spans share a word, or their names have the same head word."""
    wanted, given = _span(gold), _span(system)
    if wanted and given:
        start, end = max(wanted[0], given[0]), min(wanted[1], given[1])
        if start < end and WORD.search(text[start:end]):
            return True
    head = _head(name_as_printed(text, gold))
    return bool(head) and head == _head(name_as_printed(text, system))


def _words(name: str) -> set[str]:
    return {_POSSESSIVE.sub("", word.lower()) for word in WORD.findall(name)}


def _one_letter_apart(first: str, second: str) -> bool:
    if first == second:
        return True
    if max(len(first), len(second)) < 4 or abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] if len(short) < len(long) else short[at + 1 :] == long[at + 1 :]


def same_name(gold: Row, system: Row) -> bool:
    """True when every word of the gold's canonical name, titles dropped, stands in the system's.

    One letter's difference is allowed in words of four letters or more; an alternative name will do, and
    of each of ``group_members`` one word is enough.
    """
    given = _words(str(system.get("speaker_canonical") or system.get("speaker_text") or ""))

    def stands(word: str) -> bool:
        return any(_one_letter_apart(word, other) for other in given)

    def core(name: str) -> set[str]:
        return (_words(name) - _TITLES) or _words(name)

    if members := gold.get("group_members"):
        if all(any(map(stands, core(member))) for member in members):
            return True
    elif all(map(stands, core(gold["speaker_canonical"]))):
        return True
    return any(all(map(stands, core(name))) for name in gold.get("speaker_canonical_alt") or [])
