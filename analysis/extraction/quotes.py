"""Quotations and the words that name their speakers, from one parse of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
from analysis.extraction.relay import tidied
from analysis.extraction.reported import relayed, reported, told_apart
from analysis.extraction.speeches import Speech
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span

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
    said, outer = told_apart(tree, reports(tree))
    found = disjoint(direct + reported(tree, marks, taken, said), barred)
    found = disjoint(relayed(found, outer), barred)
    found = disjoint(inherited(tree, found) + without_others(tree, spoken, direct), skip)
    return filled(found, disjoint(reported(tree, marks, taken, looser_reports(tree)), barred))


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
