"""What reading says about what it could not use: one wording each, naming what to do."""

from __future__ import annotations

from analysis.schema import Skipped

# Reasons that concern a part of a document which was read all the same.
NOTES = frozenset({"date", "footnote", "encoding", "field"})


def is_note(skipped: Skipped) -> bool:
    """True when the document itself was read, and only a part of what came with it was left out."""
    return skipped.reason in NOTES


def too_long(source: str, size: int, unit: str, limit: int) -> Skipped:
    """A document, or a line of JSONL, beyond what ``ON_RECORD_LONGEST_DOCUMENT`` allows.

    size: in ``unit``. limit: characters.
    """
    detail = (
        f"{source} has {size:,} {unit}; the longest document read is {limit:,} characters. "
        "Split it, or raise ON_RECORD_LONGEST_DOCUMENT."
    )
    return Skipped(source, "too long", detail)


def empty(source: str) -> Skipped:
    """A file, row or body without a word."""
    return Skipped(source, "empty", f"{source} holds no text. Remove it, or fill it.")


def shown(value: object) -> str:
    """A value as a message quotes it: one line, 60 characters at most, nothing that a terminal acts on."""
    words = str(value)[:200] if isinstance(value, str | int | float | bool) else f"a {type(value).__name__}"
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return plain if len(plain) <= 60 else plain[:57] + "…"
