"""Who relays somebody's words: "a statement quoted Xi as saying", "…, writes Bloomberg"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.extraction import cues
from analysis.extraction.candidates import Candidate
from analysis.extraction.tree import Tree
from analysis.schema import Kind, Span

_QUOTING = frozenset({"quote", "cite", "paraphrase"})
_CITING = frozenset({"citing", "quoting"})
_NOBODY = frozenset({"neither", "nobody", "none", "no"})
_AS_SAYING = re.compile(r"(?:[\w’'-]+\s){1,5}as (?:saying|telling \w+)\s+(?:that\s+)?")
_LONGEST_DATELINE = 60  # characters after the place
_DATELINE = re.compile(r"[A-Z][A-Z .,’'/-]{2,40}[^\n—–]{0,40}?(?:—|–|--| - )\s*")
_A_NAME = re.compile(r"(?:[Tt]he\s)?[A-Z][^\n,;:.“”\"]{1,60}")
_CALLED = re.compile(r"(?:\w+\s)*(?:call|calls|called|term|dub)", re.IGNORECASE)
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


def cited(tree: Tree, speaker: Span, before: int) -> Span | None:
    """Whoever an outlet cites by name in the clause that reports the words: "Xinhua said, citing the mayor, that".

    speaker: the outlet's words. before: where the reported words begin. None where nobody is named ("citing sources").
    """
    for token in range(tree.token_at(speaker.end), tree.token_at(before)):
        if tree.lowers[token] not in _CITING or tree.text[speaker.end : tree.starts[token]].count("\n"):
            continue
        named = tree.child(token, "dobj")
        if named is not None and tree.parts[named] == "PROPN":
            return tree.span(tree.lefts[named], named)
    return None


def _past_dateline(text: str, speaker: Span, cue: Span | None) -> Span:
    """The words between a dateline and the cue where the parser took the dateline for the subject."""
    line = text.rfind("\n", 0, speaker.start) + 1
    dateline = _DATELINE.match(text, line, speaker.end + _LONGEST_DATELINE) if cue is not None else None
    if dateline is None or cue is None or not speaker.end < dateline.end() < cue.start:
        return speaker
    named = text[dateline.end() : cue.start].rstrip()
    return Span(dateline.end(), dateline.end() + len(named)) if _A_NAME.fullmatch(named) else speaker


def _is_bare_verb(tree: Tree, span: Span) -> bool:
    """True for one finite verb joined to the word of speaking: "left" in "he told a seminar, and left"."""
    token = tree.token_at(span.start)
    return (
        tree.ends[token] >= span.end and tree.tags[token] in {"VBD", "VBZ", "VBP"} and tree.relations[token] == "conj"
    )


def _is_said(tree: Tree, quote: Candidate, speaker: Span, cue: Span) -> bool:
    """False for what "nobody" says, for names of things, for the sources cited and for a verb joined to the cue."""
    words = tree.text[cue.start : cue.end].lower()
    if tree.text[speaker.start : speaker.end].lower() == "one" and _CALLED.fullmatch(words):
        return False  # "what one might call “hopeful hearing”"
    if quote.kind is not Kind.INDIRECT:
        return True
    if words in _CITING:
        said = range(tree.token_at(quote.span.start), tree.token_at(quote.span.end - 1) + 1)
        if all(tree.parts[token] not in {"VERB", "AUX"} for token in said):
            return False
    return tree.lowers[tree.token_at(speaker.start)] not in _NOBODY and not _is_bare_verb(tree, quote.span)


def tidied(tree: Tree, quote: Candidate) -> Candidate | None:
    """``quote`` with the one who speaks, where an outlet or a document relays the words; None for what nobody said.

    "Xinhua reported, citing the mayor, that …" gives the mayor through Xinhua; the words of "quoted Ruiz as saying
    that …" begin after "that", however they were parsed; "neither of them would say …" holds no statement.
    """
    if quote.speaker is None or quote.cue is None:
        return quote
    speaker = _past_dateline(tree.text, quote.speaker, quote.cue)
    if not _is_said(tree, quote, speaker, quote.cue):
        return None
    quote = replace(quote, speaker=speaker)
    saying = _AS_SAYING.match(tree.text, quote.span.start, quote.span.end)
    if saying and saying.end() < quote.span.end:
        quote = replace(quote, span=Span(saying.end(), quote.span.end))
    if quote.via is None and speaker.end < quote.span.start and is_outlet(tree, speaker):
        named = cited(tree, speaker, quote.span.start)
        if named is not None:
            quote = replace(quote, speaker=named, via=speaker)
    return quote


def is_outlet(tree: Tree, span: Span) -> bool:
    """True for a newspaper, a broadcaster, an agency or a document, which relay more than they say."""
    last = tree.token_at(span.end - 1)
    first = tree.token_at(span.start)
    if any(tree.lemmas[token] in cues.CARRIERS for token in range(first, last + 1) if tree.parts[token] == "NOUN"):
        return True
    return any(tree.words[token] in cues.OUTLET_NAMES for token in range(first, last + 1))
