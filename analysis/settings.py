"""Every setting, read once from the environment. ``docs/settings.md`` explains each default."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PROBABILITY = re.compile(r"0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models read and encode."""

    archive: Path = ROOT / "archive"  # ON_RECORD_ARCHIVE
    data: Path = ROOT / "data"  # ON_RECORD_DATA: gazetteer, events, shipped briefs
    encoder: str = "base"  # ON_RECORD_ENCODER: "base", "small", or a sentence-transformers model's name or folder
    parser: str = "en_core_web_md"  # ON_RECORD_PARSER: an installed spaCy pipeline
    longest_document: int = 2_000_000  # ON_RECORD_LONGEST_DOCUMENT, characters: longer ones are skipped with a note
    nice: int = 10  # ON_RECORD_NICE, 0 to 19: how far build, add and import give way to other programs
    least_confidence: float = 0.3  # ON_RECORD_LEAST_CONFIDENCE, a probability: reported words below it are left out

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Settings with what ``ON_RECORD_*`` variables say laid over the defaults.

        Raises ValueError, naming the variable, for a value that cannot be used.
        """
        default = cls()
        longest = environment.get("ON_RECORD_LONGEST_DOCUMENT", str(default.longest_document))
        if not longest.isdecimal() or int(longest) == 0:
            raise ValueError(f"ON_RECORD_LONGEST_DOCUMENT is {longest!r}; give a number of characters above 0")
        nice = environment.get("ON_RECORD_NICE", str(default.nice))
        if not nice.isdecimal() or int(nice) > 19:
            raise ValueError(f"ON_RECORD_NICE is {nice!r}; give a whole number from 0 to 19")
        least = environment.get("ON_RECORD_LEAST_CONFIDENCE", str(default.least_confidence))
        if not _PROBABILITY.fullmatch(least):
            raise ValueError(f"ON_RECORD_LEAST_CONFIDENCE is {least!r}; give a number from 0 to 1, such as 0.3")
        return cls(
            archive=Path(environment.get("ON_RECORD_ARCHIVE", default.archive)),
            data=Path(environment.get("ON_RECORD_DATA", default.data)),
            encoder=environment.get("ON_RECORD_ENCODER", default.encoder),
            parser=environment.get("ON_RECORD_PARSER", default.parser),
            longest_document=int(longest),
            nice=int(nice),
            least_confidence=float(least),
        )
