"""Whose words a quotation is that stands without words of speaking beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.attribution import naming_span
from analysis.extraction.candidates import Candidate
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span

ALONE = "alone"  # the rule of a quotation that still has no speaker


def inherited(tree: Tree, found: Sequence[Candidate]) -> list[Candidate]:
    """``found`` with a speaker for each quotation that carries on or follows somebody's words.

    In this order: whoever spoke last in the same paragraph, or speaks next in it; the subject of the
    sentence before it; who spoke last in the paragraph before; the subject of that one's last sentence.
    """
    named: list[Candidate] = []
    spoke: Candidate | None = None  # the last direct quotation
    for number, quote in enumerate(found):
        if quote.rule == ALONE:
            following = found[number + 1] if number + 1 < len(found) else None
            quote = _given(tree, quote, named[-1] if named else None, spoke, following)
        named.append(quote)
        if quote.kind is Kind.DIRECT:
            spoke = quote
    return named


def _given(
    tree: Tree, quote: Candidate, last: Candidate | None, spoke: Candidate | None, following: Candidate | None
) -> Candidate:
    here = _paragraph(tree, quote.span.start)
    if spoke is not None and _paragraph(tree, spoke.span.start) == here:
        return replace(quote, speaker=spoke.speaker, rule="alone carried on")
    if last is not None and _paragraph(tree, last.span.start) == here:
        return replace(quote, speaker=last.speaker, rule="alone after report")
    if following is not None and following.speaker is not None and _paragraph(tree, following.span.start) == here:
        between = tree.text[quote.span.end : following.span.start]
        if following.kind is Kind.DIRECT and not any(letter.isalnum() for letter in between):
            return replace(quote, speaker=following.speaker, rule="alone carried on")
    first, _ = tree.bounds(tree.token_at(quote.span.start))
    at = tree.token_at(quote.span.start) - 1
    while at >= first and not tree.words[at][-1:].isalnum():
        at -= 1
    if at >= first:
        return replace(quote, speaker=_subject_of(tree, at), rule="alone after sentence")
    if spoke is not None and spoke.speaker is not None and here - _paragraph(tree, spoke.span.end - 1) == 1:
        return replace(quote, speaker=spoke.speaker, rule="alone next paragraph")
    if last is not None and last.speaker is not None and here - _paragraph(tree, last.span.end - 1) == 1:
        return replace(quote, speaker=last.speaker, rule="alone next paragraph")
    if first:
        return replace(quote, speaker=_subject_of(tree, first - 1), rule="alone next paragraph")
    return quote


def _paragraph(tree: Tree, offset: int) -> int:
    return tree.paragraphs[min(tree.token_at(offset), len(tree) - 1)]


def _subject_of(tree: Tree, token: int) -> Span | None:
    """The person who is the subject of the sentence that ends at ``token``."""
    for candidate in tree.clause_range(token):
        if tree.relations[candidate] in {"nsubj", "nsubjpass"} and tree.heads[candidate] > candidate:
            if tree.entities[candidate] == "PERSON" or tree.lowers[candidate] in {"he", "she"}:
                return naming_span(tree, candidate)
    return None
