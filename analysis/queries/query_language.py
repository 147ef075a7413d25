"""The query language of search: what is typed, read into a record.

    gas pipeline                     free words: they rank by words and by meaning
    "no limits"                      the phrase must stand exactly so
    -alliance -"no limits" -side:CN  without the word, the phrase, what the filter keeps
    gas OR oil, side:CN OR side:RU   at least one of them
    speaker:Lavrov side:RU publisher:"Xinhua" kind:direct formula:no-limits entity:NATO
    after:2022 before:2023-05 until:2023-05-07 on:2022-02 near:2022-02-24~30

Any text can be read: what cannot be used is told in the query's hints, and the rest is searched. OR joins only what
stands beside it. Nothing here looks at an archive: which names a filter's value means is for ``query_values``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.messages import Message, message
from analysis.queries.query_days import DATE_FIELDS, read_period
from analysis.wording import forms

FIELDS: dict[str, str] = {
    "speaker": message("who said it"),
    "side": message("whom the speaker speaks for"),
    "publisher": message("who printed it"),
    "kind": message("direct, mixed or indirect"),
    "formula": message("a fixed wording that it uses"),
    "entity": message("who or what its words name"),
    "after": message("said on its first day or later"),
    "before": message("said before its first day"),
    "until": message("said on its last day or earlier"),
    "on": message("said on that day, in that month or year, or from..to"),
    "near": message("said within 7 days of a day, 15 of a month, 90 of a year"),
}
ALIASES = {"from": "after", "since": "after", "to": "until", "date": "on"}
UNKNOWN = "unknown"  # of speaker, side, publisher, on: what the archive does not know

_MOST_TERMS = 64  # that filter; each is looked up in every statement
_MOST_HINTS = 8
_MARKS = '"“”„‟«»＂「」『』'
_SPACE = re.compile(r"\s*")
_HEAD = re.compile(r"(?:(?P<name>[^\W\d_]{1,20})[:：](?!//))?")
_PHRASE = re.compile(rf"[{_MARKS}]([^{_MARKS}]*)([{_MARKS}]?)")
_CHUNK = re.compile(rf"[^\s{_MARKS}]*")
_ITEM = rf"-?(?:[^\W\d_]{{1,20}}[:：])?(?:[{_MARKS}][^{_MARKS}]*[{_MARKS}]|[^\s(){_MARKS}]+)"
_CHAIN = re.compile(rf"(?<![:：])\({_ITEM}(?:\s+(?:OR|\|{{1,2}})\s+{_ITEM})*\)")  # parentheses that change nothing
_NEEDED = re.compile(r"[()]")
_PLAIN_VALUE = re.compile(r"\w[\w./~'’&+-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: a word, a phrase, or a filter's value."""

    text: str  # as typed, spaces evened out; a date in its plainest spelling
    field: str | None = None  # one of FIELDS; None: the words themselves
    exact: bool = False  # a phrase in quotation marks
    excluded: bool = False

    def __str__(self) -> str:
        """As it can be typed."""
        if self.field:
            written = self.text if _PLAIN_VALUE.fullmatch(self.text) else f'"{self.text}"'
            written = f"{self.field}:{written}"
        else:
            written = f'"{self.text}"' if self.exact else self.text
        return f"-{written}" if self.excluded else written


