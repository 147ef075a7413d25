"""Words of one speaker without labels: a speech, an article, and the letters that a page prints between marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.extraction.marks import paragraphs
from analysis.extraction.passages import is_wrapped, passages
from analysis.extraction.turns import turns
from analysis.schema import Document, Span

_KIND = (
    r"(?:speech|address|remarks|statement|article|message|letter|lecture|toast|keynote|op-ed|greetings|contribution"
    r"|welcome|testimony)"
)
_BY = re.compile(
    rf"\b{_KIND}(?:\s+of|(?:\s+[\w’'-]+){{0,4}}?\s+(?:by|from))\s+(?P<who>.{{3,120}}?)"
    r"(?=\s+(?:to|at|on|in|for|published|before|during|about|after|delivered)\b|[,:;(|]|$)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"^(?:full text(?: of|:)\s+|transcript(?: of|:)\s+)?(?P<who>.{{3,80}}?)[’']s? (?:\S+ ){{0,3}}?{_KIND}\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us)\b")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]?")
_VOICE = 0.15  # share of a speech's paragraphs in the first person, where its metadata name the speaker
_TITLED_VOICE = 0.3  # the same where only the title does
_REPORTS = re.compile(r"^.{0,80}?\b(?:said|told|noted|stressed|emphasi[sz]ed|added|sent|addressed|delivered|spoke)\b")
_INTRODUCTION = 3  # paragraphs before a speech that may tell who speaks and where
_SHORT = 40  # words of a paragraph that announces a letter

_ANNOUNCED = re.compile(
    r"\b(?P<what>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Aa])?\s?(?:[\w’'-]+ ){0,3}?"
    r"(?:messages?|letter|telegram|greetings?|address|statement|note|cable|condolences|congratulations))\b"
    r"[^.!?\n]{0,300}?(?:\b(?:reads?|says?|said|runs|follows|contains)\b[^.!?\n]{0,60})?:\s*$"
)
_OPENING = frozenset('“"«„')
_CLOSING = ("”", '"', "»", "”.", '".', "».")
_LONGEST_LETTER = 40  # paragraphs


@dataclass(frozen=True, slots=True)
class Speech:
    """Paragraphs of one speaker's own words."""

    speaker: Span | None  # the words that stand for the speaker: "The message"; None: the document's own speaker
    paragraphs: tuple[Span, ...]
    whole: Span


def named_speaker(document: Document) -> str | None:
    """Who speaks throughout a document, as its metadata or its title say; None where neither does."""
    if document.speaker:
        return document.speaker
    title = (document.title or "")[:500]
    match = _OWNED.match(title) or _BY.search(title)
    who = match["who"].strip() if match else ""
    return who if any(word[:1].isupper() for word in who.split()) else None


def whole_speech(document: Document) -> Speech | None:
    """The document's own text where it is one speaker's throughout; None for transcripts, reports and readouts.

    Metadata or title name the speaker, no paragraph is labelled, and enough of them are in the first person. An
    introduction that reports on the speech, and the page's own lines, are no part of it.
    """
    if named_speaker(document) is None or len(turns(document.text)) > (1 if document.speaker else 0):
        return None
    text = document.text
    spans = _outside(passages(text, is_wrapped(text)), document.boilerplate)
    said = [one for span in spans if (one := _plain(text, span)) is not None]
    said = said[_introduction(text, said, document.speaker) :]
    if not said:
        return None
    unquoted = [_QUOTED.sub(" ", text[span.start : span.end][:5000]) for span in said]
    voiced = sum(_FIRST_PERSON.search(words) is not None for words in unquoted)
    if not voiced or voiced < (_VOICE if document.speaker else _TITLED_VOICE) * len(said):
        return None
    return Speech(None, tuple(said), Span(said[0].start, said[-1].end))


def _introduction(text: str, said: Sequence[Span], speaker: str | None) -> int:
    """How many paragraphs before the speech report on it, naming ``speaker`` where that is known."""
    surname = speaker.split()[-1] if speaker else ""
    own = [_FIRST_PERSON.search(_QUOTED.sub(" ", text[span.start : span.end])) is not None for span in said[:8]]
    for number, span in enumerate(said[:_INTRODUCTION]):
        words = text[span.start : span.end]
        if own[number] or not any(own[number + 1 :]) or surname not in words or not _REPORTS.match(words):
            return number
    return min(_INTRODUCTION, len(said))


def _plain(text: str, span: Span) -> Span | None:
    """The paragraph without marks of left-over markup around it; None for a rule, a heading, a page's number."""
    if text.startswith("#", span.start) or not any(text[at].isalpha() for at in range(span.start, span.end)):
        return None
    start, end = span.start, span.end
    while text[start] in "*_" or text[start].isspace():
        start += 1
    while text[end - 1] in "*_" or text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _outside(spans: Sequence[Span], barred: Sequence[Span]) -> list[Span]:
    """``spans`` cut where one of ``barred`` stands in them, both in order of the text."""
    kept: list[Span] = []
    lines = sorted(barred, key=lambda span: span.start)
    at = 0
    for span in spans:
        start = span.start
        while at < len(lines) and lines[at].start < span.end:
            if lines[at].end > start:
                kept.extend([Span(start, lines[at].start)] if start < lines[at].start else [])
                start = lines[at].end
            if lines[at].end > span.end:
                break
            at += 1
        kept.extend([Span(start, span.end)] if start < span.end else [])
    return kept


def letters(text: str) -> list[Speech]:
    """Messages printed between marks over one paragraph or more after words that announce them, in order.

    "The message reads, in part:" and then “… to the closing mark, whether or not each paragraph opens with one.
    """
    lines = list(paragraphs(text)) if ":" in text else []
    found: list[Speech] = []
    at = 1
    while at < len(lines):
        announced = _announced(text, lines[at - 1]) if text[lines[at].start] in _OPENING else None
        end = _closes(text, lines, at) if announced else None
        if announced is None or end is None:
            at += 1
            continue
        said = [span for line in lines[at:end] if (span := _inside(text, line)) is not None]
        found.append(Speech(announced, tuple(said), Span(lines[at].start, lines[end - 1].end)))
        at = end
    return found


def _announced(text: str, line: Span) -> Span | None:
    """The words that stand for a letter where the paragraph announces it."""
    if line.end - line.start > 600 or not text[line.start : line.end].rstrip().endswith(":"):
        return None
    last = max(text.rfind(". ", line.start, line.end), line.start)
    match = _ANNOUNCED.search(text, last, line.end)
    if match is None or len(text[line.start : line.end].split()) > _SHORT + 20:
        return None
    start = match.start("what") + len(match["what"]) - len(match["what"].lstrip())
    return Span(start, match.end("what"))


def _closes(text: str, lines: Sequence[Span], first: int) -> int | None:
    """The number after the letter's last paragraph; None where no mark closes it."""
    closed = [number for number in range(first, min(len(lines), first + _LONGEST_LETTER)) if _ends(text, lines[number])]
    if not closed:
        return None
    end = closed[0] + 1
    while end in closed and text[lines[end].start] in _OPENING:  # each paragraph between marks of its own
        end += 1
    return end


def _ends(text: str, line: Span) -> bool:
    return text[max(line.start, line.end - 3) : line.end].rstrip().endswith(_CLOSING)


def _inside(text: str, line: Span) -> Span | None:
    """The paragraph without the marks and white space around it."""
    start, end = line.start, line.end
    while start < end and (text[start].isspace() or text[start] in _OPENING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '”"»'):
        end -= 1
    return Span(start, end) if start < end else None
