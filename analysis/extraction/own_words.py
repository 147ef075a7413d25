"""Words that stand in a text as their speaker's own: a transcript's turns, a speech, a letter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.candidates import Candidate
from analysis.extraction.speeches import Speech, letters
from analysis.extraction.tree import Tree
from analysis.extraction.turns import turns
from analysis.schema import Kind, Span

OWN_WORDS = frozenset({"turn", "speech", "letter"})
_FRAMED = frozenset({"frame after", "frame before", "frame colon"})
_OTHERS = 8  # tokens that a quotation of somebody else must have to be taken out of a turn
_LEAST = 3  # tokens that a turn's stretch beside one must have to be kept
_NOBODY = frozenset("i we he she they it you who which that this me us him them one people some many example".split())


def own_words(tree: Tree, speech: Speech | None) -> tuple[list[Candidate], list[Span]]:
    """Such words, a quotation a paragraph, and the stretches of the text in which no others are looked for.

    speech: the text where it is one speaker's throughout.
    """
    if speech is not None:
        return [Candidate(said, Kind.DIRECT, None, None, None, "speech") for said in speech.paragraphs], [speech.whole]
    spoken: list[Candidate] = []
    covered: list[Span] = []
    for turn in turns(tree.text):
        covered.append(turn.whole)
        if not turn.question:
            speaker = None if turn.answers else turn.name or turn.label
            spoken.extend(Candidate(said, Kind.DIRECT, speaker, None, None, "turn") for said in turn.paragraphs)
    starts = [whole.start for whole in covered]
    for letter in letters(tree.text):
        place = bisect_left(starts, letter.whole.end) - 1
        if place < 0 or covered[place].end <= letter.whole.start:
            spoken.extend(
                Candidate(said, Kind.DIRECT, letter.speaker, None, None, "letter") for said in letter.paragraphs
            )
            covered.append(letter.whole)
    return sorted(spoken, key=lambda quote: quote.span.start), covered


def without_others(tree: Tree, spoken: Sequence[Candidate], direct: Sequence[Candidate]) -> list[Candidate]:
    """``spoken`` without the longer quotations of somebody else who is named beside them, which stand for themselves.

    direct: quotations between marks, in order of the text.
    """
    others = [quote for quote in direct if quote.rule in _FRAMED and _is_anothers(tree, quote)]
    starts = [quote.span.start for quote in others]
    told: list[Candidate] = []
    for own in spoken:
        at = own.span.start
        for other in others[bisect_left(starts, own.span.start) : bisect_left(starts, own.span.end)]:
            if other.span.start < at or other.span.end > own.span.end or _same(tree, own, other):
                continue
            told.extend(_kept(tree, own, at, other.span.start))
            if tree.text[other.span.end - 1] != "?":  # a question that is read out
                told.append(other)
            at = other.span.end
        told.extend([own] if at == own.span.start else _kept(tree, own, at, own.span.end))
    return told


def _is_anothers(tree: Tree, quote: Candidate) -> bool:
    """True for a longer quotation with a speaker who is no pronoun."""
    if quote.speaker is None or tree.token_at(quote.span.end) - tree.token_at(quote.span.start) < _OTHERS:
        return False
    words = tree.text[quote.speaker.start : quote.speaker.end].lower().split()
    return bool(words) and not (len(words) == 1 and words[0] in _NOBODY)


def _same(tree: Tree, own: Candidate, other: Candidate) -> bool:
    """True where the two have one speaker."""
    if own.speaker is None or other.speaker is None:
        return False
    return tree.text[own.speaker.start : own.speaker.end] in tree.text[other.speaker.start : other.speaker.end]


def _kept(tree: Tree, own: Candidate, start: int, end: int) -> list[Candidate]:
    """The stretch of ``own`` from ``start`` to ``end`` where enough words stand in it."""
    text = tree.text
    while start < end and (text[start].isspace() or text[start] in '”»"“«,.;:'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '“«"”»'):
        end -= 1
    if tree.token_at(end) - tree.token_at(start) < _LEAST:
        return []
    return [replace(own, span=Span(start, end))]
