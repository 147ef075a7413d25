"""Reported clauses: who reports what, read off the parse."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.extraction import cues
from analysis.extraction.attribution import agent, naming_span, subject
from analysis.extraction.tree import Tree
from analysis.schema import Span


@dataclass(frozen=True, slots=True)
class Report:
    """One act of speaking found in a sentence's structure."""

    content: tuple[Span, ...]  # what was said, in pieces where the attribution stands inside it; may be empty
    speaker: Span | None
    cue: Span
    via: Span | None
    rule: str  # which rule found it; the confidence rests on it


def reports(tree: Tree) -> list[Report]:
    """Every act of speaking the parse shows, in the order of the words of speaking."""
    found: list[Report] = []
    for token, lemma in enumerate(tree.lemmas):
        if tree.lowers[token] == "according":
            report = _according(tree, token)
        elif tree.parts[token] in {"VERB", "AUX"} and (lemma in cues.SAYING or lemma in cues.VERBS):
            report = _verb(tree, token, lemma)
        elif tree.parts[token] == "NOUN" and lemma in cues.NOUNS:
            report = _noun(tree, token)
        else:
            continue
        if report is not None:
            found.append(_within_paragraph(tree, report, token))
    return found


def _within_paragraph(tree: Tree, report: Report, token: int) -> Report:
    """``report`` without what the parse drew in from other paragraphs."""
    first, last = tree.bounds(token)
    start, end = tree.starts[first], tree.ends[last]
    if all(start <= piece.start and piece.end <= end for piece in report.content):
        if report.speaker is None or start <= report.speaker.start < end:
            return report
    clipped = ((max(piece.start, start), min(piece.end, end)) for piece in report.content)
    kept = tuple(Span(low, high) for low, high in clipped if tree.text[low:high].strip())
    named = report.speaker is not None and start <= report.speaker.start < end
    return replace(report, content=kept, speaker=report.speaker if named else None)


def _according(tree: Tree, token: int) -> Report | None:
    to = tree.child(token, "prep", "aux", "prt")
    noun = tree.child(to, "pobj") if to is not None else None
    if to is None or noun is None:
        return None
    clause = tree.heads[token]
    if clause == token:
        return None
    while tree.parts[clause] not in {"VERB", "AUX"} and tree.heads[clause] != clause:
        if tree.relations[clause] in {"relcl", "ccomp", "advcl", "acl"}:
            break
        clause = tree.heads[clause]
    content = _without(tree, _extent(tree, clause), [(tree.lefts[token], tree.rights[token])])
    return Report(content, naming_span(tree, noun), tree.span(token, to), None, "according")


def _extent(tree: Tree, head: int) -> tuple[int, int]:
    return tree.lefts[head], tree.rights[head]


def _without(tree: Tree, whole: tuple[int, int], cuts: list[tuple[int, int]]) -> tuple[Span, ...]:
    """``whole`` less ``cuts`` (token ranges, ends included), in trimmed pieces."""
    pieces = []
    at = whole[0]
    for first, last in sorted(cuts):
        if first > at:
            pieces.append((at, min(first - 1, whole[1])))
        at = max(at, last + 1)
    if at <= whole[1]:
        pieces.append((at, whole[1]))
    spans = (_trimmed(tree, first, last) for first, last in pieces)
    return tuple(span for span in spans if span is not None)


_EDGE = frozenset({",", ";", ":", "-", "--", "—", "–", ".", "that", "and", "but", "``", "''", "(", ")"})


def _trimmed(tree: Tree, first: int, last: int) -> Span | None:
    """The span without white space, commas and a leading "that" at its ends; None when nothing is left."""
    while first <= last and (tree.lowers[first] in _EDGE or tree.words[first].isspace()):
        first += 1
    while last >= first and (tree.lowers[last] in _EDGE - {"that", ".", ")"} or tree.words[last].isspace()):
        last -= 1
    while last >= first and tree.words[last] == ".":
        last -= 1
    return tree.span(first, last) if first <= last else None


def _cue_span(tree: Tree, verb: int) -> Span:
    first = verb
    for child in tree.children(verb, "aux", "auxpass", "neg"):
        if child < first and all(tree.heads[between] == verb for between in range(child, verb)):
            first = min(first, child)
    particle = tree.child(verb, "prt")
    return tree.span(first, particle if particle is not None and particle == verb + 1 else verb)


