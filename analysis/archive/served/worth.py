"""What a word is worth in each statement that holds it: BM25 without the word's rarity, computed ahead.

The saturated, length-normalised frequency is kept as a byte, so that a question only multiplies and adds (Lù 2024,
"BM25S: Orders of magnitude faster lexical search via eager sparse scoring"). Words that many statements hold have
their bytes statement by statement as well: adding those up in order is much quicker than going to scattered places.
All is computed anew for every release, since the mean length changes: 0.3 s for a million statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.archive.served.arrays import Grouped, empty, load

UNIT = 0.5  # of a frequency as it is stored: a byte holds up to 127
STEP = 2.2 / 255  # of a worth as it is stored; the highest, of a word that stands often, is _SATURATION + 1
_SATURATION = 1.2  # k1
_LENGTH = 0.4  # b: statements are all short, so length says little
_COMMON = 10_000  # statements; a word is common when more hold it, and more than one in _SHARE
_SHARE = 24
_PIECE = 1 << 20  # entries weighed at once
_ARRAYS = ("stem_worths", "common_stems", "common_worths")


@dataclass(slots=True)
class Worth:
    """Worths in units of ``STEP``; 0 only where a statement does not hold the word. Arrays may be mapped files."""

    entries: np.ndarray  # (entries,) uint8, beside the postings by stem
    common: np.ndarray  # (common,) int64: the stem ids of common words, ascending
    dense: np.ndarray  # (common, n) uint8: their worths in every statement

    def of_common(self, stem_id: int) -> np.ndarray | None:
        """What a common word is worth in every statement, (n,) uint8; None for other words."""
        at = int(np.searchsorted(self.common, stem_id))
        return self.dense[at] if at < len(self.common) and self.common[at] == stem_id else None

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """What there is to save, by name."""
        return dict(zip(_ARRAYS, (self.entries, self.common, self.dense), strict=True))


def weigh(by_stem: Grouped, lengths: np.ndarray, into: Path | None = None) -> Worth:
    """The worths of postings by stem, (rows, counts). lengths: (n,) words of each text. into: a folder for files."""
    rows, counts = by_stem.values
    mean = float(lengths.sum() / len(lengths)) if len(lengths) else 1.0
    norms = (_SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(mean, 1.0))).astype(np.float32)
    files = [into / f"{name}.npy" if into else None for name in _ARRAYS]
    entries = empty(files[0], (len(rows),), np.uint8)
    for start in range(0, len(rows), _PIECE):
        piece = slice(start, start + _PIECE)
        frequencies = counts[piece] * np.float32(UNIT)
        worth = frequencies * np.float32((_SATURATION + 1) / STEP)
        worth /= frequencies + norms[rows[piece]]
        entries[piece] = np.clip(np.rint(worth), 1, 255)
    held = np.diff(by_stem.starts)
    common = np.flatnonzero((held > _COMMON) & (held > len(lengths) // _SHARE))
    dense = empty(files[2], (len(common), len(lengths)), np.uint8)
    for at, stem_id in enumerate(common):
        found = by_stem.of(int(stem_id))
        dense[at] = 0
        dense[at, rows[found]] = entries[found]
    return Worth(entries, common, dense)


def open_worth(folder: Path) -> Worth:
    """The worths saved in ``folder``, mapped. Raises OSError where they are not."""
    return Worth(*(load(folder, name) for name in _ARRAYS))
