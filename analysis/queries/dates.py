"""Days and what they rest on, in words a reader can check."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from analysis.messages import Message, day_in_words, message
from analysis.queries.codes import FAIR, HIGH
from analysis.schema import Basis

NAMES = {
    Basis.STATED: message("Stated"),
    Basis.RESOLVED: message("Resolved"),
    Basis.DATELINE: message("Dateline"),
    Basis.PUBLISHED: message("Published"),
    Basis.UNKNOWN: message("Unknown"),
}
EXPLAINED = {
    Basis.STATED: message("The text gives the day."),
    Basis.RESOLVED: message("Worked out from words such as “on Tuesday” and the publication date."),
    Basis.DATELINE: message("Taken from the dateline, the place and day that open a news report."),
    Basis.PUBLISHED: message("Only the publication date is known; the words may be older."),
    Basis.UNKNOWN: message("No day is given, or only a vague time such as “in December”."),
}


def as_day(value: object) -> date | None:
    """The calendar day in ``value``, a date, a timestamp or a missing value; None where it is missing."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, datetime):  # a pandas timestamp is one
        return value.date()
    return value if isinstance(value, date) else None


def in_words(day: date | None) -> str:
    """ "18 March 2023", or "Undated" where the day is not known."""
    return day_in_words(day) if day else "Undated"


def span_in_words(first: date | None, last: date | None) -> str:
    """ "2001–2026" or "March 2023 – May 2024" or one day; "no dates" where none is known."""
    if first is None or last is None:
        return "no dates"
    if first == last:
        return in_words(first)
    if last.year - first.year >= 2:
        return f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first:%B %Y} – {last:%B %Y}"


def basis_in_words(basis: str, words: str | None = None) -> Message:
    """What a statement's day rests on, for the line under it; ``words`` are the text's own, where it gives any."""
    match basis:
        case Basis.STATED:
            return message("the text says “{words}”", words=words) if words else message("the text gives the day")
        case Basis.RESOLVED if words:
            return message("worked out from “{words}” and the publication date", words=words)
        case Basis.RESOLVED:
            return message("worked out from the text and the publication date")
        case Basis.DATELINE:
            return message("from the dateline “{words}”", words=words) if words else message("from the dateline")
        case Basis.PUBLISHED:
            return message("publication date; said then or before")
        case _:
            return message("no day is given")


def confidence_in_words(confidence: float) -> Message:
    """How far to trust the words' limits and the speaker; ``confidence`` is a probability in [0, 1].

    It is the share of quotations found the same way that were right in annotated news articles.
    """
    if confidence >= HIGH:
        level = message("High")
    elif confidence >= FAIR:
        level = message("Fair")
    else:
        level = message("Low: read the context before you cite")
    return message(
        "{level}. About {count} of 100 quotations found this way have the right words and speaker",
        level=level,
        count=round(100 * confidence),
    )
