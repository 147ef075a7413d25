"""Quotations from acts of speaking: reported clauses and the marks they run into."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.extraction.candidates import Candidate
from analysis.extraction.marks import Marked
from analysis.extraction.relay import is_outlet
from analysis.extraction.report import Report
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span

# After the marks of a mixed quotation a dash or "…, who" opens the writer's own words.
_ASIDE = re.compile(r"\s[—–-]{1,2}\s|—|,\s(?:where|who|which|whose)\b|(?<=[”\"»])\s+according to\b")
_ASIDE_WITHIN = 60  # characters
_MOST_RELAYED = 50  # quotations of one act of relaying; more are an accident of the parse


def told_apart(tree: Tree, said: Sequence[Report]) -> tuple[list[Report], list[Report]]:
    """Reports of somebody's words, and reports of an outlet that only relays what another report holds."""
    own: list[Report] = []
    outer: list[Report] = []
    held = sorted(
        [report.cue.start for report in said if report.content]
        + [mark.start() for mark in re.finditer('["”]', tree.text)]
    )
    for report in said:
        within = any(bisect_left(held, piece.start) < bisect_left(held, piece.end) for piece in report.content)
        last = max((piece.end for piece in report.content), default=0)
        trailing = report.rule == "according" or last <= report.cue.start
        if within and trailing and report.speaker is not None and is_outlet(tree, report.speaker):
            outer.append(report)
        else:
            own.append(report)
    return own, outer


def relayed(found: list[Candidate], outer: Sequence[Report]) -> list[Candidate]:
    """``found`` with the outlet that relays it, and what an outlet says itself where it relays nothing."""
    starts = [quote.span.start for quote in found]
    unrelayed: list[Candidate] = []
    for report in outer:
        relays = False
        for piece in report.content:
            first = max(0, bisect_right(starts, piece.start) - 1)
            for place in range(first, min(bisect_left(starts, piece.end), first + _MOST_RELAYED)):
                quote = found[place]
                if quote.span.overlaps(piece) and quote.cue is not None and quote.cue != report.cue:
                    found[place] = replace(quote, via=quote.via or report.speaker)
                    relays = True
        if not relays:
            unrelayed.extend(
                Candidate(piece, Kind.INDIRECT, report.speaker, report.cue, report.via, report.rule)
                for piece in report.content
            )
    return found + unrelayed


def reported(tree: Tree, marks: Sequence[Marked], taken: Mapping[int, str], said: Sequence[Report]) -> list[Candidate]:
    """Reported clauses outside the framed marks, stretched to the end of a mark they open.

    taken: the rule that framed a mark, by its number. A clause that leads to a framed mark ends before it.
    """
    found: list[Candidate] = []
    starts = [mark.outer.start for mark in marks]
    ends = [mark.outer.end for mark in marks]
    framed = sorted(taken)
    for report in said:
        place = bisect_right(starts, report.cue.start) - 1
        if place >= 0 and marks[place].inner.end >= report.cue.end:
            continue
        for piece in report.content:
            first, following = bisect_right(ends, piece.start), bisect_left(starts, piece.end)
            frame = bisect_left(framed, first)
            if frame < len(framed) and framed[frame] < following:
                span, kind = _led_to(tree.text, piece, marks[framed[frame]]), Kind.INDIRECT
                if framed[frame] != first or taken[first] != "frame after" or piece.start < report.cue.end:
                    continue  # what stands between the marks is quoted already
                if span is None:
                    continue
            else:
                on = following < len(marks) and _runs_on(tree, piece, marks[following], taken.get(following))
                touched = (marks[first], marks[following - 1 + on]) if first < following + on else None
                span, kind = _stretched(tree.text, piece, touched)
            found.append(Candidate(span, kind, report.speaker, report.cue, report.via, report.rule))
    return found


def _led_to(text: str, piece: Span, mark: Marked) -> Span | None:
    """``piece`` as far as ``mark``, without the colon between them; None where nothing is left."""
    end = mark.outer.start
    while end > piece.start and text[end - 1] in " :,":
        end -= 1
    return Span(piece.start, end) if end > piece.start else None


def _runs_on(tree: Tree, piece: Span, mark: Marked, framed: str | None) -> bool:
    """True where a reported clause goes on into ``mark``, framed by the rule ``framed``: after a colon, or an "and"."""
    if mark.outer.start - piece.end > 8 or mark.single:
        return False
    gap = tree.text[piece.end : mark.outer.start]
    if "\n" in gap:
        return False
    if gap.strip() == ":":
        return framed != "frame after"
    return framed is None and gap.strip(" ,") in {"and", "but", "or"}


def _stretched(text: str, piece: Span, touched: tuple[Marked, Marked] | None) -> tuple[Span, Kind]:
    """``piece`` run to the end of the last mark it touches, and its kind. touched: the first mark and the last."""
    if touched is None:
        return piece, Kind.INDIRECT
    first, last = touched
    start, end = piece.start, max(piece.end, last.inner.end)
    if start >= first.outer.start - 1:
        if first == last and end <= first.outer.end + 1:
            return first.inner, Kind.DIRECT
        start = first.outer.start
    aside = _ASIDE.search(text, last.outer.end, min(end, last.outer.end + _ASIDE_WITHIN + 15))
    if aside is not None:
        end = max(aside.start(), last.inner.end)
    if end == last.inner.end and last.closed and last.outer.start >= start:
        end = last.outer.end  # a mixed quotation keeps the marks of the words it quotes
    return Span(start, end), Kind.MIXED
