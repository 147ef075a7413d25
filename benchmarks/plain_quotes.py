"""A plain quotation finder to compare with: what an afternoon with spaCy gives.

Marks around four words or more are direct speech; the clause a reporting verb takes, and the sentence around
"according to", are reported speech; the speaker is the subject of the nearest reporting verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc, Token

Row = dict[str, Any]  # one quote in the shape that ``extract`` prints

_REPORTING = frozenset(
    "say tell add note argue claim explain write insist state warn announce report suggest stress believe think "
    "acknowledge admit declare reply respond promise vow agree deny confirm predict recall conclude".split()
)
_MARKED = re.compile(r"[“\"]([^“”\"\n]{8,})(?:[”\"]|$)|''([^\n]{8,}?)''", re.MULTILINE)
_FEWEST = 4  # words between marks


def plain_quotes(parsed: Doc) -> list[Row]:
    """Quotes of ``parsed``: direct ones, and reported clauses, which run to the end of the marks they touch."""
    cues = [token for token in parsed if token.lemma_.lower() in _REPORTING and token.pos_ == "VERB"]
    direct = list(_direct(parsed, cues))
    found: list[Row] = []
    for row in _reported(parsed, cues):
        touched = [one for one in direct if row["start"] < one["end"] and one["start"] < row["end"]]
        if not touched:
            found.append(row)
        elif row["start"] < touched[0]["start"] - 2:
            found.append(row | {"end": max(row["end"], touched[-1]["end"]), "type": "mixed"})
            direct = [one for one in direct if one not in touched]
    return direct + found


def _direct(parsed: Doc, cues: list[Token]) -> Iterator[Row]:
    for match in _MARKED.finditer(parsed.text):
        group = 1 if match[1] is not None else 2
        if len(match[group].split()) < _FEWEST:
            continue
        paragraph = parsed.text.count("\n", 0, match.start())
        near = [
            cue
            for cue in cues
            if parsed.text.count("\n", 0, cue.idx) == paragraph and not match.start() < cue.idx < match.end()
        ]
        cue = min(near, key=lambda cue: min(abs(cue.idx - match.start()), abs(cue.idx - match.end())), default=None)
        yield _row(match.start(group), match.end(group), "direct", cue)


def _reported(parsed: Doc, cues: list[Token]) -> Iterator[Row]:
    for cue in cues:
        for clause in (child for child in cue.children if child.dep_ == "ccomp"):
            tokens = list(clause.subtree)
            if cue not in tokens:
                yield _row(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), "indirect", cue)
    for token in parsed:
        if token.lower_ == "according" and token.i + 1 < len(parsed) and parsed[token.i + 1].lower_ == "to":
            sentence, source = token.sent, list(token.subtree)
            start, end = sentence.start_char, sentence.end_char
            if source[0].i - sentence.start <= 1:
                start = min(source[-1].idx + len(source[-1]) + 1, end)
            else:
                end = max(start, source[0].idx - 1)
            name = source[-1]
            yield _row(start, end, "indirect", None) | {"speaker_start": name.idx, "speaker_end": name.idx + len(name)}


def _row(start: int, end: int, kind: str, cue: Token | None) -> Row:
    subject = next((child for child in cue.children if child.dep_ == "nsubj"), None) if cue is not None else None
    named = list(subject.subtree) if subject is not None else []
    return {
        "start": start,
        "end": end,
        "type": kind,
        "speaker_start": named[0].idx if named else None,
        "speaker_end": named[-1].idx + len(named[-1]) if named else None,
        "cue_start": cue.idx if cue is not None else None,
        "cue_end": cue.idx + len(cue) if cue is not None else None,
    }
