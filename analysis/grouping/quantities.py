"""The numbers a text names, as values: “$200 billion” is “two hundred billion”, “two decades” are “20 years”."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = {
    word: float(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split(),
        start=2,
    )
}
_TENS = {
    word: float(value)
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_TIMES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "bcm": 1e9,
    "trillion": 1e12,
    "mln": 1e6,
    "bln": 1e9,
}
_TIMES |= {"tenth": 10.0, "tenths": 10.0, "percent": 1.0}  # nine tenths and ninety percent
_TIMES |= {"decade": 10.0, "decades": 10.0, "dozen": 12.0, "century": 100.0, "centuries": 100.0}
_ORDINAL = ("st", "nd", "rd", "th")  # 75th
_ORDINALS = {  # after a ten: the twenty-first
    word: float(value)
    for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), start=1)
}
_SHARES = {"half": 50.0, "third": 33.0, "quarter": 25.0}  # percent
_BEFORE_A_SHARE = frozenset("a an by one".split())
_NO_SHARES = frozenset("party parties country countries state states side sides nation nations time".split())


def quantities(forms: Sequence[str]) -> frozenset[float]:
    """Every number among ``forms``, the folded words of a text in order (see ``analysis.wording.forms``).

    "One", "a" and "first" count as no number: they are articles more often. Magnitudes alone ("decades", "billions")
    name none. A word like "twenty" and a unit after it are added, a magnitude multiplies what stands before it.
    """
    found: set[float] = set()
    current: float | None = None
    thousands = False  # may go on: 730 and 000 are 730,000
    padded = ["", *forms, "", ""]
    for before, written, after in zip(padded, padded[1:], padded[2:], strict=False):
        ordinal = written[:-2].isdecimal() and written[-2:] in _ORDINAL
        form = written[:-2] if ordinal else written
        if thousands and current is not None and len(form) == 3 and form.isdecimal():
            current = current * 1000 + float(form)
            continue
        thousands = form.isdecimal() and len(form) <= 3
        after_ten = current is not None and current % 100 in _TENS.values()
        if before == "covid":
            thousands = False
        elif form in _TENS or form in _UNITS or (form.isdecimal() and len(form) <= 15):
            value = _TENS.get(form) or _UNITS.get(form) or float(form)
            if current is not None and not (after_ten and form in _UNITS):
                found.add(current)
            current = value + (current or 0.0) if after_ten and form in _UNITS else value
            if ordinal and after in _TIMES:  # the 21st century
                found.add(current)
                current = None
        elif current is not None and after_ten and form in _ORDINALS:
            found.add(current + _ORDINALS[form])
            current = None
        elif current is not None and form in _TIMES:
            current *= _TIMES[form]
        else:
            if current is not None:
                found.add(current)
            current = _SHARES[form] if form in _SHARES and _is_share(before, after) else None
    return frozenset(found)


def _is_share(before: str, after: str) -> bool:
    """True for "a third of", "by a quarter", "half of"; not for "a third party", "the first half of"."""
    return after not in _NO_SHARES and (
        before in _BEFORE_A_SHARE or (after == "of" and before not in {"first", "second", "the"})
    )
