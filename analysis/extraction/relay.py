"""Who relays somebody's words: "a statement quoted Xi as saying", "…, writes Bloomberg"."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extraction import cues
from analysis.extraction.tree import Tree
from analysis.schema import Span

_QUOTING = frozenset({"quote", "cite", "paraphrase"})
_AS = frozenset({"as"})


@dataclass(frozen=True, slots=True)
class Relay:
    """A verb of quoting with both its sides, as token indexes."""

    speaker: int  # whose words they are
    via: int | None  # who quotes them
    last: int  # the last token of the words of quoting: "saying" in "was quoted as saying"


def relayed(tree: Tree, verb: int) -> Relay | None:
    """The two sides of "A quoted B as saying" and "B was quoted (by A) as saying"; None for any other verb."""
    if tree.lemmas[verb] not in _QUOTING:
        return None
    last = verb
    for preposition in tree.children(verb, "prep"):
        if tree.lowers[preposition] in _AS:
            saying = tree.child(preposition, "pcomp", "advcl")
            last = saying if saying is not None else last
    passive = tree.child(verb, "nsubjpass")
    if passive is not None:
        by = tree.child(verb, "agent")
        return Relay(passive, None if by is None else tree.child(by, "pobj"), last)
    thing, own = tree.child(verb, "dobj"), tree.child(verb, "nsubj")
    if thing is None or own is None or last == verb:
        return None
    return Relay(thing, own, last)


def relay_of(tree: Tree, verb: int) -> Relay | None:
    """The relay that ``verb`` is part of: its own, or that of "quoted" for the "saying" of "quoted as saying"."""
    if tree.relations[verb] in {"pcomp", "advcl"} and tree.lowers[tree.heads[verb]] == "as":
        return relayed(tree, tree.heads[tree.heads[verb]])
    return relayed(tree, verb)


def quoter(tree: Tree, speaker: int) -> int | None:
    """Who quotes the speaker in an aside: "the experts, quoted by the newspaper, warned"."""
    for aside in tree.children(speaker, "acl"):
        if tree.lemmas[aside] in _QUOTING and (by := tree.child(aside, "agent")) is not None:
            return tree.child(by, "pobj")
    return None


def is_outlet(tree: Tree, span: Span) -> bool:
    """True for a newspaper, a broadcaster, an agency or a document, which relay more than they say."""
    last = tree.token_at(span.end - 1)
    first = tree.token_at(span.start)
    if any(tree.lemmas[token] in cues.CARRIERS for token in range(first, last + 1) if tree.parts[token] == "NOUN"):
        return True
    return any(tree.words[token] in cues.OUTLET_NAMES for token in range(first, last + 1))
