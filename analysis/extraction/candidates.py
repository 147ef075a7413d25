"""A quotation on its way: spans and the rule that found it, before its confidence is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.schema import Kind, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotation before its confidence is known."""

    span: Span
    kind: Kind
    speaker: Span | None
    cue: Span | None
    via: Span | None
    rule: str


def disjoint(found: Iterable[Candidate], skip: Sequence[Span]) -> list[Candidate]:
    """``found`` in text order; of two that overlap the one that starts first, then the longer one.

    skip: stretches that none may touch.
    """
    kept: list[Candidate] = []
    barred = sorted(skip, key=lambda span: span.start)
    place = 0
    for quote in sorted(found, key=lambda quote: (quote.span.start, -quote.span.end)):
        if quote.span.end <= quote.span.start or (kept and quote.span.start < kept[-1].span.end):
            continue
        while place < len(barred) and barred[place].end <= quote.span.start:
            place += 1
        if place < len(barred) and barred[place].overlaps(quote.span):
            continue
        kept.append(quote)
    return kept


def filled(found: Sequence[Candidate], more: Iterable[Candidate]) -> list[Candidate]:
    """``found`` with those of ``more`` that overlap none of it; both in text order and disjoint, so is the answer."""
    taken = [quote.span for quote in found]
    place = 0
    added: list[Candidate] = []
    for quote in more:
        while place < len(taken) and taken[place].end <= quote.span.start:
            place += 1
        if place == len(taken) or taken[place].start >= quote.span.end:
            added.append(quote)
    return sorted([*found, *added], key=lambda quote: quote.span.start)
