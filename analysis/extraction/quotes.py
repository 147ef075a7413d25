"""Quotations and the words that name their speakers, from one parse of a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.extraction import cues
from analysis.extraction.attribution import naming_span, subject
from analysis.extraction.clauses import Report, reports
from analysis.extraction.found import FoundQuote
from analysis.extraction.marks import Marked, marked_stretches
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span


def find_quotes(parsed: Doc, skip: Sequence[Span] = ()) -> list[FoundQuote]:
    """Every quotation in ``parsed`` in the order of the text, none overlapping another.

    skip: stretches that no quotation may touch (boilerplate).
    """
    if not len(parsed):
        return []
    tree = Tree(parsed)
    marked = marked_stretches(tree.text)
    return _disjoint(_compose(tree, marked, reports(tree)), skip)


def _compose(tree: Tree, marked: list[Marked], said: list[Report]) -> list[FoundQuote]:
    found: list[FoundQuote] = []
    starts = [mark.outer.start for mark in marked]
    ends = [mark.outer.end for mark in marked]
    taken: set[int] = set()
    for report in said:
        if _inside(report.cue, marked, starts):
            continue
        for piece in report.content:
            first = bisect_right(ends, piece.start)
            last = bisect_left(starts, piece.end)
            touched = [n for n in range(first, last) if not marked[n].single]
            start, end = piece.start, piece.end
            kind = Kind.INDIRECT
            for n in touched:
                end = max(end, marked[n].inner.end)
                kind = Kind.MIXED
            if touched and start >= marked[touched[0]].outer.start - 1:
                start = marked[touched[0]].inner.start
                if len(touched) == 1 and end <= marked[touched[0]].outer.end + 1:
                    end = marked[touched[0]].inner.end
                    kind = Kind.DIRECT
            elif touched and start > marked[touched[0]].outer.start:
                start = marked[touched[0]].inner.start
            taken.update(touched)
            found.append(FoundQuote(Span(start, end), kind, report.speaker, report.cue, report.via, 0.5))
    found.extend(_direct(tree, marked, taken))
    return found


def _inside(span: Span, marked: list[Marked], starts: list[int]) -> bool:
    place = bisect_right(starts, span.start) - 1
    return place >= 0 and not marked[place].single and marked[place].inner.end >= span.end


def _direct(tree: Tree, marked: list[Marked], taken: set[int]) -> list[FoundQuote]:
    found: list[FoundQuote] = []
    last: tuple[Span | None, Span | None] = (None, None)
    for number, mark in enumerate(marked):
        if mark.single or number in taken:
            continue
        first = tree.token_at(mark.inner.start)
        after = tree.token_at(mark.outer.end)
        if after - first < 4:
            continue
        limit = marked[number + 1].outer.start if number + 1 < len(marked) else len(tree.text)
        verb = _cue_after(tree, after, limit)
        if verb is None:
            verb = _cue_before(tree, first - 1, marked[number - 1].outer.end if number else 0)
        if verb is not None:
            who = subject(tree, verb)
            last = (None if who is None else naming_span(tree, who), tree.span(verb, verb))
        found.append(FoundQuote(mark.inner, Kind.DIRECT, last[0], last[1], None, 0.5))
    return found


def _cue_after(tree: Tree, start: int, limit: int) -> int | None:
    for token in range(start, min(start + 30, len(tree))):
        if tree.starts[token] >= limit or "\n" in tree.words[token] or tree.words[token] == ".":
            return None
        if tree.lemmas[token] in cues.SAYING and tree.parts[token] == "VERB":
            return token
    return None


def _cue_before(tree: Tree, start: int, limit: int) -> int | None:
    for token in range(start, max(start - 30, -1), -1):
        if tree.starts[token] < limit or "\n" in tree.words[token]:
            return None
        if tree.lemmas[token] in cues.SAYING and tree.parts[token] == "VERB":
            return token
    return None


def _disjoint(found: list[FoundQuote], skip: Sequence[Span]) -> list[FoundQuote]:
    """``found`` in text order; of two that overlap the one that starts first, then the longer one."""
    kept: list[FoundQuote] = []
    barred = sorted(skip, key=lambda span: span.start)
    place = 0
    for quote in sorted(found, key=lambda quote: (quote.span.start, -quote.span.end)):
        if kept and quote.span.start < kept[-1].span.end:
            continue
        while place < len(barred) and barred[place].end <= quote.span.start:
            place += 1
        if place < len(barred) and barred[place].overlaps(quote.span):
            continue
        if quote.span.end > quote.span.start:
            kept.append(quote)
    return kept