Clause = tuple[Term, ...]  # alternatives: any of them will do


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: all clauses hold for every statement found, but for free words, which only rank.

    Two queries are equal when they ask the same; hints are about how it was typed.
    """

    clauses: tuple[Clause, ...] = ()
    hints: tuple[str, ...] = field(default=(), compare=False)  # a sentence each, for the reader

    def __str__(self) -> str:
        """The query as it can be typed: reading it gives an equal one, without hints."""
        return " ".join(" OR ".join(str(term) for term in clause) for clause in self.clauses)

    @property
    def asked(self) -> str:
        """What ranks: words and phrases in their order; phrases that must stand so in quotation marks."""
        ranking = [(term, len(clause) == 1) for clause in self.clauses for term in clause]
        return " ".join(
            str(term) if must_stand else term.text for term, must_stand in ranking if not (term.field or term.excluded)
        )

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that must stand exactly so."""
        return tuple(
            clause[0].text for clause in self.clauses if len(clause) == 1 and clause[0].exact and not clause[0].excluded
        )

    @property
    def conditions(self) -> tuple[Clause, ...]:
        """The clauses that a statement passes or not: all but free words."""
        return tuple(clause for clause in self.clauses if len(clause) > 1 or not is_free(clause[0]))

    @property
    def words(self) -> tuple[str, ...]:
        """The free words."""
        return tuple(clause[0].text for clause in self.clauses if len(clause) == 1 and is_free(clause[0]))


def parse(text: str) -> Query:
    """The query that ``text`` means. Any text can be read, in time linear in its length; nothing is ever raised."""
    return _Reader(text).read()


def is_free(term: Term) -> bool:
    """True for a word that ranks and filters nothing, unless OR joins it to another."""
    return not (term.field or term.exact or term.excluded)


