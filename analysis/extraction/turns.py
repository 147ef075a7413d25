"""Transcripts: speaker labels at the start of a paragraph, and the turns they open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from analysis.extraction.cues import OUTLET_NAMES
from analysis.extraction.marks import paragraphs
from analysis.schema import Span

_LABEL = re.compile(r"[ \t\u00a0\"“*_]*(?P<label>[^\W\d_][^:\n?!“”\"]{0,160}?)\s?[:：][*_]*(?=\s|$)[ \t\u00a0*_]*")
_CAPITALISED = re.compile(r"[^\W\d_a-zа-я][\w’'.-]*", re.UNICODE)
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van", "von", "y"}
)
_ROLE_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "at", "to", "a", "with"}) | _PARTICLES
_ASKS = frozenset(
    """
    question q reporter journalist correspondent moderator host interviewer presenter anchor remark voice
    audience student
    """.split()
)
_ANSWERS = frozenset({"answer", "a", "reply", "response"})
_NO_SPEAKER = frozenset(
    """
    photo photos source sources image credit picture editor note notes update updates related tags video file
    copyright date place location contact tel email subject re ps nb caption topics keywords title summary
    background context abstract by from share warning example result conclusion read watch listen see also
    published updated posted author authors references footnotes participants agenda latest breaking exclusive
    opinion analysis live video stat more
    """.split()
)
_NO_NAME = frozenset(
    """
    we are is i you it how why what when who follow just has have was were said says stated continued added
    tweeted wrote asked told reads mr mrs ms according if but so because then there this these those
    """.split()
)
_BREAK = re.compile(r"\s*(?:\*\s*){2,}\s*$|\s*[-_—=]{3,}\s*$|\s*#{1,3}\s")
_STAGE = re.compile(r"\s*(?:[(\[<][^()\[\]<>]{0,200}[)\]>]|<…>|…)\.?\s*$")
_STAGE_END = re.compile(r"\s*[(\[<](?:Applause|Laughter|Laughs|Crosstalk)[^)\]>]{0,40}[)\]>]\.?\s*$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|you|You)\b")
_LONE_TURN = 40  # words a turn must hold where it is the document's only one
_OWN_VOICE = 0.2  # share of the turns' paragraphs in the first or second person, outside quotation marks
_LONE_VOICE = 0.4  # the same where there is only one turn
_LONE_QUOTING = 0.25  # share of a lone turn's paragraphs that may hold quotations
_ENDS = tuple('.!?:;…)]}”"»*')
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says between two labels."""

    name: Span | None  # the words of the label that name the speaker; None for "Question:"
    paragraphs: tuple[Span, ...]  # without the label
    whole: Span  # with it
    question: bool  # put to a speaker, so no statement


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order; empty where the text is none. Linear in the text's length."""
    lines = list(paragraphs(text))
    labels = {number: match for number in range(len(lines)) if (match := _label(text, lines, number)) is not None}
    if not labels:
        return []
    counts = Counter(match.group("label").strip() for match in labels.values())
    kept = {number: match for number, match in labels.items() if _is_speaker(match.group("label").strip(), counts)}
    found = _opened(text, lines, kept)
    if not found or not _in_own_voice(text, found):
        return []
    return _asked(text, found)


def _label(text: str, lines: list[Span], number: int) -> re.Match[str] | None:
    """The label that opens the paragraph, unless the paragraph only carries on a broken line."""
    line = lines[number]
    found = _LABEL.match(text, line.start, min(line.end, line.start + 200))
    if found is None or text[found.end() : found.end() + 1].isdigit():
        return None
    if number:
        before = lines[number - 1]
        broken = (
            text[before.end : line.start].count("\n") < 2 and text[before.start : before.end].rstrip()[-1:] not in _ENDS
        )
        return None if broken else found
    return found


