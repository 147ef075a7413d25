"""Whether a quote's confidence is a frequency: of the quotes given 0.8, are four in five right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """One of the system's quotes, compared with the gold."""

    confidence: float  # probability in [0, 1] that the system gave
    right: bool  # its span (80 % of the tokens) and its speaker


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes whose confidence lies in [low, high)."""

    low: float
    high: float  # exclusive, but the last bin holds 1.0
    quotes: int
    right: int
    promised: float  # mean confidence; 0 where there are no quotes


def calibration(judged: Sequence[Judged]) -> list[Bin]:
    """Ten bins of confidence, lowest first, empty ones among them."""
    bins = []
    for low, high in zip(_EDGES, (*_EDGES[1:], 1.0), strict=True):
        inside = [one for one in judged if low <= one.confidence and (one.confidence < high or high == 1.0)]
        promised = sum(one.confidence for one in inside) / len(inside) if inside else 0.0
        bins.append(Bin(low, high, len(inside), sum(one.right for one in inside), promised))
    return bins


def lines(judged: Sequence[Judged]) -> Iterator[str]:
    """The table for people, and how often the surest quotes are right; nothing where no quote tells its confidence."""
    if not judged:
        return
    yield f"{'confidence':14}{'promised %':>10}{'right %':>9}{'quotes':>8}"
    for each in calibration(judged):
        if each.quotes:
            label = f"{each.low:.1f} to {each.high:.1f}"
            yield f"{label:14}{100 * each.promised:10.1f}{100 * each.right / each.quotes:9.1f}{each.quotes:8d}"
    sure = [one.right for one in judged if one.confidence >= SURE]
    if sure:
        yield f"confidence >= {SURE}: right {100 * sum(sure) / len(sure):.1f} % ({len(sure)})"
