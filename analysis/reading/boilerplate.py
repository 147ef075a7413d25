"""Lines that a page put around an article: no quote is taken from them.

What a line says (``page_words``) comes first; then its shape: a line without a sentence's
end that stands alone between finished paragraphs is the headline of another story, and what trails the last
finished paragraph is the page's, not the article's. Transcripts' turns, list entries and quoted lines are content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.reading.lines import Line, hard_wrapped, is_transcript
from analysis.reading.page_words import BYLINE, CAPTION, CAPTION_OPENING, LABEL, OPENING, SIGN_OFF
from analysis.schema import Span

_LONGEST_NOTICE = 300  # characters: whatever a longer line opens with, it is a paragraph
_LONGEST_HEADLINE = 20  # words
_LAST_WORD = re.compile(r"\b(?:the|an?|of|and|or|to|in|on|at|by|for|with|from|that|as|is|are|was|its|their)$", re.I)
_LONGEST_RUN = 5  # headlines in a row inside an article; more are a list


def find_boilerplate(lines: Sequence[Line], furniture: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Spans of the lines that are not the article's own, in order, none of them touching another.

    furniture: spans known to be the page's already: the headline, the line with the publication date.
    """
    wrapped = hard_wrapped(lines)
    known = {span.start for span in furniture}
    page = [
        line.start in known or (says_so(line) and not (wrapped and place and _runs_on(lines[place - 1], line)))
        for place, line in enumerate(lines)
    ]
    if not wrapped:
        transcript = is_transcript(lines)
        _mark_labels(lines, page, transcript)
        _mark_neighbours(lines, page, transcript)
        _mark_headlines(lines, page, transcript)
    spans = [Span(line.start, line.end) for line, marked in zip(lines, page, strict=True) if marked]
    if lines and not page[-1] and (sign_off := SIGN_OFF.search(lines[-1].text[-60:])):
        spans.append(Span(lines[-1].end - len(sign_off.group()), lines[-1].end))
    return tuple(spans)


def says_so(line: Line) -> bool:
    """True when the line's words alone show that it is the page's."""
    if len(line.text) > _LONGEST_NOTICE:
        return False
    if LABEL.fullmatch(line.text) or OPENING.match(line.text):
        return not line.quoted
    if CAPTION.search(line.text[-160:]) or CAPTION_OPENING.match(line.text):
        return True
    return BYLINE.match(line.text) is not None and line.words <= 16 and not line.ended


def _runs_on(line: Line, following: Line) -> bool:
    """True when ``following`` goes on with a sentence that a fixed width broke."""
    return not line.ended and not following.after_blank


def _plain(line: Line) -> bool:
    """True for a short line without a sentence's end that is no turn, list entry or quotation."""
    return (
        line.words <= _LONGEST_HEADLINE
        and len(line.text) <= 150
        and not line.ended
        and not line.label
        and not line.bullet
        and not line.quoted
        and line.text[-1] not in ",;:"
        and _LAST_WORD.search(line.text[-12:]) is None
    )


def _mark_labels(lines: Sequence[Line], page: list[bool], transcript: bool) -> None:
    """A few words without a full stop that stand twice and more are a topic's name or a button."""
    if transcript:
        return
    seen: dict[str, int] = {}
    for line in lines:
        if line.words <= 5:
            seen[line.text] = seen.get(line.text, 0) + 1
    for place, line in enumerate(lines):
        if seen.get(line.text, 0) > 1 and _plain(line) and any(letter.isalpha() for letter in line.text):
            page[place] = True


def _mark_neighbours(lines: Sequence[Line], page: list[bool], transcript: bool) -> None:
    """A short line in one block with the page's lines is the page's too: "Sign up" and its explanation."""
    if transcript:
        return
    sure = list(page)
    for place, (line, _) in enumerate(pairwise(lines)):
        if not line.before_blank and sure[place] != sure[place + 1]:
            unsure = place + 1 if sure[place] else place
            page[unsure] = page[unsure] or _plain(lines[unsure])


def _mark_headlines(lines: Sequence[Line], page: list[bool], transcript: bool) -> None:
    """Headlines of other stories between finished paragraphs, and whatever trails the last one."""
    own = [place for place in range(len(lines)) if not page[place]]
    finished = [place for place in own if lines[place].ended]
    if transcript or len(finished) < 3 or len(finished) * 3 < len(own) * 2:
        return
    spaced = sum(line.alone for line in lines) > len(lines) / 2
    run: list[int] = []
    before_ended = False
    for place in own:
        line = lines[place]
        if _plain(line) and not line.text[0].islower() and (line.alone or not spaced):
            run.append(place)
            continue
        if (
            run
            and before_ended
            and len(run) <= _LONGEST_RUN
            and (line.ended or line.quoted)
            and not line.text[0].islower()
        ):
            for marked in run:
                page[marked] = True
        run = []
        before_ended = line.ended
    for place in own:
        if place > finished[-1] and _plain(lines[place]):
            page[place] = True
