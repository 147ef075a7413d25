"""The words that name whoever speaks, given the parse."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.tree import SUBJECTS, Tree
from analysis.schema import Span

_CLIMBS = frozenset(
    {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "acl", "aux", "auxpass", "acomp", "oprd", "attr"}
)
_KEPT_AFTER = frozenset({"of", "for", "to", "at", "from", "with", "in", "on", "behind"})
_NOT_IN_NAMES = frozenset({")", "–", "—", "--", ":", "•", "|"})
_MOST_NESTED = 12  # "of … of … of …" in the words that name a speaker; more are an accident of the parse
_INSIDE_NAME = frozenset({"compound", "nmod", "flat", "punct", "case"})
_NOT_A_NAME_PART = frozenset({"advmod", "cc", "preconj", "predet", "punct", "mark", "prep"})


def subject(tree: Tree, verb: int) -> int | None:
    """The token that heads the subject of ``verb``; a participle or a second verb takes its head's."""
    at = verb
    for _ in range(10):
        own = tree.child(at, "nsubj", "nsubjpass", "csubj")
        if own is not None:
            return own
        relation, head = tree.relations[at], tree.heads[at]
        if tree.parts[at] in {"VERB", "AUX"} and (first := tree.child(at, "ccomp")) is not None and first < at:
            before = tree.child(first, "nsubj", "nsubjpass")  # "Li praised them and, asked again, said …"
            if before is not None and before < first:
                return before
        if head == at or (relation not in _CLIMBS and relation != "relcl"):
            return None
        if relation == "relcl" or (relation == "acl" and tree.relations[head] in SUBJECTS):
            return head
        if relation == "acl" and tree.tags[at] in {"VBG", "VB"}:
            head = _governor(tree, head)
        elif relation == "acl":
            return head
        elif (relation == "conj" and tree.tags[at] in {"VBD", "VBZ"}) or (
            relation == "advcl" and tree.tags[at] == "VBG"
        ):
            head = _matrix(tree, head)
        elif relation == "xcomp" and tree.tags[at] == "VB" and tree.lemmas[head] not in cues.INTENDING:
            thing = tree.child(head, "dobj")
            if thing is not None and thing < at:
                return thing
        at = head
    return None


def _governor(tree: Tree, noun: int) -> int:
    """The verb that ``noun`` depends on, through prepositions and other nouns."""
    for above in tree.ancestors(noun):
        if tree.parts[above] in {"VERB", "AUX"}:
            return above
    return noun


def _matrix(tree: Tree, verb: int) -> int:
    """The verb of saying whose reported clause ``verb`` heads ("said he came and added"), else ``verb``."""
    head = tree.heads[verb]
    if tree.relations[verb] == "ccomp" and tree.lemmas[head] in cues.SAYING and head < verb:
        return head
    return verb


def owner_of(tree: Tree, noun: int) -> int | None:
    """Whose word ``noun`` is: "his claim", "claims by the army", or who makes it ("she made a promise")."""
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in tree.children(noun, "prep"):
        if tree.lowers[preposition] in {"by", "from", "of"}:
            return tree.child(preposition, "pobj")
    for made in tree.children(noun, "acl"):  # "remarks made by the envoy"
        if (by := agent(tree, made)) is not None:
            return by
    if tree.relations[noun] == "dobj":
        return subject(tree, tree.heads[noun])
    return None


def agent(tree: Tree, verb: int) -> int | None:
    """Who did it in a passive: "was asked by the host"."""
    by = tree.child(verb, "agent")
    return None if by is None else tree.child(by, "pobj")


def main_verb(tree: Tree, verb: int) -> int:
    """The verb at the top of the clauses that ``verb`` hangs in, within its paragraph."""
    top = verb
    for above in tree.ancestors(verb):
        if tree.paragraphs[above] != tree.paragraphs[verb]:
            break
        top = above if tree.parts[above] in {"VERB", "AUX"} else top
    return top


