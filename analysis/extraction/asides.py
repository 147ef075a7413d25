"""Asides that say who speaks: "China, Wang said on Monday, …", "the treaty, said Xi, …", "trade, in his view, …".

Parsers often take the noun before such an aside for the subject of its verb. The commas around it tell more, so
these are read off the order of the words.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extraction import cues
from analysis.extraction.extents import said_from
from analysis.extraction.tree import Tree

_CLOSERS = frozenset({"”", '"', "''", "’’", "»", "’"})
_OPENERS = frozenset({"“", '"', "``", "‘‘", "«", "‘"})
_OPENS_CONTENT = _OPENERS | {":", "that", "how", "whether"}
_BOUNDS = frozenset({",", "—", "–", "--"}) | _CLOSERS
_SUBJECT_PARTS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "ADV", "CCONJ", "AUX", "X"})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOT_SUBJECTS = frozenset({"who", "which", "that", "what", "there", "whom", "where", "when", "as", "if", "whose"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where"})
_ADDRESSED = frozenset({"tell", "inform", "remind", "assure", "thank", "notify", "brief", "call", "reassure"})
_MADE = frozenset({"write", "report", "add", "announce", "publish", "propose"})
_BEFORE, _AFTER = 14, 16  # tokens looked at on either side of the verb
_CARRYING_ON = frozenset(
    """because since not as thanks unless if that without above even for against between including unlike despite
    regardless""".split()
)
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC", "EVENT"})


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of speaking between commas, as token indexes."""

    first: int
    last: int
    verb: int  # the word of speaking
    speaker: int  # the head of the words that name who speaks


def aside(tree: Tree, verb: int) -> Aside | None:
    """The aside whose word of speaking is ``verb``; None where commas or marks do not set one off."""
    lemma = tree.lemmas[verb]
    if (lemma not in cues.SAYING and lemma not in cues.ASIDE) or tree.tags[verb] in {"VBG", "NN", "NNS"}:
        return None
    if tree.tags[verb] in {"VBN", "VB"} and tree.parts[verb - 1] not in {"AUX", "ADV"}:
        return None
    sentence = tree.clause_range(verb)
    last = _end(tree, verb, sentence)
    if last is None:
        return None
    at = verb - 1
    if at > sentence[0] and tree.words[at] in _BOUNDS:
        head = _inverted(tree, verb, last)
        if head is not None:
            return Aside(verb, last, verb, head)
        at = _interrupted(tree, at, sentence)
    first = _opening(tree, at, sentence)
    if first is None or first > at or _has_object(tree, verb, last):
        return None
    head = _head(tree, first, at)
    return None if head is None else Aside(first, last, verb, head)


def _opening(tree: Tree, at: int, sentence: range) -> int | None:
    """The first token of the noun phrase that ends at ``at`` and opens an aside."""
    end = at
    while at >= sentence[0] and end - at <= _BEFORE and tree.words[at] not in _BOUNDS:
        if tree.parts[at] not in _SUBJECT_PARTS or tree.lowers[at] in _NOT_SUBJECTS or tree.tags[at] == "TO":
            return None
        at -= 1
    if at <= sentence[0] or tree.words[at] not in _BOUNDS or tree.parts[at + 1] == "CCONJ":
        return None
    return at + 1


def _has_object(tree: Tree, verb: int, last: int) -> bool:
    """True for "held elections", "wrote a book": what was said would have to stand there, not around the aside."""
    if tree.lemmas[verb] in _ADDRESSED or verb == last:
        return False
    at = verb + 1
    while at < last and tree.parts[at] == "ADV":
        at += 1
    return tree.parts[at] in _NOMINAL | {"DET", "ADJ", "NUM", "VERB", "INTJ"} and tree.entities[at] not in _TIMES


