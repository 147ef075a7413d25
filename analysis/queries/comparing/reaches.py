"""How a comparison is asked: how much counts as on its question, whom it compares unasked, whose names are no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.queries.codes import UNKNOWN
from analysis.queries.comparing.groups import Group, Who
from analysis.queries.ranking import NEARNESS, Mode, Near
from analysis.queries.tallies import tally
from analysis.schema import EntityKind

TYPICAL, WORDS, PAIRS = 3, 12, 5  # of each group, each group, each two groups
REACHES: Mapping[str, tuple[Mode, Near]] = {  # as links carry it, and what it asks of every_match
    "words": ("words", NEARNESS[1]),
    "narrow": ("hybrid", NEARNESS[0]),
    "medium": ("hybrid", NEARNESS[1]),
    "wide": ("hybrid", NEARNESS[2]),
}


def unasked(sides: Sequence[str]) -> list[Who]:
    """Whom a link without ``who`` compares: the first two of the sides, which come with those heard most first."""
    return [Who("side", value) for value in sides if value != UNKNOWN][:2]


def people_among(
    statements: pd.DataFrame,
    groups: Sequence[Group],
    entities: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, str],
) -> list[str]:
    """The names of the people who speak in any of the groups; of those no table knows, too."""
    rows = np.unique(np.concatenate([each.alone for each in groups]))
    people = [key for key, _ in tally(statements, "speaker_members", rows)]
    return [names.get(key, key) for key in people if key not in entities or entities[key]["kind"] == EntityKind.PERSON]
