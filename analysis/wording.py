"""Words of a text as search and grouping compare them: folded, without marks, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A word is a run of letters and digits; Han and kana run on without spaces, so each neighbouring pair is a word.
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<dotted>(?:[A-Za-z]\.){{2,}})|[^\W_{_HAN}]+(?:['’ʼ][^\W\d_{_HAN}]+)*")

# Words that carry no subject of their own.
STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have he her hers him his how i if"
    " in into is it its itself may me might mr mrs ms must my of on one or our ours she should so some such than that"
    " the their theirs them themselves then there these they this those to too us very was we were what when where"
    " which while who whom whose why will with would you your yours about also any been between both each more most"
    " other over own same s t u up out upon under only just like say says said".split()
)

NEGATIONS = frozenset("no not nor neither never none nobody nothing without cannot dont doesnt isnt arent wont".split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands: code points, end exclusive."""

    form: str  # folded: "targeted", "china" for "China’s", "usa" for "U.S."
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Every word of ``text`` in order. Han runs give overlapping pairs of characters, a lone one itself."""
    return [Word(fold(text[start:end]), start, end) for start, end in _places(text)]


def forms(text: str) -> list[str]:
    """The folded forms of ``words(text)``."""
    return [fold(text[start:end]) for start, end in _places(text)]


def _places(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match.lastgroup == "han" and end - start > 1:
            yield from ((at, at + 2) for at in range(start, end - 1))
        else:
            yield start, end


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word without case, diacritics, width, possessive and the dots of an abbreviation."""
    if word in ("US", "USA", "U.S.", "U.S.A."):
        return "usa"  # folding would make it the pronoun
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ʼ", "'")).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain.replace(".", "").removesuffix("'s")).replace("'", "") or word


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """A folded English form without the endings of number, tense and participle; other words as they are.

    The S-stemmer of Harman (1991), "How effective is suffixing?", with -ed, -ing and a final e taken off too:
    "targets", "targeted" and "targeting" meet. Two words that meet by accident cost a little precision only.
    """
    if len(form) < 4 or not form.isascii() or not form.isalpha():
        return form
    if form.endswith("ies") and form[-4] not in "ae":
        form = form[:-3] + "y"
    elif form.endswith("es") and form[-3] in "sxz":
        form = form[:-2]
    elif form.endswith("s") and form[-2] not in "us":
        form = form[:-1]
    for ending in ("ing", "ed"):
        root = form.removesuffix(ending)
        if root != form and len(root) >= 3 and any(letter in "aeiouy" for letter in root):
            form = root[:-1] if root[-1] == root[-2] and root[-1] not in "ls" else root
            break
    return form[:-1] if len(form) > 4 and form.endswith("e") else form
