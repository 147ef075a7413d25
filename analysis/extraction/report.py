"""One act of speaking: what was said, by whom, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.schema import Span


@dataclass(frozen=True, slots=True)
class Report:
    """One act of speaking found in a sentence's structure."""

    content: tuple[Span, ...]  # what was said, in pieces where the attribution stands inside it; may be empty
    speaker: Span | None
    cue: Span
    via: Span | None
    rule: str  # which rule found it; the confidence rests on it
