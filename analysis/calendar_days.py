"""Calendar days as people write them: one list of forms for fields, bylines and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января",
            "february feb февраля",
            "march mar марта",
            "april apr апреля",
            "may мая",
            "june jun июня",
            "july jul июля",
            "august aug августа",
            "september sept sep сентября",
            "october oct октября",
            "november nov ноября",
            "december dec декабря",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

MONTH = r"(?:" + "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"

# Named groups carry the form's letter, since one pattern holds them all.
FULL_DATE = re.compile(
    rf"(?<![\w./-])(?:"
    rf"(?P<y1>{_YEAR})-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})(?=T\d|\D|$)"
    rf"|(?P<y2>{_YEAR})[/.](?P<m2>\d{{1,2}})[/.](?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?P<d3>{_DAY})\.(?P<m3>0?[1-9]|1[0-2])\.(?P<y3>{_YEAR})(?!\d)"
    rf"|(?P<a4>\d{{1,2}})/(?P<b4>\d{{1,2}})/(?P<y4>{_YEAR})(?!\d)"
    rf"|(?P<d5>{_DAY})(?:st|nd|rd|th)?(?: of)?[ -](?P<n5>{MONTH})\.?,?[ -](?P<y5>{_YEAR})(?!\d)"
    rf"|(?P<n6>{MONTH})\.? (?P<d6>{_DAY})(?:st|nd|rd|th)?,? (?P<y6>{_YEAR})(?!\d)"
    rf"|(?P<y7>{_YEAR})年(?P<m7>\d{{1,2}})月(?P<d7>\d{{1,2}})日"
    rf")",
    re.IGNORECASE,
)
_TIME = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d{1,6})?)?"
_AROUND = re.compile(
    rf"(?:{_TIME}|[T,|•·–—\-()]|\b(?:a\.?m|p\.?m|gmt|utc|msk|est|edt|bst|cst|ist|et|at|on|hrs)\b\.?|(?<=\d)z"
    rf"|[+-]\d{{1,2}}:?\d{{2}}|\b(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?|\s)+",
    re.IGNORECASE,
)


def real_day(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None where there is none: 30 February, month 13."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of(match: re.Match[str]) -> date | None:
    """The day a ``FULL_DATE`` match means; None where it is not real, or 03/04/2022 leaves the order open."""
    part = {name: value for name, value in match.groupdict().items() if value is not None}
    form = next(iter(part))[-1]
    year = int(part["y" + form])
    if form == "4":
        first, second = int(part["a4"]), int(part["b4"])
        if first == second or first > 12:
            return real_day(year, second, first)
        return real_day(year, first, second) if second > 12 else None
    name = part.get("n" + form)
    month = MONTHS[name.casefold()] if name else int(part["m" + form])
    return real_day(year, month, int(part["d" + form]))


def full_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every real date with a year in ``text[start:end]``, from left to right."""
    for match in FULL_DATE.finditer(text, start, len(text) if end is None else end):
        day = day_of(match)
        if day is not None:
            yield match.start(), match.end(), day


def read_day(words: str) -> date | None:
    """The day that ``words`` as a whole give: "2023-02-23T09:58Z", "9:58 23.02.2023", "Thu, Feb 27, 2025".

    None where they say anything else, or give a day that is not real.
    """
    words = words.strip()
    if len(words) > 100:
        return None
    match = FULL_DATE.search(words)
    if match is None:
        return None
    around = words[: match.start()], words[match.end() :]
    if all(not part or _AROUND.fullmatch(part) for part in around):
        return day_of(match)
    return None
