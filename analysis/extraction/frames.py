"""Frames: the words around a quotation in marks that say who speaks ("…," she said)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.extraction import cues
from analysis.extraction.asides import aside, goes_on_after_aside
from analysis.extraction.attribution import cue_span, naming_span, subject
from analysis.extraction.marks import Marked
from analysis.extraction.relay import quoter, relay_of
from analysis.extraction.tree import Tree
from analysis.schema import Span

_REACH = 45  # tokens looked at on either side
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
_DASHES = frozenset({"-", "--", "—", "–", "―"})
_SENTENCE_END = frozenset({".", "!", "?", "..."})
# How a line begins that is no sentence of the text: advertisements, columns, linked stories.
_PAGE_LABEL = re.compile(
    r"(?:^|[.;|]\s+)\W*(?:\d+[.)]\s*)?(?:ad|advert(?:isement)?|column|podcast|video|watch|listen"
    r"|read (?:more|also|next|on)|see also"
    r"|most (?:read|shared|viewed|popular)|more|related|opinion|editorial|caption|photo"
    r"|gallery|subscribe|sponsored)\s*(?:\([^)]*\)\s*)?:\s*$",
    re.IGNORECASE,
)
_ENDS = ".!?…"
_BESIDE_CUE = frozenset(
    {"advmod", "npadvmod", "prt", "prep", "pobj", "det", "compound", "amod", "poss", "punct", "dobj", "dative"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of speaking beside a quotation and whom they name."""

    speaker: Span | None
    cue: Span | None
    place: str  # "after", "before", "colon" or "dash"
    via: Span | None = None  # who relays the words


def opens_sentence(tree: Tree, mark: Marked) -> bool:
    """True when nothing of the mark's own sentence stands before it."""
    at = mark.outer.start - 1
    while at >= 0 and tree.text[at] in " \t\u00a0":
        at -= 1
    if at < 0 or tree.text[at] in '\n\r!?:”"»…)]―—*•':
        return True
    return tree.text[at] == "." and tree.words[tree.token_at(at)] in {".", "...", ".."}


def ends_sentence(text: str, mark: Marked) -> bool:
    """True when the mark's words end a sentence, so that what follows is another's or a frame."""
    inner = text[mark.inner.start : mark.inner.end].rstrip()
    following = text[mark.outer.end : mark.outer.end + 2].strip()
    return not mark.closed or inner[-1:] in _ENDS or inner[-1:] in "-—–" or following[:1] in {".", "!", "?", ""}


def frame_after(tree: Tree, mark: Marked, limit: int) -> Frame | None:
    """The frame that follows ``mark``, none of it past offset ``limit`` (the next mark)."""
    window = _forward(tree, tree.token_at(mark.outer.end), limit)
    if not window:
        return None
    first = window[0]
    if tree.words[first] in _DASHES and len(window) > 1 and tree.parts[window[1]] == "PROPN":
        return Frame(tree.span(*_run(tree, window[1], window[-1])), None, "dash")
    tail = tree.text[mark.inner.start : mark.inner.end].rstrip()[-1:]
    if tail not in ",!?…-—–―" and tree.words[first] != "," and tree.words[first][:1].isupper():
        return None
    for token in window:
        if _speaks(tree, token):
            if token - first > 2 and tree.relations[token] == "relcl":
                continue
            return _spoken(tree, token, window, "after")
    return None


def frame_before(tree: Tree, mark: Marked, limit: int) -> Frame | None:
    """The frame that leads straight to ``mark``, none of it before offset ``limit`` (the mark before)."""
    window = _backward(tree, tree.token_at(mark.outer.start) - 1, limit)
    if not window:
        return None
    last = window[-1]
    colon = tree.words[last] == ":"
    if colon and _leads_elsewhere(tree.text, mark):
        return Frame(None, None, "title")
    for token in reversed(window):
        if not _speaks(tree, token):
            continue
        if tree.tags[last] == "WDT":
            return None  # "thanked the school that “taught …”"
        if goes_on_after_aside(tree, token):
            return None
        between = range(token + 1, last + (tree.words[last] not in {":", ",", "that"}))
        if between and not colon and tree.words[last] not in {",", "that"}:
            return None
        if not colon and not all(tree.relations[step] in _BESIDE_CUE for step in between):
            return None
        return _spoken(tree, token, window, "colon" if colon else "before")
    return _titled(tree, window) if colon else None


