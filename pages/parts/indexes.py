"""What pages count by, laid out once for a release: speakers, names, offices held, and what prints what."""

from __future__ import annotations

import numpy as np

from analysis.queries.indexes import Indexes
from pages.parts import data
from pages.parts.picked import Picked


def current() -> Indexes:
    """Those of the release that this session looks at."""
    return data.current().indexes


def kept(picked: Picked) -> np.ndarray:
    """Which statements of the release the filters keep: (n,) bool."""

    def make() -> np.ndarray:
        mask = np.zeros(len(data.current().release.statements), dtype=bool)
        mask[picked.places] = True
        return mask

    return picked.keep("mask", make)
