"""The log's line for each change, and for each that was refused: who, what, which release. Never a token or a text."""

from __future__ import annotations

import json

LOG = "analysis.changes"  # the logger's name


def line(who: str, role: str, act: str, **details: object) -> str:
    """One line of JSON in plain letters, whatever strangers put into names; what is None is left out."""
    said = {"who": who, "role": role, "act": act, **details}
    return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=True)
