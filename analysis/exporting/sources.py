"""The pages where several statements are printed, each named once."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.exporting.reference import Reference


def sources(cited: Sequence[Reference]) -> list[tuple[str, str, list[int]]]:
    """Each page with its address and the numbers, from 1, of the statements that it prints, in order of first use.

    A statement whose page is not named is left out.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for number, each in enumerate(cited, start=1):
        if each.source or each.url:
            found.setdefault((each.source, each.url), []).append(number)
    return [(source, url, numbers) for (source, url), numbers in found.items()]
