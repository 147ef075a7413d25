"""A parsed document as plain lists: every walk over the tree costs what it visits, no more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc

from analysis.schema import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_STOPS = frozenset({".", "!", "?", ";"})
_OPENING = frozenset({"“", "``", "«", "„"})
_CLOSING = frozenset({"”", "»"})
_STRAIGHT = frozenset({'"', "''"})
_WIDEST = 150  # tokens
_MOST = 300  # children of one token; more are an accident of the parse and would cost time without end
_DEEPEST = 200  # steps up a tree; real sentences stay far below, a line of marks does not


class Tree:
    """Tokens of one document: ``heads[i]`` is the index of token i's head, itself for a sentence's root."""

    def __init__(self, parsed: Doc) -> None:
        self.text: str = parsed.text
        self.words: list[str] = [token.text for token in parsed]
        self.lemmas: list[str] = [token.lemma_.lower() for token in parsed]
        self.parts: list[str] = [token.pos_ for token in parsed]
        self.tags: list[str] = [token.tag_ for token in parsed]
        self.relations: list[str] = [token.dep_ for token in parsed]
        self.heads: list[int] = [token.head.i for token in parsed]
        self.starts: list[int] = [token.idx for token in parsed]
        self.ends: list[int] = [token.idx + len(token) for token in parsed]
        self.lefts: list[int] = [token.left_edge.i for token in parsed]
        self.rights: list[int] = [token.right_edge.i for token in parsed]
        self.entities: list[str] = [token.ent_type_ for token in parsed]
        self._children: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.heads):
            if head != index and len(self._children[head]) < _MOST:
                self._children[head].append(index)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def lowers(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of the paragraph that each token stands in."""
        number = 0
        numbers = []
        for word in self.words:
            number += "\n" in word or "\r" in word or "\u2028" in word or "\u2029" in word
            numbers.append(number)
        return numbers

    def bounds(self, index: int) -> tuple[int, int]:
        """First and last token of the paragraph that ``index`` stands in."""
        number = self.paragraphs[index]
        return bisect_left(self.paragraphs, number), bisect_left(self.paragraphs, number + 1) - 1

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Index of each sentence's first token, ascending."""
        roots = [self._root(index) for index in range(len(self))]
        return [index for index, root in enumerate(roots) if index == 0 or roots[index - 1] != root]

    @cached_property
    def _roots(self) -> list[int]:
        roots = [-1] * len(self.heads)
        for index in range(len(self.heads)):
            path = []
            at = index
            while roots[at] < 0 and self.heads[at] != at:
                path.append(at)
                at = self.heads[at]
            root = at if roots[at] < 0 else roots[at]
            roots[at] = root
            for step in path:
                roots[step] = root
        return roots

    def _root(self, index: int) -> int:
        return self._roots[index]

    def sentence(self, index: int) -> range:
        """Tokens of the sentence that ``index`` stands in."""
        place = bisect_left(self.sentence_starts, index + 1) - 1
        start = self.sentence_starts[place]
        last = place + 1 == len(self.sentence_starts)
        return range(start, len(self) if last else self.sentence_starts[place + 1])

    def clause_range(self, index: int) -> range:
        """Tokens around ``index`` between the nearest ".", "!", "?", ";" or line breaks, at most 150 a side."""
        stops = self._stops
        place = bisect_left(stops, index)
        before = stops[place - 1] + 1 if place else 0
        place = bisect_left(stops, index + 1)
        after = stops[place] - 1 if place < len(stops) else len(self) - 1
        return range(max(before, index - _WIDEST, 0), min(after, index + _WIDEST - 1, len(self) - 1) + 1)

    @cached_property
    def _stops(self) -> list[int]:
        """Tokens that end a clause, ascending."""
        return [index for index, word in enumerate(self.words) if word in _STOPS or "\n" in word]

    @cached_property
    def marked(self) -> list[bool]:
        """Whether each token stands between double quotation marks; a mark left open ends with its paragraph."""
        inside = False
        found = []
        for word in self.words:
            if "\n" in word or word in _CLOSING:
                inside = False
            elif word in _STRAIGHT:
                inside = not inside
            elif word in _OPENING:
                inside = True
            found.append(inside)
        return found

    def children(self, index: int, *relations: str) -> list[int]:
        """Children of ``index`` in text order; only those in one of ``relations``, if any are given."""
        found = self._children[index]
        return [child for child in found if self.relations[child] in relations] if relations else found

    def child(self, index: int, *relations: str) -> int | None:
        """The first child in one of ``relations``."""
        for child in self._children[index]:
            if self.relations[child] in relations:
                return child
        return None

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the nearest up, at most 200."""
        for _ in range(_DEEPEST):
            head = self.heads[index]
            if head == index:
                return
            yield head
            index = head

    def token_at(self, offset: int) -> int:
        """The first token that ends after ``offset``; ``len(self)`` when none does."""
        return bisect_left(self.ends, offset + 1)

    def span(self, first: int, last: int) -> Span:
        """Characters from token ``first`` to token ``last``, both included."""
        return Span(self.starts[first], self.ends[last])