def _interrupted(tree: Tree, comma: int, sentence: range) -> int:
    """The token before an apposition that ``comma`` closes: "Li" in "trade, Li, her deputy, told them,"."""
    at = comma - 1
    while at > sentence[0] and tree.words[at] not in _BOUNDS:
        if tree.tags[at] in _FINITE or comma - at > _BEFORE:
            return comma
        at -= 1
    return at - 1 if tree.words[at] == "," else comma


def _end(tree: Tree, verb: int, sentence: range) -> int | None:
    """The aside's last token: before the comma that closes it, or the sentence's end; None where a clause follows."""
    at = verb + 1
    if tree.lemmas[verb] == "go":
        if tree.lowers[at : at + 1] != ["on"] or (at < sentence[-1] and tree.words[at + 1] != ","):
            return None
        return at
    while at <= sentence[-1] and at - verb <= _AFTER:
        if tree.words[at] == ",":
            following = tree.words[at + 1] if at < sentence[-1] else ""
            if not following.isdigit():
                return at - 1
        elif tree.words[at] in _OPENS_CONTENT or tree.lowers[at] in _OPENS_CONTENT or tree.parts[at] == "AUX":
            return None
        if tree.words[at] != "," and tree.tags[at] in _FINITE | {"TO"}:
            return None
        at += 1
    return at - 1 if at > sentence[-1] else None


def _inverted(tree: Tree, verb: int, last: int) -> int | None:
    """Who speaks in ", said the minister,"; None for "Li, her deputy, said," and "Li, in Rome, told Wu,"."""
    if tree.lemmas[verb] in _ADDRESSED or tree.lemmas[verb] not in cues.SAYING or tree.tags[verb] == "VBN":
        return None
    own = tree.child(verb, "nsubj")
    between = range(own + 1 if own is not None else verb, verb - 1)
    if own is not None and any(tree.words[token] in {",", "—", "–"} for token in between):
        return None
    at = verb + 1
    while at <= last and tree.parts[at] == "ADV":
        at += 1
    if at > last or tree.parts[at] not in _NOMINAL | {"DET", "ADJ"}:
        return None
    if tree.lemmas[verb] in _MADE and tree.lowers[at] in {"a", "an"}:
        return None  # "he hosts a show, writes a column and …"
    return _head(tree, at, last)


def _head(tree: Tree, first: int, last: int) -> int | None:
    """The head of the noun phrase that opens ``first:last``: its last noun before a preposition or a verb."""
    head = None
    for token in range(first + (tree.parts[first] == "ADV"), last + 1):
        if tree.parts[token] in _NOMINAL:
            if head is not None and tree.entities[head] == "PERSON" and tree.entities[token] in _TIMES:
                break
            head = token
        elif tree.parts[token] not in {"DET", "ADJ", "NUM", "PART"} and tree.words[token] != "-":
            break
    if head is None or tree.entities[head] in _TIMES:
        return None
    bare = tree.tags[head] == "NN" and tree.parts[first] in {"NOUN", "ADJ"}
    return None if bare else head  # "president of the firm" stands beside a name, it is none


def rest(tree: Tree, found: Aside) -> list[tuple[int, int]]:
    """What its speaker says, before and after an aside, as token ranges; empty where it is no such aside.

    "China, Wang said, is ready" goes on with a verb; "Trade will grow, said Li, her deputy" has said it all. A
    place, a day or a clause of its own before an aside is the writer's.
    """
    sentence = tree.clause_range(found.first)
    before = (said_from(tree, sentence[0], found.first - 1), found.first - 2)
    after = (found.last + 2, sentence[-1])
    goes_on = after[0] <= after[1]
    view = tree.parts[found.verb] == "NOUN"
    if before[0] <= before[1] and tree.lowers[before[1]] in _RELATIVES:
        return []
    if before[0] > before[1]:
        return [after] if view and goes_on else []
    if _opens_clause(tree, *before):
        finite = any(tree.tags[token] in _FINITE for token in range(after[0], after[1] + 1))
        if not goes_on or not finite or tree.lemmas[found.verb] in cues.THINKING:
            return []
        return [after] if _sets_scene(tree, *before) else [before, after]
    if any(tree.tags[token] in _FINITE for token in range(before[0], before[1] + 1)):
        return [before, after] if goes_on and _continues(tree, after[0]) else [before]
    return [before, after] if goes_on and _predicate(tree, *after) else []


