"""Where reported words end: what the parse hangs at the end of a clause and the writer said, and what it leaves out."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.tree import Tree

DASHES = frozenset({"-", "--", "—", "–", "―"})
_CLOSES_MARK = frozenset({"”", '"', "''", "»"})
_CONTRAST = frozenset({"though", "although", "while", "whereas"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BUT = frozenset({"also", "not", "because", "only", "rather", "instead"})
_LONGEST = 80  # tokens of what the writer adds
_STEPS = 6  # verbs of one chain of conjunctions


def tail(tree: Tree, head: int, verb: int, last: int) -> int:
    """The last token of the clause of ``head``, reported by ``verb``, without trailing words of the writer."""
    chain = [head]
    while len(chain) < _STEPS:
        following = tree.child(chain[-1], "conj")
        if following is None or following < chain[-1] or tree.parts[following] not in {"VERB", "AUX"}:
            break
        chain.append(following)
    for at in chain:
        for child in tree.children(at):
            if at < child <= last and _is_writers(tree, head, verb, child):
                return tree.lefts[child] - 1 if tree.relations[child] != "conj" else _before(tree, at, child)
    return last


def _before(tree: Tree, first: int, second: int) -> int:
    """The token before the "and" that joins two verbs."""
    at = tree.lefts[second] - 1
    while at > first and (tree.parts[at] in {"CCONJ", "ADV", "PUNCT"}):
        at -= 1
    return at


def _is_writers(tree: Tree, head: int, verb: int, child: int) -> bool:
    left, relation = tree.lefts[child], tree.relations[child]
    if relation == "conj":
        return _speaks_on(tree, head, verb, child)
    if relation != "advcl":
        return False
    comma = tree.words[left - 1] == "," or tree.words[left - 1] in DASHES
    if comma and tree.tags[child] == "VBG" and tree.lemmas[child] in cues.SAYING:
        return True
    if tree.lowers[left : left + 2] == ["even", "as"]:
        return True
    if tree.lowers[left] == "while" and tree.lemmas[child] in cues.SAYING and tree.tags[child] == "VBG":
        return True
    return comma and tree.lowers[left] in _CONTRAST


def _speaks_on(tree: Tree, head: int, verb: int, second: int) -> bool:
    """True for a second verb that belongs beside ``verb``, not in what it reports.

    "said they would come and added …"; "said he was glad, but refuses …"; "saying it was late and calling …"; "and
    her rivals said …".
    """
    own = tree.child(second, "nsubj", "nsubjpass", "csubj", "expl")
    if tree.child(second, "mark") is not None:
        return False
    form, cue, inner = _form(tree, second), _form(tree, verb), _form(tree, head)
    if own is not None:
        return (
            tree.lemmas[second] in cues.PLAIN_ASIDE
            and form in {"VBD", "VBZ", "VBP"}
            and tree.parts[own] in {"NOUN", "PROPN"}
            and tree.child(second, "ccomp") is not None
        )
    if tree.lemmas[second] in cues.SAYING and tree.child(second, "aux") is None and form in {"VBD", "VBZ", "VBG"}:
        return True
    if verb > head:
        return False
    return form == cue and form != inner and (form != "VBG" or inner in _FINITE)


def _form(tree: Tree, verb: int) -> str:
    """The tag that a verb's group is inflected by: that of its first auxiliary, else its own; "TO" for "to go"."""
    for child in tree.children(verb, "aux", "auxpass"):
        if child < verb:
            return tree.tags[child]
    return tree.tags[verb]


def without_afterthought(tree: Tree, first: int, last: int) -> int:
    """The last token of ``first:last`` without what the writer adds on somebody or something named in it.

    "… met Ana Li, who is mayor of Harbin", "… rules, which he called unfair", "… the plan, a copy of an older one".
    """
    for at in range(max(first + 1, last - _LONGEST), last):
        if tree.words[at] == "," or tree.words[at] in DASHES:
            if not tree.marked[at] and _is_afterthought(tree, first, at + 1, last):
                return at - 1
    return last


def _is_afterthought(tree: Tree, first: int, opener: int, last: int) -> bool:
    """True for an apposition or a relative clause from ``opener`` to ``last`` that is the writer's."""
    top = opener
    for above in tree.ancestors(opener):
        if above < opener or above > last:
            break
        top = above
    if tree.heads[top] >= opener or tree.rights[top] < last - 1:
        return False
    relation = tree.relations[top]
    if relation == "appos":
        return tree.lowers[opener] in {"a", "an"}
    if relation != "relcl" or tree.words[opener - 1] != ",":
        return False
    if tree.lowers[opener] == "who":
        return tree.entities[tree.heads[top]] in {"PERSON", "ORG"} or tree.parts[tree.heads[top]] == "PROPN"
    if tree.lowers[opener] in {"which", "whom"}:
        own = opener + 1
        while own < last and tree.parts[own] in {"DET", "ADJ", "NOUN", "PROPN"}:
            own += 1
        verb = own + (tree.parts[own] == "PRON")
        while verb < last and tree.parts[verb] in {"AUX", "ADV"}:
            verb += 1
        return verb > opener + 1 and tree.lemmas[verb] in cues.VERBS and tree.parts[verb] == "VERB"
    return False


def carried_on(tree: Tree, verb: int, last: int) -> int:
    """The last token of what the parse left out of a clause that ``verb`` reports and that ends at ``last``.

    A second clause ("…, and that …"), the verb of the subject that the clause was taken to end with, "not this, but
    that".
    """
    at = last + 1
    while at < len(tree) and (tree.words[at] == "," or tree.words[at] in _CLOSES_MARK):
        at += 1
    if tree.lowers[at : at + 2] in (["and", "that"], ["but", "that"]) and tree.tags[at + 1] == "IN":
        return tree.clause_range(at)[-1]
    if verb > last or at >= len(tree) or tree.paragraphs[at] != tree.paragraphs[verb]:
        return last
    if at == last + 1 and tree.tags[at] in _FINITE and _may_go_on(tree, verb, last):
        main = tree.heads[at] if tree.relations[at] in {"aux", "auxpass"} else at
        return max(last, min(tree.rights[main], tree.clause_range(at)[-1]))
    if at == last + 2 and tree.lowers[at] == "but" and tree.lowers[at + 1 : at + 2] and tree.lowers[at + 1] in _BUT:
        return tree.clause_range(at)[-1]
    return last


def _may_go_on(tree: Tree, verb: int, last: int) -> bool:
    """False for "those who said he left were …", "told to stay will …", where the verb is not of what was said."""
    if tree.parts[last + 1] not in {"VERB", "AUX"} or tree.parts[last] == "PUNCT":
        return False
    return tree.relations[verb] not in {"relcl", "acl", "pcomp", "csubj"} and tree.child(verb, "ccomp") is not None
