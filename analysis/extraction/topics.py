"""What words of speaking are about: "criticism of the plan", "comments about trade", "endorsed Li"."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.attribution import cue_span, naming_span, owner_of, subject
from analysis.extraction.extents import without
from analysis.extraction.phrases import noun_content
from analysis.extraction.report import Report
from analysis.extraction.tree import Tree

_ORDERS = frozenset({"order", "proposal", "report", "reminder", "revelation", "answer", "question", "comment"})


def topic_of_noun(tree: Tree, noun: int, lemma: str) -> Report | None:
    """What a noun of speaking is about, by its preposition."""
    about = cues.ABOUT.get(lemma, frozenset())
    owner = owner_of(tree, noun)
    speaker = None if owner is None else naming_span(tree, owner)
    for preposition in tree.children(noun, "prep"):
        if preposition > noun and tree.lowers[preposition] in about and tree.rights[preposition] > preposition:
            content = without(tree, (preposition + 1, tree.rights[preposition]), [])
            return Report(content, speaker, tree.span(noun, preposition), None, "topic")
    if owner is None and lemma in cues.NOUNS - _ORDERS and (content := noun_content(tree, noun)):
        return Report(content, None, tree.span(noun, noun), None, "noun")
    return None


def topic_of_verb(tree: Tree, verb: int, lemma: str) -> Report | None:
    """The one or two words that a verb of judging takes as its object."""
    thing = tree.child(verb, "dobj")
    if lemma not in cues.JUDGING_ANYTHING or thing is None or thing < verb:
        return None
    who = subject(tree, verb)
    content = without(tree, (tree.lefts[thing], tree.rights[thing]), [])
    return Report(content, None if who is None else naming_span(tree, who), cue_span(tree, verb), None, "topic")
