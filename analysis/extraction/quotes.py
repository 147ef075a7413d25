"""Quotations and the words that name their speakers, from one parse of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from analysis.extraction.candidates import Candidate, disjoint, filled
from analysis.extraction.clauses import reports
from analysis.extraction.confidence import confidence
from analysis.extraction.found import FoundQuote
from analysis.extraction.frames import Frame, ends_sentence, frame_after, frame_before, opens_sentence
from analysis.extraction.inheritance import inherited
from analysis.extraction.looser import looser_reports
from analysis.extraction.marks import Marked, marked_stretches
from analysis.extraction.own_words import OWN_WORDS, own_words, without_others
from analysis.extraction.relay import is_outlet, tidied
from analysis.extraction.report import Report
from analysis.extraction.speeches import Speech
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span

# After the marks of a mixed quotation a dash or "…, who" opens the writer's own words.
_ASIDE = re.compile(r"\s[—–-]{1,2}\s|—|,\s(?:where|who|which|whose)\b|(?<=[”\"»])\s+according to\b")
_ASIDE_WITHIN = 60  # characters
_SPEECH_STOPS = frozenset(",.!?…;—–-")
_SHORTEST = 4  # tokens between marks that are taken for speech without a word of speaking beside them


def find_quotes(
    parsed: Doc, skip: Sequence[Span] = (), least_confidence: float = 0.0, speech: Speech | None = None
) -> list[FoundQuote]:
    """Every quotation in ``parsed`` in the order of the text, none overlapping another.

    skip: stretches that no quotation may touch (boilerplate). least_confidence: reported words below it are left
    out; at 0.3 those that name a topic, not what was said of it ("spoke of Taiwan"). speech: the text
    where it is one speaker's throughout.
    """
    tree = Tree(parsed)
    found = [quote for each in candidates(tree, skip, speech) if (quote := tidied(tree, each)) is not None]
    pieces = Counter((quote.speaker, quote.cue) for quote in found)
    weighed = [
        FoundQuote(
            quote.span,
            quote.kind,
            quote.speaker,
            quote.cue,
            quote.via,
            confidence(tree, quote, split=quote.cue is not None and pieces[quote.speaker, quote.cue] > 1),
            quote.rule in OWN_WORDS,
        )
        for quote in found
    ]
    return [quote for quote in weighed if quote.kind is not Kind.INDIRECT or quote.confidence >= least_confidence]


def candidates(tree: Tree, skip: Sequence[Span], speech: Speech | None = None) -> list[Candidate]:
    """Every quotation with the rule that found it, in the order of the text."""
    if not len(tree):
        return []
    spoken, covered = own_words(tree, speech)
    barred = [*skip, *covered]
    marks = [mark for mark in marked_stretches(tree.text) if not mark.single or _is_long(tree, mark)]
    direct, taken = _whole(tree, marks)
    said, outer = _told_apart(tree, reports(tree))
    found = disjoint(direct + _reported(tree, marks, taken, said), barred)
    found = disjoint(_relayed(found, outer), barred)
    found = disjoint(inherited(tree, found) + without_others(tree, spoken, direct), skip)
    return filled(found, disjoint(_reported(tree, marks, taken, looser_reports(tree)), barred))


def _is_long(tree: Tree, mark: Marked) -> bool:
    return tree.token_at(mark.inner.end) - tree.token_at(mark.inner.start) >= _SHORTEST


def _whole(tree: Tree, marks: list[Marked]) -> tuple[list[Candidate], dict[int, str]]:
    """Quotations that are sentences of their own, and the rule for each of their marks, by the mark's number."""
    found: list[Candidate] = []
    taken: dict[int, str] = {}
    text = tree.text
    for number, mark in enumerate(marks):
        following = marks[number + 1].outer.start if number + 1 < len(marks) else len(text)
        preceding = marks[number - 1].outer.end if number else 0
        opens, ends = opens_sentence(tree, mark), ends_sentence(text, mark)
        frame: Frame | None = None
        rule = ""
        before = frame_before(tree, mark, preceding)
        after = frame_after(tree, mark, following)
        if before is not None and after is not None and not opens and before.place == "before":
            continue  # "they called it “a great day”, Li recalled": one statement of Li’s
        if after is not None and opens and before is not None and before.place == "colon" and _pauses(text, mark):
            frame = after  # "Li feared the worst: “It was dark,” she said"
        elif before is not None and (ends or after is not None or (before.place == "colon" and opens)):
            frame = before
        elif after is not None and opens:
            frame = after
        if frame is not None:
            rule = "frame " + frame.place
        elif opens and ends and _is_long(tree, mark) and not mark.single:
            rule = "alone"
        else:
            continue
        taken[number] = rule
        if frame is None:
            found.append(Candidate(mark.inner, Kind.DIRECT, None, None, None, rule))
        elif frame.place != "title":
            span, kind = _led_to_frame(text, mark, frame)
            found.append(Candidate(span, kind, frame.speaker, frame.cue, frame.via, rule))
    return found, taken


