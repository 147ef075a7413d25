"""Quotes become statements: prints of one utterance share one.

Same speaker, compatible days, and the same words, a fragment of them, or another translation of them. Quotes are
compared only with statements of their speaker that were said within days of theirs and share words or meaning
with them, so the cost grows with the number of quotes, not with its square.
"""

from __future__ import annotations

from analysis.grouping.alignment import Aligner, aligner_for
from analysis.grouping.statements import group

__all__ = ["Aligner", "aligner_for", "group"]
