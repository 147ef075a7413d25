"""What was said where it is no clause: objects, prepositions, nouns of speaking."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.extents import without
from analysis.extraction.tree import Tree
from analysis.schema import Span

_SHOWN = frozenset({"portray", "paint", "cast", "depict", "brand"})  # by deeds too: "moves to portray itself as …"
_SHORTEST_OBJECT = 3  # tokens; a shorter object names a topic, not what was said of it
_NEAR_MARK = 14  # tokens from a verb to the marks that it leads to
_FEWEST_IN_MARKS = 5  # tokens, with a mark
_VOICING = frozenset({"express", "voice", "repeat", "offer"})
_OPENERS = frozenset({"“", '"', "``", "«"})
_CLOSERS = frozenset({"”", '"', "''", "»"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def phrase_content(tree: Tree, verb: int, lemma: str) -> tuple[tuple[Span, ...], str]:
    """What ``verb`` reports by its object or by a preposition, and the rule that found it."""
    thing = tree.child(verb, "dobj")
    shown = lemma in _SHOWN and tree.tags[verb] == "VB" and tree.lemmas[tree.heads[verb]] not in cues.SAYING
    if lemma in cues.NAMING and not shown and not (tree.relations[verb] == "acl" and tree.tags[verb] == "VBN"):
        content = _named(tree, verb, thing, lemma)
        if content:
            return content, "naming"
    if lemma in cues.DIRECTING:
        content = _directed(tree, verb, thing)
        if content:
            return content, "directing"
    if thing is not None and thing > verb and not shown and lemma in cues.WITH_OBJECT_AND_PREPOSITION:
        for preposition in tree.children(verb, "prep"):
            if preposition > thing and tree.lowers[preposition] in cues.WITH_OBJECT_AND_PREPOSITION[lemma]:
                return without(tree, (tree.lefts[thing], tree.rights[preposition]), []), "naming"
    if thing is not None and thing > verb and lemma in cues.JUDGING:
        if tree.rights[thing] - tree.lefts[thing] + 1 >= _SHORTEST_OBJECT:
            return without(tree, (_feeling(tree, verb, thing), tree.rights[thing]), []), "object"
        return (), "bare"
    if tree.child(verb, "neg") is not None and lemma in {"respond", "reply"}:
        return (), "bare"
    for preposition in tree.children(verb, "prep"):
        keep = cues.WITH_PREPOSITION.get(lemma, {}).get(tree.lowers[preposition])
        if keep is not None and preposition > verb:
            first = tree.lefts[preposition] if keep else preposition + 1
            last = tree.rights[preposition]
            if tree.lowers[last + 1 : last + 2] == ["as"]:
                last = max(last, tree.rights[verb])  # "pointed to trade as a reason"
            return without(tree, (first, last), []), "preposition"
    return (), "bare"


def _feeling(tree: Tree, verb: int, thing: int) -> int:
    """Where the object of ``verb`` says something: past the feeling in "expressed concern that", "voiced hope that"."""
    that = thing + 1
    if tree.lemmas[verb] in _VOICING and tree.lowers[that : that + 1] == ["that"] and tree.tags[that] == "IN":
        return that + 1
    return tree.lefts[thing]


def words_in_marks(tree: Tree, verb: int) -> tuple[Span, ...]:
    """What leads from ``verb`` into words in marks: "saw room for “roads and bridges”", "spoke too of “…”"."""
    sentence = tree.clause_range(verb)
    at = verb + 1
    while at < sentence[-1] and (tree.parts[at] in {"ADV", "ADP", "SCONJ"} or tree.entities[at] in {"DATE", "TIME"}):
        at += 1
    mark = at
    if at > sentence[-1]:
        return ()
    while mark < min(sentence[-1], verb + _NEAR_MARK) and tree.words[mark] not in _OPENERS:
        if tree.tags[mark] in _FINITE or tree.words[mark] == ",":
            return ()
        at = mark + 1 if tree.words[mark] == ":" else at
        mark += 1
    if tree.tags[mark - 1] in {"POS", "NNP"}:
        return ()  # "on ABC’s “This Week”" names something
    if tree.words[mark] not in _OPENERS or mark + _FEWEST_IN_MARKS > sentence[-1]:
        return ()
    if any(tree.words[token] in _CLOSERS for token in range(mark + 1, mark + _FEWEST_IN_MARKS)):
        return ()  # a single word in marks is a name or a distance, no statement
    return without(tree, (mark if tree.lemmas[verb] == "tell" else at, mark + 1), [])


def _named(tree: Tree, verb: int, thing: int | None, lemma: str) -> tuple[Span, ...]:
    """ "called the plan a disgrace", "described it as a victory"; only the name in "what he called a disgrace"."""
    tail = [child for child in tree.children(verb, "oprd", "xcomp", "ccomp", "attr") if child > verb]
    as_ = [c for c in tree.children(verb, "prep") if c > verb and tree.lowers[c] == "as"]
    if not tail and not (as_ and "as" in cues.WITH_OBJECT_AND_PREPOSITION.get(lemma, ())):
        return ()
    last = max(tree.rights[child] for child in [*tail, *as_])
    if thing is not None and thing > verb:
        return without(tree, (tree.lefts[thing], last), [])
    first = min([tree.lefts[child] for child in tail] + [child + 1 for child in as_])
    return without(tree, (first, last), [])


def _directed(tree: Tree, verb: int, thing: int | None) -> tuple[Span, ...]:
    """ "urged the council to act", "called on her to resign"."""
    actions = [
        child for child in tree.children(verb, "xcomp", "ccomp", "advcl") if child > verb and tree.tags[child] == "VB"
    ]
    if not actions:
        return ()
    action = actions[0]
    on = tree.child(verb, "prep")
    if on is not None and verb < on < action and tree.lowers[on] in {"on", "upon"}:
        return without(tree, (on + 1, tree.rights[action]), [])
    first = tree.lefts[action]
    if thing is not None and verb < thing < action:
        first = min(first, tree.lefts[thing])
    if first == verb + 1 and tree.lowers[first] == "for":
        first += 1
    return without(tree, (first, tree.rights[action]), [])


def noun_content(tree: Tree, noun: int) -> tuple[Span, ...]:
    """The clause that a noun of speaking takes: "a promise to stay", "his claim that …"."""
    for child in tree.children(noun, "acl", "ccomp"):
        if child < noun or tree.tags[child] in {"VBN", "VBG"}:
            continue
        mark = tree.child(child, "mark")
        if (mark is not None and tree.lowers[mark] == "that") or tree.lefts[child] == noun + 1:
            return without(tree, (tree.lefts[child], tree.rights[child]), [])
    return ()
