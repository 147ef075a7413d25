"""The person behind a letter, a message or a text that speaks: whoever wrote or sent it, a sentence or three before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from analysis.extraction.groups import Who

_LETTERS = frozenset(
    "letter message telegram text speech statement address note greeting essay memo memoir post tweet".split()
)
_WRITING = frozenset("write send telegraph cable sign pen publish address dictate post tweet".split())
_FAR = 3  # sentences back
_SUBJECTS = ("nsubj",)
_OF = frozenset({"from", "by", "of"})


class Authors:
    """Finds authors in one document."""

    def __init__(self, parsed: Doc, who: Callable[[int, int], Who]) -> None:
        """who: resolves the words at ``start:end`` to a speaker."""
        self._parsed = parsed
        self._who = who
        self._sentences = [sentence.start for sentence in parsed.sents]

    def of(self, noun: str, first: int) -> Who | None:
        """Who wrote the document that ``noun`` names at token ``first``; None when the text does not say."""
        nouns = _LETTERS if noun == "text" else frozenset({noun})
        if noun not in _LETTERS:
            return None
        sentence = bisect_right(self._sentences, first) - 1
        start = self._sentences[max(0, sentence - _FAR)] if self._sentences else 0
        end = self._sentences[sentence + 1] if sentence + 1 < len(self._sentences) else len(self._parsed)
        own = next((token for token in self._parsed[first:end] if token.lower_ == noun), None)
        if own is not None:
            author = self._first(self._sent_by(own))
            if author is not None:
                return author
        for number in range(first - 1, start - 1, -1):
            token = self._parsed[number]
            if token.lower_ in nouns and token.pos_ in ("NOUN", "PROPN"):
                author = self._first((*self._sent_by(token), *self._used_by(token)))
            elif token.lemma_ in _WRITING and token.pos_ == "VERB":
                author = self._first(self._subjects(token))
            else:
                continue
            if author is not None:
                return author
        return None

    def _first(self, tokens: Iterator[Token] | tuple[Token, ...]) -> Who | None:
        """The first of ``tokens`` whose phrase names somebody."""
        for token in tokens:
            end = token.idx + len(token)
            who = self._who(self._parsed[token.left_edge.i].idx, end)
            if who.members:
                return Who(who.members, min(0.8, who.confidence), who.role_text)
        return None

    def _sent_by(self, noun: Token) -> Iterator[Token]:
        """Whose it is: "his letter", "a letter from Ruiz", "the letter, which Ruiz sent"."""
        for child in noun.children:
            if child.dep_ == "poss":
                yield child
            elif child.dep_ in ("prep", "agent") and child.lower_ in _OF:
                yield from (grand for grand in child.children if grand.dep_ == "pobj")
            elif child.dep_ in ("relcl", "acl"):
                yield from (grand for grand in child.children if grand.dep_ in _SUBJECTS and grand.tag_ != "WDT")

    def _used_by(self, noun: Token) -> Iterator[Token]:
        """Who acts in the clause that mentions it: "Ruiz said in a message"."""
        verb = noun
        while verb.head.i != verb.i and verb.pos_ not in ("VERB", "AUX"):
            verb = verb.head
        yield from self._subjects(verb)

    def _subjects(self, verb: Token) -> Iterator[Token]:
        """The subject of ``verb``, or of the verb it is joined to."""
        while True:
            found = [child for child in verb.children if child.dep_ in _SUBJECTS and child.tag_ not in ("WDT", "WP")]
            if found or verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
                yield from found
                return
            verb = verb.head
