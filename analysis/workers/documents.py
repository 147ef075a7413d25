"""A few documents into their quotes and mentions, by one parser: what every worker does."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from analysis.schema import Document, Mention, Quote, Skipped, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from analysis.entities.gazetteer import Gazetteer
    from analysis.importing.rows import Row

CHUNK = 8  # documents; the batch in which the parser reads them
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document with what was found in it."""

    document: Document  # with its questions
    quotes: list[Quote]
    mentions: list[Mention]


Work: TypeAlias = "Sequence[tuple[Document, Row | None]]"  # a chunk; the row that a document was imported as, if any
Done: TypeAlias = "list[Extracted | Skipped]"  # one a document, in their order


@dataclass(frozen=True, slots=True)
class Tools:
    """What extraction needs beside a parser; goes to wherever it is done."""

    parser: str  # its name
    gazetteer: Gazetteer
    least_confidence: float


def chunks(work: Work) -> list[Work]:
    """The documents in chunks, in order."""
    return [work[start : start + CHUNK] for start in range(0, len(work), CHUNK)]


def extract_chunk(work: Work, tools: Tools, parser: Language) -> Done:
    """What came of each document; the reason where it could not be processed."""
    pairs = parse_documents([document for document, _ in work], parser)
    return [_extracted(document, parsed, row, tools) for (document, parsed), (_, row) in zip(pairs, work, strict=True)]


def _extracted(document: Document, parsed: Doc | Exception, row: Row | None, tools: Tools) -> Extracted | Skipped:
    from analysis.entities.mentions import find_mentions
    from analysis.extraction import extract
    from analysis.importing.quoting import quote_of

    try:
        if isinstance(parsed, Exception):
            raise parsed
        if row is None:
            quotes = list(extract(document, parsed, tools.gazetteer, tools.least_confidence))
        else:
            quotes = [quote_of(row, document, tools.gazetteer)]
        mentions = placed(find_mentions(document, parsed, tools.gazetteer), quotes)
        asked = () if row else tuple(_questions(document.text))
    except Exception as error:
        return failed(document, error)
    return Extracted(replace(document, questions=asked), quotes, mentions)


def parse_documents(
    documents: Sequence[Document], parser: Language, workers: int = 1
) -> Iterator[tuple[Document, Doc | Exception]]:
    """Each document with its parse, in order; with the error instead where the parser fails on it."""
    from analysis.parsing import parse

    at = 0
    while at < len(documents):
        try:
            for parsed in parse(parser, (each.text for each in documents[at:]), workers):
                yield documents[at], parsed
                at += 1
        except Exception:  # one of the next few stopped the pipe: take this one alone, then go on with the rest
            _log.debug("the parser stopped at or after %s", documents[at].source, exc_info=True)
            try:
                yield documents[at], next(parse(parser, [documents[at].text]))
            except Exception as error:
                yield documents[at], error
            at += 1


def failed(document: Document, error: Exception) -> Skipped:
    """What is recorded of a document that could not be processed."""
    _log.debug("%s failed", document.source, exc_info=error)
    words = str(error).splitlines()[0][:200] if str(error) else ""
    return Skipped(
        document.source, "failed", f"{document.source} could not be processed: {type(error).__name__}: {words}"
    )


def placed(mentions: Sequence[Mention], quotes: Sequence[Quote]) -> list[Mention]:
    """The mentions of one document, in its order, each with the shortest of its quotes that it stands in."""
    waiting = sorted(quotes, key=lambda quote: quote.start, reverse=True)
    around: list[Quote] = []
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (each.start, each.end)):
        while waiting and waiting[-1].start <= mention.start:
            around.append(waiting.pop())
        around = [quote for quote in around if quote.end > mention.start]
        holding = [quote for quote in around if quote.end >= mention.end]
        shortest = min(holding, key=lambda quote: (quote.end - quote.start, quote.start), default=None)
        found.append(replace(mention, quote_id=shortest.quote_id if shortest else None))
    return found


def _questions(text: str) -> Iterator[Span]:
    """What a transcript's speakers are asked; nothing where the text is none."""
    from analysis.extraction.turns import questions

    for turn in questions(text):
        yield from turn.paragraphs