def _verb(tree: Tree, verb: int, lemma: str) -> Report | None:
    passive = tree.child(verb, "nsubjpass", "auxpass") is not None
    who = agent(tree, verb) if passive else subject(tree, verb)
    content: tuple[Span, ...] = ()
    rule = "bare"
    clause = _clause(tree, verb, lemma)
    if clause is not None:
        cuts = [(verb, verb)] if tree.lefts[clause] <= verb <= tree.rights[clause] else []
        content, rule = _without(tree, _extent(tree, clause), cuts), "clause"
    elif tree.relations[verb] in {"parataxis", "ccomp", "advcl"} and _interposed(tree, verb):
        main = tree.heads[verb]
        content, rule = _without(tree, _extent(tree, main), [_extent(tree, verb)]), "interposed"
    elif not passive:
        content, rule = _phrase(tree, verb, lemma)
    if passive and who is None and rule == "clause":
        who = tree.child(verb, "nsubjpass") if lemma == "quote" else None
    return Report(content, None if who is None else naming_span(tree, who), _cue_span(tree, verb), None, rule)


def _clause(tree: Tree, verb: int, lemma: str) -> int | None:
    for child in tree.children(verb, "ccomp"):
        if lemma in cues.SAYING and (tree.lefts[child] > verb or tree.rights[child] < verb):
            return child
    if lemma in cues.INTENDING or lemma in cues.DIRECTING:
        return tree.child(verb, "xcomp")
    return None


def _interposed(tree: Tree, verb: int) -> bool:
    """True for a bare "he said" inside or after the clause that it reports."""
    main = tree.heads[verb]
    own = tree.child(verb, "nsubj")
    if own is None or tree.lemmas[verb] not in cues.SAYING:
        return False
    if tree.relations[verb] == "parataxis":
        return True
    return tree.child(verb, "mark", "dobj", "ccomp") is None and main < verb and tree.words[tree.lefts[verb] - 1] == ","


def _phrase(tree: Tree, verb: int, lemma: str) -> tuple[tuple[Span, ...], str]:
    """What was said where it is no clause: an object, or what follows a preposition."""
    last = None
    thing = tree.child(verb, "dobj")
    if thing is not None and lemma in cues.JUDGING | cues.NAMING:
        tail = [c for c in tree.children(verb, "oprd", "xcomp") if c > thing]
        if tail and lemma in cues.NAMING:
            return _without(tree, (tree.lefts[thing], tree.rights[tail[-1]]), []), "naming"
        for preposition in tree.children(verb, "prep"):
            if preposition > thing and tree.lowers[preposition] in cues.WITH_OBJECT_AND_PREPOSITION.get(lemma, ()):
                last = tree.rights[preposition]
                return _without(tree, (tree.lefts[thing], last), []), "naming"
        if tree.rights[thing] - tree.lefts[thing] >= 2 and lemma in cues.JUDGING:
            return _without(tree, _extent(tree, thing), []), "object"
        return (), "bare"
    for preposition in tree.children(verb, "prep"):
        keep = cues.WITH_PREPOSITION.get(lemma, {}).get(tree.lowers[preposition])
        if keep is None or preposition < verb:
            continue
        first = tree.lefts[preposition] if keep else preposition + 1
        return _without(tree, (first, tree.rights[preposition]), []), "preposition"
    return (), "bare"


def _noun(tree: Tree, noun: int) -> Report | None:
    clause = None
    for child in tree.children(noun, "acl", "ccomp"):
        marked = tree.child(child, "mark")
        if child > noun and ((marked is not None and tree.lowers[marked] == "that") or tree.lefts[child] == noun + 1):
            if tree.tags[child] == "VBN" or tree.tags[child] == "VBG":
                continue
            clause = child
            break
    if clause is None:
        return None
    owner = tree.child(noun, "poss")
    return Report(
        _without(tree, _extent(tree, clause), []),
        None if owner is None else naming_span(tree, owner),
        tree.span(noun, noun),
        None,
        "noun",
    )
