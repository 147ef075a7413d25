"""What was spoken of in the passive: "the plan was announced by Li", "she was accused of lying"."""

from __future__ import annotations

from analysis.extraction.attribution import agent, cue_span, naming_span
from analysis.extraction.extents import without
from analysis.extraction.report import Report
from analysis.extraction.tree import Tree
from analysis.schema import Span

_SUBJECT_SAID = frozenset(
    """
    report mention accuse announce criticize criticise confirm request post portray argue describe lambast berate
    blame condemn endorse echo denounce recommend challenge articulate state claim praise call
    """.split()
)
_WITH_PREPOSITION = {
    "accuse": "of",
    "criticize": "for",
    "criticise": "for",
    "describe": "as",
    "portray": "as",
    "berate": "for",
}
_COMPLEMENTS = ("xcomp", "oprd", "ccomp")


def spoken_of(tree: Tree, verb: int, lemma: str) -> Report | None:
    """What is reported of the subject of the passive ``verb``, and the subject where it is what was said."""
    thing = tree.child(verb, "nsubjpass")
    pieces: list[tuple[int, int]] = []
    if thing is not None and thing < verb and lemma in _SUBJECT_SAID:
        pieces.append((tree.lefts[thing], tree.rights[thing]))
    for child in tree.children(verb):
        if child < verb:
            continue
        if tree.relations[child] == "prep" and tree.lowers[child] == _WITH_PREPOSITION.get(lemma):
            pieces.append((child, tree.rights[child]))
        elif tree.relations[child] in _COMPLEMENTS and lemma in {"say", "call", "label", "dub"}:
            pieces.append((tree.lefts[child], tree.rights[child]))
    content: list[Span] = []
    for piece in pieces:
        content += without(tree, piece, [])
    if not content:
        return None
    who = agent(tree, verb)
    return Report(
        tuple(content), None if who is None else naming_span(tree, who), cue_span(tree, verb), None, "passive"
    )