def noun_before(tree: Tree, verb: int) -> int | None:
    """The noun that looks like the subject of ``verb`` where the parse has none: a name in the words before it."""
    clause = tree.clause_range(verb)
    nouns = [t for t in range(clause[0], verb) if tree.parts[t] in {"PROPN", "NOUN", "PRON"}]
    if not nouns or tree.tags[verb] not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    people = [t for t in nouns if tree.entities[t] == "PERSON" and tree.entities[min(t + 1, verb)] != "PERSON"]
    if people:
        first = people[0]
        joined = tree.relations[first] == "conj" and tree.heads[first] in nouns and first - tree.heads[first] <= 3
        return tree.heads[first] if joined else first
    return nouns[-1] if nouns[-1] == verb - 1 else None


def naming_span(tree: Tree, head: int) -> Span:
    """The words that name the speaker whose noun is ``head``: a bare name where there is one.

    "China’s top diplomat Wang Yi" gives "Wang Yi", "the Russian ambassador, Andrei Denisov," gives
    "Andrei Denisov", "advisers to the president" and "Wang and Patrushev" stay whole.
    """
    if tree.entities[head] != "PERSON":
        for apposition in tree.children(head, "appos"):
            if tree.entities[apposition] == "PERSON" and tree.parts[apposition] == "PROPN":
                return tree.span(*_name(tree, apposition))
    first, last = _name(tree, head) if tree.parts[head] == "PROPN" else _phrase(tree, head)
    joined = head
    for _ in range(12):
        conjunct = next((c for c in tree.children(joined, "conj") if tree.parts[c] in {"PROPN", "NOUN", "PRON"}), None)
        if conjunct is None:
            break
        last = max(last, (_name if tree.parts[conjunct] == "PROPN" else _phrase)(tree, conjunct)[1])
        joined = conjunct
    return tree.span(_past_place(tree, first, head), last)


def _past_place(tree: Tree, first: int, head: int) -> int:
    """Past what only precedes a name: the Moscow of "In Moscow Wang said", a dateline, a line break."""
    for token in range(head - 1, first - 1, -1):
        if tree.words[token] in _NOT_IN_NAMES or "\n" in tree.words[token]:
            return token + 1
    if first < head and first and tree.entities[first] == "GPE" and tree.lowers[first - 1] in {"in", "at", "from"}:
        while first < head and tree.entities[first] == "GPE":
            first += 1
    return first


def _name(tree: Tree, head: int) -> tuple[int, int]:
    """First and last token of the name that ``head`` ends."""
    first = last = head
    if tree.entities[head] == "PERSON":
        while first > tree.lefts[head] and tree.entities[first - 1] == "PERSON" and tree.heads[first - 1] <= head:
            first -= 1
        while last < tree.rights[head] and tree.entities[last + 1] == "PERSON" and tree.parts[last + 1] == "PROPN":
            last += 1
        return _without_possessive(tree, first, last)
    return _phrase(tree, head)


def _phrase(tree: Tree, head: int, nested: int = 0) -> tuple[int, int]:
    """First and last token of the noun phrase of ``head`` without clauses and appositions."""
    first = tree.lefts[head]
    while first < head and tree.relations[first] in _NOT_A_NAME_PART and tree.parts[first] not in {"PROPN"}:
        first += 1
    last = head
    for child in tree.children(head):
        if child < head or tree.relations[child] != "prep" or child != last + 1:
            continue
        if tree.lowers[child] not in _KEPT_AFTER:
            break
        noun = tree.child(child, "pobj")
        if noun is None or nested == _MOST_NESTED:
            break
        last = min(_phrase(tree, noun, nested + 1)[1], tree.rights[head])
    return _without_possessive(tree, first, last)


def _without_possessive(tree: Tree, first: int, last: int) -> tuple[int, int]:
    while last > first and (tree.tags[last] == "POS" or (tree.parts[last] == "PUNCT" and tree.words[last] != ".")):
        last -= 1
    return first, last


def cue_span(tree: Tree, verb: int) -> Span:
    """The word of speaking with its auxiliaries, a "not" and its particle: "had not pointed out"."""
    first = verb
    for child in tree.children(verb, "aux", "auxpass", "neg"):
        if child < first and all(tree.heads[between] == verb for between in range(child, verb)):
            first = min(first, child)
    particle = tree.child(verb, "prt")
    return tree.span(first, particle if particle is not None and particle == verb + 1 else verb)


def is_subject(tree: Tree, token: int) -> bool:
    """True when ``token`` is a verb's subject."""
    return tree.relations[token] in SUBJECTS