def _is_speaker(label: str, counts: Counter[str]) -> bool:
    """True when ``label`` reads as who speaks: a name, perhaps after an office, or "Question"."""
    name, _, office = re.sub(r"\([^)]*\)", " ", label).partition(",")
    words = name.split()
    if not words or len(words) > 22 or "," in office or len(office.split()) > 8:
        return False
    if any(word.lower().strip(".") in _NO_NAME for word in words + office.split()):
        return False
    first = words[0].lower().strip(".")
    if first in _ASKS or first in _ANSWERS:
        return len(words) <= 8
    if (
        first in _NO_SPEAKER
        or words[-1].lower() in _NO_SPEAKER
        or not all(_CAPITALISED.fullmatch(word) or word.lower() in _ROLE_WORDS for word in words)
    ):
        return False
    if len(words) == 1:
        known = label in OUTLET_NAMES or (counts[label] > 1 and not label.endswith("s"))
        return known or any(label in other.split() for other in counts if other != label)
    return bool(_CAPITALISED.fullmatch(words[-1]))


def _opened(text: str, lines: list[Span], labels: dict[int, re.Match[str]]) -> list[Turn]:
    """Every labelled turn with the paragraphs up to the next label or break."""
    found: list[Turn] = []
    numbers = sorted(labels)
    for place, number in enumerate(numbers):
        match = labels[number]
        stop = numbers[place + 1] if place + 1 < len(numbers) else len(lines)
        said: list[Span] = []
        end = match.end()
        for line_number in range(number, stop):
            line = lines[line_number]
            if line_number > number and _BREAK.match(text, line.start, line.end):
                break
            start = match.end() if line_number == number else line.start
            end = line.end
            span = _trimmed(text, start, line.end)
            if span is not None:
                said.append(span)
        found.append(Turn(_name(text, match), tuple(said), Span(match.start(), end), _is_question(match)))
    return found


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The paragraph without stage directions and outer marks; None when nothing is said in it."""
    stage = _STAGE_END.search(text, start, end)
    end = stage.start() if stage else end
    while start < end and (text[start].isspace() or text[start] in '"“”»«'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”»«'):
        end -= 1
    if start >= end or _STAGE.match(text, start, end) or not any(letter.isalnum() for letter in text[start:end]):
        return None
    return Span(start, end)


def _name(text: str, match: re.Match[str]) -> Span | None:
    """The bare name in the label, past the office before it and what brackets and commas add."""
    start = match.start("label")
    label = re.split(r"[,(\[]", match.group("label"), maxsplit=1)[0].rstrip()
    words = list(re.finditer(r"\S+", label))
    first = words[0].group().lower().strip(".") if words else ""
    if not words or first in _ASKS or first in _ANSWERS:
        return None
    take = len(words) if len(words) <= 2 else 2
    while take < len(words) and words[-take].group().lower() in _PARTICLES:
        take += 1
    if take < len(words) and words[-take - 1].group().lower() in _PARTICLES - {"y"}:
        take = min(len(words), take + 2)
    return Span(start + words[-take].start(), start + words[-1].end())


def _is_question(match: re.Match[str]) -> bool:
    words = match.group("label").split()
    return words[0].lower().strip(".") in _ASKS or any(word.strip("().,") in OUTLET_NAMES for word in words[:4])


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
        return voiced >= _OWN_VOICE * len(spans)
    quoting = sum(len(words) < span.end - span.start for words, span in zip(unquoted, spans, strict=True))
    long = sum(len(words.split()) for words in unquoted) >= _LONE_TURN
    named = found[0].name is not None and not found[0].question
    return long and named and voiced >= _LONE_VOICE * len(spans) and quoting <= _LONE_QUOTING * len(spans)


def _asked(text: str, found: list[Turn]) -> list[Turn]:
    """``found`` with turns that end in a question marked so, unless the main speaker's."""
    spoken: Counter[str] = Counter()
    for turn in found:
        if turn.name is not None:
            spoken[text[turn.name.start : turn.name.end]] += sum(span.end - span.start for span in turn.paragraphs)
    main = max(spoken, key=lambda name: (spoken[name], name), default="")
    return [
        Turn(turn.name, turn.paragraphs, turn.whole, turn.question or _ends_asking(text, turn, main)) for turn in found
    ]


def _ends_asking(text: str, turn: Turn, main: str) -> bool:
    if not turn.paragraphs or turn.name is None or text[turn.name.start : turn.name.end] == main:
        return False
    last = turn.paragraphs[-1]
    return text[last.end - 1] == "?"
