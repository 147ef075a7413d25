"""Transcripts: the turns that speaker labels open, and which of them put a question to somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.extraction.labels import Label, labels
from analysis.extraction.marks import paragraphs
from analysis.schema import Span

_BREAK = re.compile(r"\s*(?:\*\s*){2,}\s*$|\s*[-_—=]{3,}\s*$|\s*#{1,3}\s")
_STAGE = re.compile(r"\s*(?:[(\[<][^()\[\]<>]{0,200}[)\]>]|<…>|…)\.?\s*$")
_DIRECTION = r"[(\[<][^()\[\]<>]{0,150}[)\]>]\.?"
_STAGE_BEFORE = re.compile(rf"\s*(?:{_DIRECTION}(?=\s|$)\s*)+")
_STAGE_END = re.compile(
    r"(?:\s*[(\[<](?:Applause|Laughter|Laughs|Laughing|Crosstalk|Inaudible|Noise|Pause|Speaks|In |Via |Through )"
    r"[^()\[\]<>]{0,60}[)\]>]\.?)+\s*$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|you|You)\b")
_LONE_TURN = 40  # words a turn must hold where it is the document's only one
_OWN_VOICE = 0.2  # share of the turns' paragraphs in the first or second person, outside quotation marks
_LONE_VOICE = 0.4  # the same where there is only one turn
_LONE_QUOTING = 0.25  # share of a lone turn's paragraphs that may hold quotations
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")
_ASKED_LATE = re.compile(r"\?[\s”\"’)\]]*(?:[^.!?]{0,60}[.!]?\s*)?$")  # the end, or "…? Thank you."
_ONLY_ASKED = re.compile(r"(?:[^.!?]+\?[\s”\"’)\]]*)+$")
_LAST = 200  # characters of a paragraph that are looked at for a closing question


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says between two labels."""

    label: Span  # the label's words
    name: Span | None  # those that name the speaker; None for "Question:"
    paragraphs: tuple[Span, ...]  # without the label
    whole: Span  # with it
    question: bool  # put to a speaker, so no statement
    answers: bool = False  # "Answer:": spoken by whoever is asked


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order; empty where the text is none. Linear in the text's length."""
    lines = list(paragraphs(text))
    opening = labels(text, lines)
    if not opening:
        return []
    stops = [*list(opening)[1:], len(lines)]
    found = [_opened(text, lines, number, stop) for number, stop in zip(opening.items(), stops, strict=True)]
    if not _in_own_voice(text, found):
        return []
    return _told_apart(text, found, list(opening.values()))


def questions(text: str) -> list[Turn]:
    """The turns of a transcript that put questions, in order."""
    return [turn for turn in turns(text) if turn.question and turn.paragraphs]


def _opened(text: str, lines: Sequence[Span], opened: tuple[int, Label], stop: int) -> Turn:
    """The turn of one label with its paragraphs up to the next label or break."""
    number, label = opened
    said: list[Span] = []
    end = label.span.end
    for line_number in range(number, stop):
        line = lines[line_number]
        if line_number > number and _BREAK.match(text, line.start, line.end):
            break
        end = line.end
        span = _trimmed(text, label.span.end if line_number == number else line.start, line.end)
        if span is not None:
            said.append(span)
    return Turn(label.printed, label.name, tuple(said), Span(label.span.start, end), label.asks, label.answers)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The paragraph without stage directions and outer marks; None when nothing is said in it."""
    stage = _STAGE_END.search(text, max(start, end - 400), end)
    end = stage.start() if stage else end
    before = _STAGE_BEFORE.match(text, start, end)
    start = before.end() if before else start
    while start < end and (text[start].isspace() or text[start] in '"“”»«'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”»«'):
        end -= 1
    if start >= end or _STAGE.match(text, start, end) or not any(text[at].isalnum() for at in range(start, end)):
        return None
    return Span(start, end)


def _in_own_voice(text: str, found: list[Turn]) -> bool:
    """True when the turns are people talking, not a list, an index or headlines with colons.

    One turn alone must be long and hold few quotations: else its label is a headline's.
    """
    spans = [span for turn in found for span in turn.paragraphs]
    if not spans:
        return False
    unquoted = [_QUOTED.sub(" ", text[span.start : span.end]) for span in spans]
    voiced = sum(bool(_FIRST_PERSON.search(words)) for words in unquoted)
    if len(found) > 1:
        return voiced >= _OWN_VOICE * len(spans) or _asked_and_answered(text, found)
    quoting = sum(len(words) < span.end - span.start for words, span in zip(unquoted, spans, strict=True))
    long = sum(len(words.split()) for words in unquoted) >= _LONE_TURN
    named = found[0].name is not None and not found[0].question
    return long and named and voiced >= _LONE_VOICE * len(spans) and quoting <= _LONE_QUOTING * len(spans)


def _asked_and_answered(text: str, found: list[Turn]) -> bool:
    """True where a turn labelled "Question" ends in a question mark and the next one is labelled "Answer" or a name."""
    for turn, following in pairwise(found):
        asked = turn.question and turn.name is None and _ends_asking(text, turn)
        if asked and not following.question and following.paragraphs and (following.answers or following.name):
            return True
    return False


def _told_apart(text: str, found: list[Turn], opening: list[Label]) -> list[Turn]:
    """``found`` with the questions marked.

    The main speaker, and who holds an office, asks in passing: only paragraphs that are questions and nothing
    else count, and none of the main speaker's. Anyone else's turn that ends in a question is one; so are all turns of
    somebody most of whose turns are.
    """
    names = [text[turn.name.start : turn.name.end] if turn.name else "" for turn in found]
    spoken: Counter[str] = Counter()
    ending: Counter[str] = Counter()
    for turn, name in zip(found, names, strict=True):
        spoken[name] += 0 if not name else sum(span.end - span.start for span in turn.paragraphs)
        ending[name] += _ends_asking(text, turn)
    officials = {name for name, label in zip(names, opening, strict=True) if label.office and name}
    often = {name for name, times in Counter(names).items() if times > 2 and ending[name] * 2 >= times}
    asking = often - officials
    main = max(spoken, key=lambda name: (name not in asking, spoken[name], name))
    told: list[Turn] = []
    for turn, name in zip(found, names, strict=True):
        if turn.question or not name or name == main:
            told.append(turn)
        elif name in officials:
            told.extend(_without_questions(text, turn))
        else:
            told.append(replace(turn, question=name in asking or _ends_asking(text, turn)))
    return told


def _ends_asking(text: str, turn: Turn) -> bool:
    if not turn.paragraphs:
        return False
    last = turn.paragraphs[-1]
    return _ASKED_LATE.search(text, max(last.start, last.end - _LAST), last.end) is not None


def _without_questions(text: str, turn: Turn) -> list[Turn]:
    """The turn and, apart, its last paragraph where that is a question and nothing else."""
    if not turn.paragraphs:
        return [turn]
    last = turn.paragraphs[-1]
    if last.end - last.start > 2 * _LAST or not _ONLY_ASKED.match(text, last.start, last.end):
        return [turn]
    if len(turn.paragraphs) == 1:
        return [replace(turn, question=True)]
    said = replace(turn, paragraphs=turn.paragraphs[:-1], whole=Span(turn.whole.start, turn.paragraphs[-2].end))
    return [said, replace(turn, paragraphs=(last,), whole=Span(last.start, turn.whole.end), question=True)]