def _opens_clause(tree: Tree, first: int, last: int) -> bool:
    """True for words before an aside that lead up to a clause: "In Moscow", "When asked", "Today"."""
    if tree.lowers[first] in {"yet", "but", "and"} and first < last:
        first += 1
    if all(tree.entities[token] in _TIMES for token in range(first, last + 1)):
        return True
    if tree.parts[first] in {"ADP", "SCONJ"} or tree.tags[first] in {"VBG", "VBN"}:
        return True
    return tree.parts[first] == "ADV" and not any(tree.tags[token] in _FINITE for token in range(first, last + 1))


def _sets_scene(tree: Tree, first: int, last: int) -> bool:
    """True for "In Moscow on Monday" and "When he came"."""
    nouns = [token for token in range(first, last + 1) if tree.parts[token] in _NOMINAL]
    clause = any(tree.tags[token] in _FINITE for token in range(first, last + 1))
    return clause or all(tree.entities[token] in _PLACES for token in nouns)


def _continues(tree: Tree, token: int) -> bool:
    """True where the words after an aside carry on a clause that was whole before it.

    "As he opened the forum" is the writer's word on the speaker.
    """
    if tree.lowers[token] == "as" and tree.lowers[token + 1 : token + 2] in (["he"], ["she"]):
        return False
    if tree.words[token] in _OPENERS or tree.parts[token] == "CCONJ" or tree.lowers[token] in _CARRYING_ON:
        return True
    return tree.tags[token] in _FINITE or tree.tags[token] in {"TO", "VB"}


def _predicate(tree: Tree, first: int, last: int) -> bool:
    """True where the words after an aside begin with the verb of the noun before it."""
    at = first
    while at <= last and (tree.words[at] in _OPENERS or tree.parts[at] == "ADV"):
        at += 1
    return at <= last and (
        tree.tags[at] in _FINITE | {"VBN"} or tree.parts[at] == "AUX" or tree.words[first] in _OPENERS
    )


def goes_on_after_aside(tree: Tree, verb: int) -> bool:
    """True for "praised" in "The two sides, Li said, have praised …": part of what Li says."""
    at = verb - 1
    while at > 0 and tree.parts[at] in {"AUX", "ADV", "PART"}:
        at -= 1
    if at < 1 or tree.words[at] != ",":
        return False
    for token in range(at - 1, max(at - _AFTER, 0), -1):
        if tree.parts[token] == "VERB" and tree.lemmas[token] in cues.IN_ASIDE:
            found = aside(tree, token)
            return found is not None and found.last == at - 1
    return False


def in_view(tree: Tree, token: int) -> Aside | None:
    """The aside "in Li’s words", "in the view of the ministry" whose noun is ``token``."""
    if tree.lemmas[token] not in cues.VIEW_NOUNS:
        return None
    owner = tree.child(token, "poss")
    first = tree.lefts[token] - 1 if owner is not None else token - 2
    last = token
    if owner is None:
        of = token + 1
        if of + 1 >= len(tree) or tree.lowers[of] != "of":
            return None
        owner = tree.child(of, "pobj")
        last = tree.rights[of]
    if owner is None or first < 0 or tree.lowers[first] not in {"in", "to"}:
        return None
    sentence = tree.clause_range(token)
    opens = first == sentence[0] or tree.words[first - 1] in _BOUNDS
    closes = last >= sentence[-1] or tree.words[last + 1] in {",", ":"} | _OPENERS
    return Aside(first, last, token, owner) if opens and closes else None
