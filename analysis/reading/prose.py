"""Markdown → its prose: paragraphs without markup, images, code and HTML, and where its headings stand."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from analysis.schema import Span


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def to_prose(body: str) -> tuple[str, tuple[Span, ...]]:
    """The text of a Markdown ``body`` and the spans of its headings, in order.

    Paragraphs, list entries, headings and table cells are separated by a blank line. Links leave their words.
    """
    pieces: list[str] = []
    headings: list[Span] = []
    length = 0
    heading = False
    for token in _parser().parse(body):
        if token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        if token.type != "inline":
            continue
        words = _words(token.children or []).strip()
        if not words:
            continue
        if pieces:
            length += 2
        if heading:
            headings.append(Span(length, length + len(words)))
        pieces.append(words)
        length += len(words)
    return "\n\n".join(pieces), tuple(headings)


def _words(tokens: list[Token]) -> str:
    """The words of one block's inline tokens."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