@dataclass(slots=True)
class _Token:
    sort: Literal["term", "or", "field", "mute"]  # field: without its value; mute: punctuation among free words
    term: Term


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._hints: dict[Message, None] = {}
        self._parentheses = False  # there are some
        self._shouted = text.isupper()

    def read(self) -> Query:
        """The query, with what could not be used among its hints."""
        tokens = self._filled(list(self._tokens()))
        clauses: list[list[Term]] = []
        joined = False
        for at, token in enumerate(tokens):
            if token.sort == "or":
                before, after = tokens[max(at - 1, 0)], tokens[min(at + 1, len(tokens) - 1)]
                joined = before.sort == "term" and after.sort == "term"
                if not joined:
                    self._hint(message("OR stands between two words, phrases or filters; elsewhere it is left out."))
                continue
            if joined and clauses:
                clauses[-1].append(token.term)
            else:
                clauses.append([token.term])
            joined = False
        if (
            self._parentheses
            and any(token.sort == "or" for token in tokens)
            and _NEEDED.search(_CHAIN.sub("", self._text))
        ):
            self._hint(message("Parentheses are not read; OR joins only the two beside it: gas OR oil."))
        read = [tuple(term for term in map(self._read_date, clause) if term) for clause in clauses]
        return Query(self._capped([clause for clause in read if clause]), tuple(self._hints))

    def _tokens(self) -> Iterator[_Token]:
        text, at = self._text, 0
        while True:
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
            if at >= len(text):
                return
            if text[at] in "()":
                self._parentheses = True
                at += 1
                continue
            excluded = text[at] == "-"
            at += excluded
            while excluded and at < len(text) and text[at] in "()":
                self._parentheses = True
                at += 1
            head = _HEAD.match(text, at)
            assert head is not None, "it matches nothing too"
            name = _field(head["name"]) if head["name"] else None
            start = head.end() if name else at
            if start < len(text) and text[start] in _MARKS:
                phrase = _PHRASE.match(text, start)
                assert phrase is not None, "a mark stands there"
                at = phrase.end()
                yield from self._phrase(phrase, name, excluded)
                continue
            chunk = _CHUNK.match(text, start)
            assert chunk is not None, "it matches nothing too"
            at = chunk.end()
            yield from self._word(chunk[0], name, excluded)

    def _phrase(self, phrase: re.Match[str], name: str | None, excluded: bool) -> Iterator[_Token]:
        words = " ".join(phrase[1].split())
        if not phrase[2]:
            self._hint(
                message(
                    "The quotation mark before “{words}” is not closed; the phrase was read to the end.",
                    words=_cut(words),
                )
            )
        if name:
            yield _Token("term" if words else "field", Term(words, name, excluded=excluded))
        elif forms(words):
            yield _Token("term", Term(words, exact=True, excluded=excluded))
        elif words:
            self._hint(message("“{words}” in quotation marks has no word to look for.", words=_cut(words)))

    def _word(self, chunk: str, name: str | None, excluded: bool) -> Iterator[_Token]:
        word = chunk.lstrip("(")
        if word.endswith(")") and word.count(")") > word.count("("):
            word = word.rstrip(")")
        self._parentheses |= word != chunk
        if name:
            yield _Token("term" if word else "field", Term(word, name, excluded=excluded))
        elif word in ("OR", "|", "||") and not excluded:
            yield _Token("or", Term(word))
        elif forms(word):
            if word in ("AND", "NOT") and not self._shouted:
                self._hint(
                    message(
                        "{word} is read as a word: all filters apply at once, and -word leaves a word out.", word=word
                    )
                )
            yield _Token("term", Term(word, excluded=excluded))
        elif word or excluded:
            yield _Token("mute", Term(f"{'-' * excluded}{word}"))

    def _filled(self, tokens: list[_Token]) -> list[_Token]:
        """The tokens with "speaker: Lavrov" read as "speaker:Lavrov"; fields without a value are told and left out."""
        filled: list[_Token] = []
        tokens.reverse()
        while tokens:
            token = tokens.pop()
            if token.sort == "field":
                follows = tokens[-1] if tokens else None
                if follows and follows.sort == "term" and not follows.term.field and not follows.term.excluded:
                    tokens.pop()
                    token = _Token("term", Term(follows.term.text, token.term.field, False, token.term.excluded))
                else:
                    self._hint(message("“{field}:” has nothing after it, so it was left out.", field=token.term.field))
                    continue
            elif token.sort == "term" and not token.term.field and not token.term.exact:
                self._hint_at_field(token.term.text)
            filled.append(token)
        return filled

    def _hint_at_field(self, word: str) -> None:
        """Say so where a word looks like a filter that there is not."""
        head = _HEAD.match(word)
        if head is None or not head["name"] or len(self._hints) >= _MOST_HINTS:
            return
        no_value = head.end() == len(word)  # "Putin: we agreed" is no filter, "speeker: Putin" may be one
        known = [*FIELDS, *ALIASES]
        close = difflib.get_close_matches(head["name"].casefold(), known, n=1, cutoff=0.75 if no_value else 0.6)
        if close or not no_value:
            told = message("“{name}:” is no filter, so it was searched as a word.", name=head["name"])
            if close:
                self._hint(message("{hint} Did you mean {name}:?", hint=told, name=close[0]))
            else:
                self._hint(message("{hint} The filters are {filters}.", hint=told, filters=", ".join(FIELDS)))

    def _read_date(self, term: Term) -> Term | None:
        """A date in its plainest spelling, other terms as they are; None, and a hint, where no date can be read."""
        if term.field not in DATE_FIELDS or (term.field == "on" and term.text.casefold() == UNKNOWN):
            return term
        found = read_period(term.field, term.text)
        if found is None:
            self._hint(
                message(
                    "“{field}:{value}” gives no date and was left out; write 2022-02-24, 2022-02 or 2022.",
                    field=term.field,
                    value=_cut(term.text),
                )
            )
            return None
        return Term(found[0], term.field, False, term.excluded)

    def _capped(self, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
        """The clauses, without those filters that are too many to look up."""
        kept: list[Clause] = []
        terms = 0
        for clause in clauses:
            if len(clause) > 1 or not is_free(clause[0]):
                terms += len(clause)
                if terms > _MOST_TERMS:
                    self._hint(
                        message(
                            "Only the first {count} phrases and filters are used; the others were left out.",
                            count=_MOST_TERMS,
                        )
                    )
                    continue
            kept.append(clause)
        return tuple(kept)

    def _hint(self, sentence: Message) -> None:
        if len(self._hints) < _MOST_HINTS:
            self._hints.setdefault(sentence)


def _field(written: str) -> str | None:
    name = ALIASES.get(written.casefold(), written.casefold())
    return name if name in FIELDS else None


def _cut(words: str) -> str:
    return words if len(words) <= 60 else words[:60].rstrip() + "…"
