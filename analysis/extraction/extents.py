"""Where a reported clause begins and ends: the parse's subtree, less what is the writer's own."""

from __future__ import annotations

import re

from analysis.extraction import cues
from analysis.extraction.tails import DASHES, carried_on, tail, without_afterthought
from analysis.extraction.tree import SUBJECTS, Tree
from analysis.schema import Span

_EDGE = frozenset({",", ";", ":", ".", "that", "and", "but", "``", "''", "(", ")"}) | DASHES
_TAIL_EDGE = _EDGE - {"that", ")"}
# Whom these name only hears what is said: "advised them to stay".
_HEARERS = frozenset({"tell", "advise", "instruct", "remind", "counsel", "encourage", "invite"})
_SHORT_ASIDE = 6  # tokens: "hoped, he said, that …"
_DATELINE = re.compile(
    r"[A-Z][A-Z .,/'’-]{2,40}(?:,? [^\n—–-]{0,40}?)?(?:\([A-Za-z ./]{2,30}\) ?[—–-]{1,2}|[—–]|--| - )\s*"
)


def clause_pieces(tree: Tree, head: int, verb: int) -> tuple[Span, ...]:
    """What ``verb`` reports by the clause of ``head``, in pieces where the verb stands inside it."""
    first, last = tree.lefts[head], tree.rights[head]
    if first > verb:
        first = min(_start(tree, head, verb, first), _directed_at(tree, head, verb))
    elif verb > head:
        first = said_from(tree, max(first, tree.clause_range(verb)[0]), verb)
    last = carried_on(tree, verb, min(last, tail(tree, head, verb, last)))
    cuts = [_attribution(tree, verb, head)] if first <= verb <= last else []
    return without(tree, (first, last), cuts)


def _directed_at(tree: Tree, head: int, verb: int) -> int:
    """Where "urged the council to act", "called on her to resign" begin to say what was asked; else ``head``."""
    if tree.lemmas[verb] not in cues.DIRECTING or tree.lemmas[verb] in _HEARERS or tree.relations[head] != "xcomp":
        return head
    on = next((child for child in tree.children(verb, "prep") if verb < child < head), None)
    if on is not None and tree.lowers[on] in {"on", "upon"}:
        return on + 1
    whom = tree.child(verb, "dobj", "dative")
    return tree.lefts[whom] if whom is not None and verb < whom < head else head


def said_from(tree: Tree, first: int, verb: int) -> int:
    """Where what is said before ``verb`` begins: past another's "reported that", past a clause that a colon ends.

    "The Gazette reported that trade, Li said, …" leaves the Gazette out, "He spoke of trade: it would, he said, …"
    what the colon follows.
    """
    said = finite = in_marks = False
    for token in range(first, verb):
        if tree.words[token] in {"“", "”", '"', "«", "»"}:
            in_marks = tree.words[token] in {"“", "«"} or (tree.words[token] == '"' and not in_marks)
        elif tree.lowers[token] == "that" and said and not in_marks:
            return token + 1
        elif tree.words[token] == ":" and finite and not in_marks:
            first, said, finite = token + 1, False, False
        elif tree.tags[token] in {"VBD", "VBZ", "VBP", "MD"}:
            finite = True
            said = tree.lemmas[token] in cues.PLAIN_ASIDE
    return first


def _attribution(tree: Tree, verb: int, head: int) -> tuple[int, int]:
    """The "he said" that stands inside the clause it reports."""
    first = last = verb
    for child in tree.children(verb):
        if (child != head and (child < head) == (verb < head)) or tree.relations[child] in SUBJECTS:
            first, last = min(first, tree.lefts[child]), max(last, tree.rights[child])
    return first, last


def _start(tree: Tree, head: int, verb: int, first: int) -> int:
    """Past a "that" of the clause, and past the day that stands between the verb and its clause."""
    for child in tree.children(head, "mark"):
        if tree.lowers[child] == "that" and first < child < head:
            between = range(first, child)
            aside = len(between) <= _SHORT_ASIDE and any(tree.lemmas[token] in cues.PLAIN_ASIDE for token in between)
            if aside or all(tree.words[token] != "," for token in between):
                return child + 1
    at = first
    while at < head and at < first + 4 and (tree.entities[at] in {"DATE", "TIME"} or tree.lowers[at] == "on"):
        at += 1
    if at > first and at == verb + 1 + (at - first) and tree.words[at] != ",":
        return at
    return first


def sentence_pieces(tree: Tree, token: int, own: tuple[int, int]) -> tuple[Span, ...]:
    """The rest of the sentence, where ``own`` (an "according to X") opens or ends it; else nothing."""
    sentence = tree.clause_range(token)
    if own[0] <= sentence[0] + 1 and own[1] + 1 < sentence[-1]:
        return without(tree, (own[1] + 1, sentence[-1]), [])
    if own[1] >= sentence[-1] - 1 and own[0] > sentence[0] + 2 and tree.words[own[0] - 1] == ",":
        return without(tree, (sentence[0], own[0] - 1), [])
    return ()


def without(tree: Tree, whole: tuple[int, int], cuts: list[tuple[int, int]]) -> tuple[Span, ...]:
    """``whole`` less ``cuts`` (token ranges, ends included), in trimmed pieces."""
    pieces = []
    at = whole[0]
    for first, last in sorted(cuts):
        if first > at:
            pieces.append((at, min(first - 1, whole[1])))
        at = max(at, last + 1)
    if at <= whole[1]:
        pieces.append((at, without_afterthought(tree, at, whole[1])))
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if any(_says(tree, token) for token in range(piece[0], piece[1] + 1))]
    spans = (_trimmed(tree, first, last) for first, last in pieces)
    return tuple(span for span in spans if span is not None)


def _says(tree: Tree, token: int) -> bool:
    return tree.parts[token] not in {"ADV", "CCONJ", "SCONJ", "PUNCT", "SPACE"}


def _trimmed(tree: Tree, first: int, last: int) -> Span | None:
    """The span without white space, commas and a leading "that" at its ends; None when nothing is left."""
    while first <= last and (tree.lowers[first] in _EDGE or tree.words[first].isspace()):
        first += 1
    while last >= first and (tree.lowers[last] in _TAIL_EDGE or tree.words[last].isspace()):
        last -= 1
    return _undated(tree, tree.span(first, last)) if first <= last else None


def _undated(tree: Tree, span: Span) -> Span:
    """``span`` without a dateline at its start ("BEIJING, March 3 (Reuters) - ")."""
    if span.start and tree.text[span.start - 1] != "\n":
        return span
    found = _DATELINE.match(tree.text, span.start, min(span.end, span.start + 90))
    return Span(found.end(), span.end) if found and found.end() < span.end else span
