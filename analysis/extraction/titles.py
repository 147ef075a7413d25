"""The office a document prints beside a name: before it, set off by a comma before it, or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.extraction.roles import core_of, head_of, kinds_of, names_a_post

_LONGEST = 16  # tokens of a title
_MODIFIERS = frozenset({"PROPN", "NOUN", "ADJ"})
_LINKS = frozenset({"of", "for", "to", "in", "at", "on", "and", "&"})
_INSIDE = frozenset({"'s", "’s", "’", "'", "-", "–", "the"})
_MASTERS = frozenset({"mr", "sir", "lord", "monsieur", "herr"})
_MISTRESSES = frozenset({"mrs", "ms", "miss", "lady", "madam", "madame", "frau"})
_COURTESY = frozenset({*_MASTERS, *_MISTRESSES, "mr.", "mrs.", "ms.", "dr", "dr.", "comrade"})
_AFTER = re.compile(
    r"\s?(?:,|\(|–|—)\s?(?:(?:who is|also|now|then)\s)?(?:the |an? )?(?P<title>[^,;:()\n“”\"!?–—]{3,160}?)"
    r"(?=\s?[,;:()“”\"–—\n]|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)\.(?:\s|$)|\s(?:said|says|told|has|was|is|had|who|wrote|and)\b|$)"
)
_PLURAL = re.compile(r"(president|minister|leader|ambassador|premier|chancellor|senator)s$", re.IGNORECASE)


def is_courtesy(word: str) -> bool:
    """True for "Mr", "Dr." and the like."""
    return word.lower() in _COURTESY


def courtesy_pronoun(word: str) -> str | None:
    """ "he" after "Mr", "she" after "Mrs" or "Ms"; None after anything else."""
    plain = word.lower().rstrip(".")
    return "he" if plain in _MASTERS else "she" if plain in _MISTRESSES else None


def title_before(parsed: Doc, text: str, first: int, names: Sequence[bool]) -> str | None:
    """The office right before the name whose first token is number ``first``: "Chinese Foreign Ministry spokesman".

    text: the document's, ``parsed.text`` (which spaCy builds anew each time it is asked).
    names: for each token, whether it belongs to a person's name; a title never runs into one.
    """
    start = _title_start(parsed, text, first, names)
    if start is None:
        return None
    words = text[parsed[start].idx : parsed[first - 1].idx + len(parsed[first - 1])]
    return _PLURAL.sub(r"\1", words)  # "Presidents Hu and …": each is a president


def _title_start(parsed: Doc, text: str, first: int, names: Sequence[bool]) -> int | None:
    """The first token of a title that ends right before token ``first``."""
    at = first - 1
    if (
        at < 0
        or parsed[at].lower_ in _LINKS | _INSIDE
        or "\n" in text[parsed[at].idx + len(parsed[at]) : parsed[first].idx]
    ):
        return None
    start: int | None = None
    while at >= 0 and first - at <= _LONGEST and not names[at]:
        token = parsed[at]
        lower = token.lower_
        if "\n" in token.text or is_courtesy(lower) or token.ent_type_ in ("DATE", "TIME"):
            break
        if lower in _LINKS:
            anchor = at - 1
            if anchor >= 0 and parsed[anchor].lower_ == "the":
                anchor -= 1
            if anchor < 0 or names[anchor] or not _may_govern(parsed[anchor].text):
                break
        elif lower not in _INSIDE and token.pos_ not in _MODIFIERS and not names_a_post(lower):
            break
        elif lower not in _INSIDE:
            start = at
        at -= 1
    if start is None:
        return None
    words = text[parsed[start].idx : parsed[first - 1].idx + len(parsed[first - 1])]
    return start if _is_title(words) else None


def _may_govern(word: str) -> bool:
    """True for a word that "of" or "to" may follow inside a title: "ambassador to", "Ministry of"."""
    return names_a_post(word) or word.lower() in {
        "ministry", "department", "institute", "office", "committee", "commission", "council", "university", "affairs",
        "academy", "state", "republic", "bureau", "chiefs", "joint", "representative", "centre", "center", "staff",
    }  # fmt: skip


def _is_title(words: str) -> bool:
    return bool(kinds_of(words)) and (names_a_post(head_of(core_of(words))) or names_a_post(words.split()[-1]))


def title_after(text: str, end: int) -> str | None:
    """The office set off by a comma after a name that ends at ``end``: "director of the Institute of …"."""
    match = _AFTER.match(text, end, min(len(text), end + 200))
    if match is None:
        return None
    title = match["title"].strip()
    return title if names_a_post(head_of(core_of(title))) else None


def title_set_off(parsed: Doc, text: str, first: int, end: int, names: Sequence[bool]) -> str | None:
    """The office before a name between commas: "the Russian ambassador in Beijing, Andrei Denisov, reported"."""
    if first < 2 or parsed[first - 1].text != "," or not re.match(r"\s?[,)]", text[end : end + 2]):
        return None
    start = _title_start(parsed, text, first - 1, names)
    if start is None:
        at = first - 2  # a place may end it: "ambassador in Beijing"
        while at > 0 and first - at <= _LONGEST and not names[at] and not names_a_post(parsed[at].lower_):
            if parsed[at].pos_ not in _MODIFIERS and parsed[at].lower_ not in _LINKS | _INSIDE:
                return None
            at -= 1
        if not names_a_post(parsed[at].lower_):
            return None
        start = _title_start(parsed, text, at + 1, names)
    if start is None:
        return None
    last = parsed[first - 2]
    return text[parsed[start].idx : last.idx + len(last)]
