"""Questions that somebody asks, where the parse may show no clause: "asked by Li on Friday whether …".

A question that nobody is named for ("Asked about trade, Li said …") is put to a speaker and no statement.
"""

from __future__ import annotations

from analysis.extraction.attribution import agent, cue_span, naming_span, subject
from analysis.extraction.extents import without
from analysis.extraction.report import Report
from analysis.extraction.tree import SUBJECTS, Tree

_OPENERS = frozenset({"if", "whether", "who", "whom", "what", "which", "why", "how", "where"})
_REACH = 14  # tokens from the word of asking to the question
_NOT_BETWEEN = frozenset({"VBD", "VBZ", "VBP", "MD", "TO"})


def asked(tree: Tree, verb: int) -> Report | None:
    """What "asked" asks: after "whether", "why", … or "about"; None where neither follows or nobody asks."""
    opener = _opener(tree, verb)
    if opener is None:
        return None
    passive = tree.child(verb, "nsubjpass", "auxpass") is not None
    participle = tree.tags[verb] == "VBN" and not passive and tree.child(verb, "aux") is None
    last = _before_answer(tree, verb, opener) if participle else None
    if last is None:
        last = max(_end(tree, verb, opener), opener)
    content = without(tree, (opener, last), [])
    who = agent(tree, verb) if passive or participle else subject(tree, verb)
    if who is None or not content:
        return None
    return Report(content, naming_span(tree, who), cue_span(tree, verb), None, "asked")


def _opener(tree: Tree, verb: int) -> int | None:
    """The first token of what is asked."""
    sentence = tree.clause_range(verb)
    for token in range(verb + 1, min(verb + _REACH, sentence[-1])):
        if tree.lowers[token] in _OPENERS:
            return token
        if tree.lowers[token] == "about":
            return token + 1
        if tree.tags[token] in _NOT_BETWEEN or tree.parts[token] == "PUNCT":
            return None
    return None


def _before_answer(tree: Tree, verb: int, opener: int) -> int | None:
    """The last token before the clause of whoever answers ("Asked about trade, Li said …"); None where none follows."""
    answer = tree.heads[verb]
    if answer <= opener:
        return None
    subjects = [child for child in tree.children(answer) if tree.relations[child] in SUBJECTS and child > opener]
    return tree.lefts[subjects[0]] - 1 if subjects and tree.lefts[subjects[0]] - 1 > opener else None


def _end(tree: Tree, verb: int, opener: int) -> int:
    """The last token of the question, by the parse and within its sentence."""
    sentence = tree.clause_range(verb)
    return min(sentence[-1], max(tree.rights[verb], tree.rights[opener]))
