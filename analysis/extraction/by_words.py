"""Reported clauses where the parse shows none: read off the order of the words."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.extents import without
from analysis.extraction.tree import Tree
from analysis.schema import Span

_MARKS = frozenset({"”", '"', "''", "“", "``"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def by_words(tree: Tree, verb: int, lemma: str) -> tuple[tuple[Span, ...], str]:
    """What was said where the parse shows no clause: after "said that", after a bare "said", before ", he said"."""
    sentence = tree.clause_range(verb)
    after = verb + 1
    that = _that(tree, verb, sentence)
    if that is not None:
        return without(tree, (that + 1, sentence[-1]), []), "by words"
    own = tree.child(verb, "nsubj", "nsubjpass")
    if own is not None and own < verb and lemma == "say" and after in sentence:
        opener = tree.parts[after] in {"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"}
        if opener and any(tree.tags[token] in _FINITE for token in range(after + 1, sentence[-1] + 1)):
            return without(tree, (after, sentence[-1]), []), "by words"
    if inverted(tree, verb) is not None and any(tree.tags[token] in _FINITE for token in range(sentence[0], verb)):
        return without(tree, (sentence[0], verb - 1), []), "by words"
    if own is None or own > verb or lemma not in cues.PLAIN or any(w in _MARKS for w in tree.words[own:verb]):
        return (), "bare"
    first = tree.lefts[own]
    ends = (
        sentence[-1] == verb or tree.parts[after] in {"ADP", "ADV"} or lemma == "tell" or tree.entities[after] == "DATE"
    )
    if first - 1 in sentence and tree.words[first - 1] == "," and ends and sentence[-1] - verb <= 8:
        if any(tree.tags[token] in _FINITE for token in range(sentence[0], first)):
            return without(tree, (sentence[0], first - 1), []), "by words"
    return (), "bare"


def inverted(tree: Tree, verb: int) -> int | None:
    """Who speaks in ", writes the Gazette" at a sentence's end."""
    sentence = tree.clause_range(verb)
    if tree.lemmas[verb] not in cues.PLAIN or verb == 0 or tree.words[verb - 1] not in {",", "”", '"'}:
        return None
    rest = range(verb + 1, sentence[-1] + 1)
    if not 1 <= len(rest) <= 8 or tree.parts[rest[0]] not in {"PROPN", "DET", "PRON", "NOUN", "ADJ"}:
        return None
    noun = None
    for token in rest:
        if tree.parts[token] not in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"}:
            break
        noun = token if tree.parts[token] in {"PROPN", "NOUN", "PRON"} else noun
    return noun


def _that(tree: Tree, verb: int, sentence: range) -> int | None:
    """The "that" which opens what was said, past whom it was said to and where ("telling Li in a call that …")."""
    for token in range(verb + 1, min(verb + 14, sentence[-1])):
        if tree.lowers[token] == "that" and tree.tags[token] in {"IN", "WDT"}:
            opener = tree.parts[token + 1] in {"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM", "PUNCT"}
            return token if opener and (token == verb + 1 or tree.lemmas[verb] in cues.ADDRESSING) else None
        if tree.parts[token] in {"VERB", "AUX", "PUNCT"}:
            return None
    return None
