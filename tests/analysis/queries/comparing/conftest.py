"""Statements of two sides on gas and on talks, with vectors that say only how much of each subject a text holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

SAID = (
    ("st-01", "wang-yi", "CN", "2022-03-01", "Taiwan is a core interest, and gas is trade"),
    ("st-02", "wang-yi", "CN", "2022-04-01", "Taiwan is an internal matter of China"),
    ("st-03", "qin-gang", "CN", "2023-03-07", "Taiwan again: an internal matter, says Wang Yi"),
    ("st-04", "wang-yi", "CN", None, "Taiwan must not be played with"),
    ("st-05", "sergey-lavrov", "RU", "2022-03-01", "Gas flows east, and more gas will flow"),
    ("st-06", "sergey-lavrov", "RU", "2022-05-01", "Gas is trade, as Lavrov says"),
    ("st-07", "vladimir-putin", "RU", "2023-01-02", "The gas pipes are full"),
    ("st-08", "vladimir-putin", "RU", "2023-02-02", "Gas, gas and gas once more"),
    ("st-09", "china+russia", "CN+RU", "2022-02-04", "Gas and Taiwan: both sides agree"),
    ("st-10", "nobody", None, "2022-02-05", "The weather is fine"),
)


class Made:
    """What comparisons read of a release."""

    def __init__(self, said: Sequence[tuple] = SAID) -> None:
        ids, speakers, sides, days, texts = zip(*said, strict=True)
        self.statements = pd.DataFrame(
            {
                "statement_id": ids,
                "text": texts,
                "kind": "direct",
                "speaker_id": speakers,
                "speaker_name": [name.replace("-", " ").title() for name in speakers],
                "speaker_members": [tuple(name.split("+")) for name in speakers],
                "side": sides,
                "sides": [tuple(side.split("+")) if side else () for side in sides],
                "publishers": [("Outlet",)] * len(said),
                "formulas": [()] * len(said),
                "office": None,
                "said_on": pd.to_datetime(list(days)),
            }
        )
        counts = np.array([[t.lower().count("gas"), t.lower().count("taiwan"), 0.2] for t in texts], dtype=np.float32)
        self._vectors = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)

    def vectors(self) -> tuple[list[str], np.ndarray]:
        return list(self.statements["statement_id"]), self._vectors

    def rows(self, *ids: str) -> np.ndarray:
        return np.flatnonzero(self.statements["statement_id"].str[:5].isin(ids))


@pytest.fixture(scope="module")
def made() -> Made:
    return Made()


@pytest.fixture(scope="module")
def often() -> Made:
    """The same five times over, so that differences are sure."""
    return Made([(f"{row[0]}-{time}", *row[1:]) for time in range(5) for row in SAID])