def _pauses(text: str, mark: Marked) -> bool:
    """True where the marked words end in a comma, for words of speaking to follow."""
    return text[mark.inner.start : mark.inner.end].rstrip().endswith(",") or text.startswith(",", mark.outer.end)


def _led_to_frame(text: str, mark: Marked, frame: Frame) -> tuple[Span, Kind]:
    """The words of ``mark`` and those that carry them on to the comma before the frame: "“We hope” to win, he said"."""
    if frame.place != "after" or frame.cue is None or text[mark.inner.end - 1] in _SPEECH_STOPS:
        return mark.inner, Kind.DIRECT
    opens = frame.cue.start
    if frame.speaker is not None and mark.outer.end <= frame.speaker.start:
        opens = min(opens, frame.speaker.start)
    comma = text.rfind(",", mark.outer.end, opens)
    carried = text[mark.outer.end : max(comma, mark.outer.end)]
    if comma < 0 or text[comma + 1 : opens].strip() or not carried.strip() or carried.lstrip()[0] in ",;-—–":
        return mark.inner, Kind.DIRECT
    return Span(mark.outer.start, comma), Kind.MIXED


def _told_apart(tree: Tree, said: list[Report]) -> tuple[list[Report], list[Report]]:
    """Reports of somebody's words, and reports of an outlet that only relays what another report holds."""
    own: list[Report] = []
    outer: list[Report] = []
    cues_at = [report.cue.start for report in said if report.content]
    for report in said:
        within = any(
            bisect_left(cues_at, piece.start) < bisect_left(cues_at, piece.end)
            or '"' in tree.text[piece.start : piece.end]
            or "”" in tree.text[piece.start : piece.end]
            for piece in report.content
        )
        last = max((piece.end for piece in report.content), default=0)
        trailing = report.rule == "according" or last <= report.cue.start
        if within and trailing and report.speaker is not None and is_outlet(tree, report.speaker):
            outer.append(report)
        else:
            own.append(report)
    return own, outer


def _relayed(found: list[Candidate], outer: list[Report]) -> list[Candidate]:
    """``found`` with the outlet that relays it, and what an outlet says itself where it relays nothing."""
    starts = [quote.span.start for quote in found]
    unrelayed: list[Candidate] = []
    for report in outer:
        relays = False
        for piece in report.content:
            for place in range(max(0, bisect_right(starts, piece.start) - 1), bisect_left(starts, piece.end)):
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


def _reported(tree: Tree, marks: list[Marked], taken: dict[int, str], said: list[Report]) -> list[Candidate]:
    """Reported clauses outside the framed marks, stretched to the end of a mark they open."""
    found: list[Candidate] = []
    starts = [mark.outer.start for mark in marks]
    ends = [mark.outer.end for mark in marks]
    for report in said:
        place = bisect_right(starts, report.cue.start) - 1
        if place >= 0 and marks[place].inner.end >= report.cue.end:
            continue
        for piece in report.content:
            touched = range(bisect_right(ends, piece.start), bisect_left(starts, piece.end))
            framed = next((number for number in touched if number in taken), None)
            if framed is not None:
                left = tree.text[piece.start : marks[framed].outer.start].rstrip(" :,")
                if not left or piece.start < report.cue.end or (framed, taken[framed]) != (touched[0], "frame after"):
                    continue  # else it is a frame: what stands between the marks is quoted already
                piece, touched = Span(piece.start, piece.start + len(left)), range(0)
            nearby = [marks[number] for number in touched]
            following = bisect_left(starts, piece.end)
            if following < len(marks) and _runs_on(tree, piece, marks[following], taken.get(following)):
                nearby.append(marks[following])
            span, kind = _stretched(tree.text, piece, nearby)
            found.append(Candidate(span, kind, report.speaker, report.cue, report.via, report.rule))
    return found


def _runs_on(tree: Tree, piece: Span, mark: Marked, framed: str | None) -> bool:
    """True where a reported clause goes on into ``mark``, framed by the rule ``framed``: after a colon, or an "and"."""
    gap = tree.text[piece.end : mark.outer.start]
    if len(gap) > 8 or "\n" in gap or mark.single:
        return False
    if gap.strip() == ":":
        return framed != "frame after"
    return framed is None and gap.strip(" ,") in {"and", "but", "or"}


def _stretched(text: str, piece: Span, touched: list[Marked]) -> tuple[Span, Kind]:
    """``piece`` run to the end of the last mark it touches, and its kind."""
    if not touched:
        return piece, Kind.INDIRECT
    first, last = touched[0], touched[-1]
    start, end = piece.start, max(piece.end, last.inner.end)
    if start >= first.outer.start - 1:
        if len(touched) == 1 and end <= first.outer.end + 1:
            return first.inner, Kind.DIRECT
        start = first.outer.start
    aside = _ASIDE.search(text, last.outer.end, end)
    if aside is not None and aside.start() - last.outer.end <= _ASIDE_WITHIN:
        end = max(aside.start(), last.inner.end)
    if end == last.inner.end and last.closed and last.outer.start >= start:
        end = last.outer.end  # a mixed quotation keeps the marks of the words it quotes
    return Span(start, end), Kind.MIXED
