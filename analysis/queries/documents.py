"""One document as its readers see it: the text cut where quotes, footnotes and boilerplate begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.pieces import joined, print_key
from analysis.schema import Citation, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text that is one thing throughout."""

    start: int
    end: int
    quote_ids: tuple[str, ...]  # the quotes it belongs to, the shortest (innermost) last
    is_boilerplate: bool
    is_question: bool  # put to a speaker in a transcript: no statement
    notes: tuple[int, ...]  # footnotes, counted from 0, whose marks stand right after it


def pieces(
    length: int,
    quotes: Sequence[tuple[str, int, int]],
    boilerplate: Sequence[Span],
    notes: Sequence[int],
    questions: Sequence[Span] = (),
) -> list[Piece]:
    """The text from 0 to ``length`` cut at every border, in order and without gaps.

    quotes: (quote_id, start, end). notes: the offset of each footnote's mark. What reaches past the text is cut off.
    Cost grows with the number of borders and of quotes that hold one another.
    """
    within = [(start, end) for _, start, end in quotes]
    within += [(span.start, span.end) for span in (*boilerplate, *questions)]
    borders = {0, length} | {min(max(at, 0), length) for pair in within for at in pair}
    marks: dict[int, list[int]] = {}
    for number, at in enumerate(notes):
        marks.setdefault(min(max(at, 0), length), []).append(number)
    cuts = sorted(borders | set(marks))
    named = _covering(cuts, [(start, end, quote_id) for quote_id, start, end in quotes])
    plain = _covering(cuts, [(span.start, span.end, "") for span in boilerplate])
    put = _covering(cuts, [(span.start, span.end, "") for span in questions])
    return [
        Piece(start, end, inside, bool(is_plain), bool(is_put), tuple(marks.get(end, ())))
        for (start, end), inside, is_plain, is_put in zip(pairwise(cuts), named, plain, put, strict=True)
    ]


def _covering(cuts: Sequence[int], spans: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, ...]]:
    """For each stretch between two cuts, the names of the spans that cover it, the longest first."""
    coming = sorted(spans, reverse=True)
    open_now: list[tuple[int, int, str]] = []
    for start, end in pairwise(cuts):
        while coming and coming[-1][0] <= start:
            open_now.append(coming.pop())
        open_now = [span for span in open_now if span[1] >= end]
        covering = sorted(open_now, key=lambda span: (span[0] - span[1], span[0]))
        yield tuple(name for _, _, name in covering)


def around(text: str, start: int, end: int, reach: int = 600) -> Span:
    """The paragraph or paragraphs of ``text`` that hold ``start`` to ``end``, without space at their ends.

    Of a paragraph that reaches further, some ``reach`` code points before and after are kept, cut between words.
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    opens = text.rfind("\n\n", 0, start)
    first = 0 if opens < 0 else opens + 2
    closes = text.find("\n\n", end)
    last = len(text) if closes < 0 else closes
    if start - first > reach:
        space = text.find(" ", start - reach, start)
        first = space + 1 if space >= 0 else start - reach
    if last - end > reach:
        space = text.rfind(" ", end, end + reach)
        last = space if space > end else end + reach
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return Span(first, max(last, first))


def same_print(quotes: pd.DataFrame, asked: str) -> frozenset[str]:
    """``asked`` and those of ``quotes`` that are pieces of the same print; empty when it is not among them."""
    prints = _prints(quotes)
    own = prints[quotes["quote_id"] == asked]
    alike = quotes["statement_id"].isin(quotes.loc[quotes["quote_id"] == asked, "statement_id"])
    return frozenset(quotes.loc[prints.isin(own) & alike, "quote_id"])


def other_prints(quotes: pd.DataFrame, asked: str) -> pd.DataFrame:
    """Of one statement's ``quotes``, the first piece of each print that ``asked`` is not a piece of."""
    keyed = quotes.assign(print=_prints(quotes)).sort_values(["document_id", "start"], kind="stable")
    own = keyed.loc[keyed["quote_id"] == asked, "print"]
    return keyed[~keyed["print"].isin(own)].drop_duplicates("print").drop(columns="print")


def whole_prints(quotes: pd.DataFrame) -> pd.DataFrame:
    """Of one document's ``quotes``, in the order of its text, the first piece of each print, with the words of all."""
    keyed = quotes.assign(print=_prints(quotes))
    same = ["statement_id", "print"]
    words = keyed.groupby(same, sort=False, dropna=False)["text"].transform(joined)
    return keyed.assign(text=words).drop_duplicates(same).drop(columns="print")


def _prints(quotes: pd.DataFrame) -> pd.Series[Any]:
    """What is the same for the pieces of one print: see ``analysis.pieces.print_key``."""
    keys = [
        print_key(str(document), None if pd.isna(cue) else int(cue), str(quote))
        for document, cue, quote in zip(quotes["document_id"], quotes["cue_start"], quotes["quote_id"], strict=True)
    ]
    return pd.Series(keys, index=quotes.index, dtype=object)


def numbered(citations: Sequence[Citation]) -> tuple[list[int], list[Citation]]:
    """Each footnote's number, counted from 1, and the sources by number: marks of one source share its number."""
    sources: dict[tuple[object, ...], int] = {}
    numbers, listed = [], []
    for citation in citations:
        key = (citation.publisher, citation.title, citation.url, citation.published_on)
        if key not in sources:
            sources[key] = len(sources) + 1
            listed.append(citation)
        numbers.append(sources[key])
    return numbers, listed