def _leads_elsewhere(text: str, mark: Marked) -> bool:
    """True for the line of a page that leads elsewhere: "Opinion: “…”", "Putin: “…”" in a list of linked stories."""
    start = text.rfind("\n", 0, mark.outer.start) + 1
    line = text[start : text.find("\n", mark.outer.end) if "\n" in text[mark.outer.end :] else len(text)]
    if _PAGE_LABEL.search(text[start : mark.outer.start]):
        return True
    closed = line.rstrip()[-1:] in '”"»' and text[mark.inner.end - 1] not in ".!?…,"
    before = text[max(0, start - 200) : start]
    listed = before[-1:] == "\n" and before[-2:] != "\n\n" and before.rstrip()[-1:].isalnum()
    return closed and listed


def _forward(tree: Tree, first: int, limit: int) -> range:
    """Tokens from ``first`` to the sentence's or paragraph's end."""
    end = first
    while end < len(tree) and end - first < _REACH and tree.starts[end] < limit:
        if "\n" in tree.words[end] or tree.words[end] in _SENTENCE_END:
            break
        end += 1
    return range(first, end)


def _backward(tree: Tree, last: int, limit: int) -> range:
    """Tokens from the sentence's or paragraph's start to ``last``."""
    start = last
    while start >= 0 and last - start < _REACH and tree.starts[start] >= limit:
        if "\n" in tree.words[start] or tree.words[start] in _SENTENCE_END:
            break
        start -= 1
    return range(start + 1, last + 1)


def _speaks(tree: Tree, token: int) -> bool:
    if tree.lemmas[token] not in cues.SAYING and (
        tree.lemmas[token] not in cues.BARE_FRAME or tree.child(token, "xcomp", "dobj") is not None
    ):
        return False
    if tree.tags[token] == "VBN" and tree.relations[token] == "acl" and tree.child(token, "agent", "prep") is None:
        return False  # "a commentary quoted last week", "language agreed elsewhere"
    return tree.parts[token] == "VERB" or tree.parts[token] == "AUX"


def _spoken(tree: Tree, verb: int, window: range, place: str) -> Frame | None:
    """The frame whose word of speaking is ``verb``; None for "reads the headline"."""
    relay = relay_of(tree, verb)
    if relay is not None:
        via = None if relay.via is None else naming_span(tree, relay.via)
        return Frame(naming_span(tree, relay.speaker), tree.span(verb, max(verb, relay.last)), place, via)
    who = _speaking(tree, verb, window)
    if who is None:
        return Frame(None, cue_span(tree, verb), place)
    if tree.lemmas[who] in cues.TITLED:
        return Frame(naming_span(tree, who), cue_span(tree, verb), "title")
    relayer = quoter(tree, who)
    via = None if relayer is None else naming_span(tree, relayer)
    return Frame(naming_span(tree, who), cue_span(tree, verb), place, via)


def _speaking(tree: Tree, verb: int, window: range) -> int | None:
    """Who speaks by ``verb``: the parse's subject if it stands in the window, else the noun beside the verb."""
    who = subject(tree, verb)
    set_off = aside(tree, verb)
    if set_off is not None and (who is None or not set_off.first <= who <= set_off.last):
        return set_off.speaker
    if who is not None and who in window:
        return who
    beside = _beside(tree, verb, window)
    if beside is not None:
        return beside
    return None if who is None or tree.paragraphs[who] != tree.paragraphs[verb] else who


def _beside(tree: Tree, verb: int, window: range) -> int | None:
    """The noun right before the verb, else the one that ends the phrase right after it ("said Anna Li, a …")."""
    at = verb - 1
    while at >= window.start and tree.parts[at] in {"ADV", "AUX", "PART"}:
        at -= 1
    if at >= window.start and tree.parts[at] in _NOMINAL:
        return at
    at = verb + 1
    noun = None
    while at < window.stop and tree.parts[at] in _NOMINAL | {"DET", "ADJ", "ADV", "NUM"}:
        noun = at if tree.parts[at] in _NOMINAL else noun
        at += 1
    return noun


def _titled(tree: Tree, window: range) -> Frame | None:
    """A colon without a word of speaking: the clause's subject, or the name that the colon follows."""
    verbs = [token for token in window if tree.parts[token] in {"VERB", "AUX"}]
    cue = tree.span(window[-1], window[-1])
    if any(tree.lowers[token] in cues.LABELS for token in window):
        return Frame(None, cue, "title")
    for verb in verbs:
        who = tree.child(verb, "nsubj")
        if who is not None and who in window:
            return Frame(naming_span(tree, who), cue, "colon")
    if verbs:
        return Frame(None, cue, "colon")
    for token in window:
        if tree.relations[token] == "poss":
            return Frame(naming_span(tree, token), cue, "colon")
    names = [token for token in window if tree.parts[token] in _NOMINAL]
    return Frame(naming_span(tree, names[-1]), cue, "colon") if names else None


def _run(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """The name that starts at ``first``."""
    end = first
    while end < last and tree.parts[end + 1] == "PROPN":
        end += 1
    return first, end
