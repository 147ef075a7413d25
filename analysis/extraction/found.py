"""What the first step of extraction hands to the next ones: spans, not yet names or days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.schema import Basis, Kind, Span


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quotation's span and the spans around it that say who spoke."""

    span: Span  # without the outer quotation marks
    kind: Kind
    speaker: Span | None  # the words that name the speaker: "Wang", "he", "the Chinese diplomat"
    cue: Span | None  # the word or words of speaking: "said", "was quoted as saying", "according to"
    via: Span | None  # who relayed it, where the sentence says so
    confidence: float  # probability in [0, 1] that the span and the speaker's span are right
    turn: bool = False  # a transcript's turn, a speech or a letter; without ``speaker`` the document's own speaker's


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """Who a quote's speaker span stands for; every field None where nobody can be named."""

    speaker_id: str | None  # members joined by "+" for a group
    name: str | None
    side: str | None  # members' sides joined by "+" for a group of several sides
    role_text: str | None  # the office as the document prints it
    via: str | None
    confidence: float  # probability in [0, 1] that the name is right, given that the span is


@dataclass(frozen=True, slots=True)
class SaidOn:
    """The day of a quote and what it rests on."""

    day: date | None
    basis: Basis
    evidence: str | None  # the words it was worked out from
