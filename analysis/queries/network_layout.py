"""Where the entities of a network are drawn: near what they are named with, and the same place every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.queries.co_mentions import Network

_APART = 4.0  # steps between two that no chain of statements joins
_ROUNDS = 120  # until nothing moves that could be seen
_MARGIN = 0.06  # of the picture, free on every side
_CHARACTER, _LINE = 6.4, 15.0  # pixels of a label's character and line

Position = Literal[
    "top center", "bottom center", "middle right", "middle left", "top right", "top left", "bottom right", "bottom left"
]


def layout(network: Network) -> dict[str, tuple[float, float]]:
    """Each entity's place, both coordinates in [0, 1].

    Distances on the picture follow those in the network, near ones most of all: stress majorization, Gansner, Koren
    and North (2005), "Graph drawing by stress majorization". Two that are named together more often are nearer. All
    start on a circle, most named first, so that one network always looks the same. A few ms for 40 entities.
    """
    names = [name for name, _ in network.counts]
    if len(names) < 2:
        return dict.fromkeys(names, (0.5, 0.5))
    wanted = _distances(network)
    turn = 2 * np.pi * np.arange(len(names)) / len(names)
    points = _majorized(wanted, wanted.max() / 2 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    low, high = points.min(axis=0), points.max(axis=0)
    spread = (points - low) / np.maximum(high - low, 1e-9)
    within = np.round(_MARGIN + (1 - 2 * _MARGIN) * spread, 3)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, within, strict=True)}


def _distances(network: Network) -> np.ndarray:
    """How far apart each two entities belong: the shortest way over those they are named with, (n, n)."""
    place = {name: at for at, (name, _) in enumerate(network.counts)}
    apart = np.full((len(place), len(place)), np.inf)
    np.fill_diagonal(apart, 0)
    for link in network.links:
        one, other = place[link.one], place[link.other]
        apart[one, other] = apart[other, one] = 1 + 1 / np.sqrt(link.statements)
    for between in range(len(place)):
        apart = np.minimum(apart, apart[:, [between]] + apart[[between]])
    return np.where(np.isfinite(apart), apart, _APART)


def _majorized(wanted: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points whose distances are as near to those wanted, (n, n), as can be reached from ``points``, (n, 2)."""
    weights = np.divide(1, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        now = np.linalg.norm(points[:, None] - points[None], axis=2)
        pull = -np.divide(weights * wanted, now, out=np.zeros_like(wanted), where=now > 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ pull @ points
    return points


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the picture, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """True where the two share room."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.top <= other.bottom or other.top <= self.bottom)


def label_positions(
    points: Sequence[tuple[float, float]], sizes: Sequence[float], labels: Sequence[str], width: float, height: float
) -> list[Position | None]:
    """Beside its mark where each label covers no mark and no label before it; None where there is no room.

    points: in [0, 1], in order of importance. sizes: the marks' diameters in pixels. width, height: of the picture.
    """
    at = [(x * width, y * height) for x, y in points]
    taken = [
        Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2) for (x, y), size in zip(at, sizes, strict=True)
    ]
    chosen: list[Position | None] = []
    for place, ((x, y), size, label) in enumerate(zip(at, sizes, labels, strict=True)):
        found: Position | None = None
        for position, box in _tried(x, y, size, len(label) * _CHARACTER):
            inside = box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height
            if inside and not any(box.meets(other) for number, other in enumerate(taken) if number != place):
                found = position
                taken.append(box)
                break
        chosen.append(found)
    return chosen


def _tried(x: float, y: float, size: float, length: float) -> list[tuple[Position, Box]]:
    half, gap = length / 2, size / 2 + 1
    return [
        ("top center", Box(x - half, y + gap, x + half, y + gap + _LINE)),
        ("bottom center", Box(x - half, y - gap - _LINE, x + half, y - gap)),
        ("middle right", Box(x + gap, y - _LINE / 2, x + gap + length, y + _LINE / 2)),
        ("middle left", Box(x - gap - length, y - _LINE / 2, x - gap, y + _LINE / 2)),
        ("top right", Box(x + gap, y + gap, x + gap + length, y + gap + _LINE)),
        ("top left", Box(x - gap - length, y + gap, x - gap, y + gap + _LINE)),
        ("bottom right", Box(x + gap, y - gap - _LINE, x + gap + length, y - gap)),
        ("bottom left", Box(x - gap - length, y - gap - _LINE, x - gap, y - gap)),
    ]
