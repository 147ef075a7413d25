"""Whether a phrase that says when belongs to an act of speaking, or to something else in its sentence.

"Xi told Putin during a call on Monday" dates the words; "ahead of the inauguration on January 20", "the treaty
signed on 16 July 2001" and "after Putin invaded on February 24" date other things.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from analysis.extraction.occasion_words import (
    AUDIENCE,
    COMMENTS,
    EVENT_ENDING,
    EVENTS,
    HAPPENINGS,
    INFORMS,
    ISSUED,
    NOT_SPOKEN_THEN,
    OCCASIONS,
    ON_A_TOPIC,
    OWN_CLAUSE,
    PLANNING,
    PRINTED_AFTER,
    PRINTED_BEFORE,
    SPEAKING,
    UTTERS,
)
from analysis.schema import Span


def root_token(parsed: Doc, span: Span) -> Token | None:
    """The syntactic head of the words in ``span``; None where it holds no word."""
    words = tokens_of(parsed, span)
    return words.root if words is not None and len(words) else None


def tokens_of(parsed: Doc, span: Span) -> Tokens | None:
    """The tokens that ``span`` touches; None where it touches none."""
    if span.start >= span.end or not len(parsed) or span.end > parsed[-1].idx + len(parsed[-1].text_with_ws):
        return None
    touched = parsed.char_span(span.start, span.end, alignment_mode="expand")
    return touched if len(touched) else None  # white space after the last token touches none


def dates_something_else(text: str, phrase: Span) -> bool:
    """True for a time that the words before it give to something else: "since Monday", "an excerpt appeared on"."""
    before = text[max(0, phrase.start - 40) : phrase.start]
    return bool(
        NOT_SPOKEN_THEN.search(before)
        or PRINTED_BEFORE.search(before)
        or PRINTED_AFTER.search(text[phrase.end : phrase.end + 100])
    )


def dates_words(parsed: Doc, text: str, phrase: Span, cue: Span) -> bool:
    """True when the time in ``phrase`` is the time of the speaking that ``cue`` names.

    Both are spans of one sentence of ``parsed``, outside quoted words. text: that of ``parsed``, which is slow to ask.
    """
    if dates_something_else(text, phrase):
        return False
    when, said = tokens_of(parsed, phrase), tokens_of(parsed, cue)
    if when is None or said is None or _names_a_thing(when):
        return False
    if _told_of(said.root, when) or _is_another_s(when, said.root):
        return False
    if _beside(when, said):
        return True
    if _happened(when.doc[said.end : when.start]):
        return False
    return _reaches(when, said)


def hangs_on(parsed: Doc, phrase: Span, cue: Span) -> bool:
    """True when nothing but a preposition stands between the time and the cue in the tree: "urged him on Monday to"."""
    when, verb = tokens_of(parsed, phrase), root_token(parsed, cue)
    if when is None or verb is None:
        return False
    node = when.root
    if node.head.pos_ == "ADP":
        node = node.head
    return node.head.i == verb.i and node.dep_ in ("prep", "npadvmod", "pobj") and node.i > verb.i


def _beside(when: Tokens, said: Tokens) -> bool:
    """True when only the occasion stands between cue and date: "told Putin during a call on", "on Thursday said"."""
    first, last = (said, when) if said.start < when.start else (when, said)
    between = when.doc[first.end : last.start]
    goes_on = first is when and said.root.dep_ == "conj" and said.root.head.i < when.start  # "met on Monday and said"
    if len(between) > 14 or goes_on:
        return False
    if any(_breaks(token, said.root) for token in between):
        return False
    if first is when:
        opening = () if not any(token.text == "," for token in between) else when.doc[when.sent.start : when.start]
        return not any(_leads_away(token) for token in opening) and not any(token.text in ";:()" for token in between)
    if any(token.text in ",;:()." for token in between):
        return False
    return not any(
        token.pos_ == "NOUN" and token.lemma_.lower() not in OCCASIONS and token.lemma_.lower() not in AUDIENCE
        for token in between
    )


def _is_another_s(when: Tokens, cue: Token) -> bool:
    """True for "reported on Monday, citing Wang" and "Li said on Monday that …, but Wang hinted": another's day."""
    if when.start > cue.i:
        return False
    if cue.lower_ in ("citing", "quoting"):
        return True
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in cue.children)
    if cue.dep_ != "conj" or not own or when.start < cue.sent.start:
        return False
    before = cue.doc[max(cue.head.i, when.end) : cue.i]
    return cue.head.i < when.start and any(token.lower_ == "but" and token.head.i == cue.head.i for token in before)


def _names_a_thing(when: Tokens) -> bool:
    """True for "the March 22 attack": a day that says which event is meant."""
    noun = when.root.head
    inside = noun.i >= when.end and when.root.dep_ in ("compound", "nmod", "amod", "poss", "npadvmod", "nummod")
    return inside and noun.pos_ == "NOUN" and _may_happen(noun.lemma_.lower()) and not _is_occasion(noun)


def _is_occasion(noun: Token) -> bool:
    return noun.lemma_.lower() in OCCASIONS


def _happened(words: Tokens) -> bool:
    """True where something is told of that has a day of its own."""
    return any(token.lemma_.lower() in HAPPENINGS for token in words)


def _breaks(token: Token, cue: Token) -> bool:
    if token.lower_ in _BREAKS or token.is_quote:
        return True
    return token.pos_ in ("VERB", "AUX", "SCONJ") and not (token.dep_ in ("aux", "auxpass") and token.head.i == cue.i)


def _leads_away(token: Token) -> bool:
    """True for a verb that tells something else before the comma: not "Speaking to a broadcaster on Tuesday,"."""
    if token.lower_ in _BREAKS:
        return True
    return token.pos_ in ("VERB", "AUX") and not (token.tag_ == "VBG" and token.lemma_.lower() in SPEAKING)


_BREAKS = frozenset({"that", "who", "which", "whose", "after", "before", "because", "since", "until", "ahead"})


def _reaches(when: Tokens, said: Tokens) -> bool:
    """True when the tree leads from the date to the cue, or to the verb that the cue depends on, past nothing else.

    Past an occasion anything may stand: "had set out his view in an interview on 15 June".
    """
    occasion = False
    aside = False  # the day stands in a clause about the occasion: "the talks held on 5 July"
    inside = {token.i for token in said}
    above = {token.i for token in _above(said.root)}
    node = when.root
    for _ in range(40):
        if node.i in inside:
            return True
        if node.i not in range(when.start, when.end):
            if not _passes(node) and not (occasion and node.pos_ == "NOUN"):
                return False
            occasion = occasion or node.lemma_.lower() in OCCASIONS
            aside = aside or (node.dep_ == "acl" and node.tag_ == "VBN")
            if occasion and node.pos_ == "ADP" and node.lower_ in ON_A_TOPIC and _is_topic(node, aside):
                return False
            if node.i in above:
                if _told_of(node, when):
                    return False
                opened = when.start < node.i  # "On Thursday he took up the line and said"
                return _same_speaking(node, said.root, opened) and not _happened(when.doc[node.i : when.start])
        if node.head.i == node.i:
            return False
        if node.dep_ in ("ccomp", "csubj") and node.head.i in inside:
            return False  # what was said, not when
        node = node.head
    return False


def _passes(node: Token) -> bool:
    """False when a date that hangs on ``node`` is the date of something else than speaking."""
    lemma = node.lemma_.lower()
    if node.pos_ in ("VERB", "AUX"):
        if is_planned(node):
            return False
        if node.dep_ == "acl" and node.tag_ == "VBG" and node.i > 0 and node.nbor(-1).text == ",":
            return True  # "Xi, standing beside him in Moscow on 25 June, spoke of"
        if node.dep_ in OWN_CLAUSE:
            if is_aside_of_the_speaker(node):
                return True
            if node.tag_ == "VBG" and node.head.lemma_.lower() in AUDIENCE:
                return True  # "had briefed the press travelling with him on 22 March"
            return lemma in ISSUED and node.head.lemma_.lower() in OCCASIONS
        if node.dep_ == "advcl":
            finite = any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children)
            return lemma in SPEAKING or (not finite and node.tag_ == "VBG")
        return True
    return node.pos_ != "NOUN" or lemma in OCCASIONS or lemma in AUDIENCE or not _may_happen(lemma)


def _may_happen(noun: str) -> bool:
    """True for a noun that may have a day of its own; people, places, things and qualities have none."""
    return noun in HAPPENINGS or noun in EVENTS or EVENT_ENDING.search(noun) is not None


def is_aside_of_the_speaker(verb: Token) -> bool:
    """True for "Xi, who spoke there on Sunday, said": an aside that tells when its subject spoke."""
    if verb.dep_ != "relcl" or verb.lemma_.lower() not in UTTERS or verb.head.dep_ != "nsubj":
        return False
    return any(child.lower_ == "who" and child.dep_ == "nsubj" for child in verb.children)


def is_planned(verb: Token) -> bool:
    """True for "will meet", "is due to meet", "plans to meet"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "shall", "would", "’ll", "'ll", "may", "might"}:
        return True
    return "to" in helpers and (verb.dep_ == "ROOT" or verb.head.lemma_.lower() in PLANNING)


def _governs(verb: Token, preposition: Token) -> bool:
    """True where ``preposition`` hangs on ``verb`` or on its object: "informed him of"."""
    head = preposition.head
    return head.i == verb.i or (head.dep_ in ("dobj", "dative") and head.head.i == verb.i)


def _told_of(verb: Token, when: Tokens) -> bool:
    """True for "informed him of the talks in Riyadh on 18 February", where the day is that of the talks."""
    if verb.lemma_.lower() not in INFORMS:
        return False
    topics = {"of", "about"} | ({"on"} if verb.lemma_.lower() in COMMENTS else set())
    between = verb.doc[verb.i + 1 : when.start]  # what is governed is below the verb; a deep subtree is dear to walk
    return any(
        token.dep_ == "pobj" and _is_occasion(token) and token.head.lower_ in topics and _governs(verb, token.head)
        for token in between
    )


def _is_topic(preposition: Token, aside: bool) -> bool:
    """True where ``preposition`` gives what a verb is about: "asked about remarks", "briefed him on the talks held"."""
    verb = preposition.head if preposition.head.dep_ not in ("dobj", "dative") else preposition.head.head
    if verb.pos_ != "VERB":
        return False
    informs = verb.lemma_.lower() in INFORMS
    return preposition.lower_ in ("about", "regarding", "concerning") or aside or informs


def _above(node: Token) -> list[Token]:
    """What ``node`` depends on, nearest first."""
    chain: list[Token] = []
    while node.head.i != node.i and len(chain) < 40:
        node = node.head
        chain.append(node)
    return chain


def _same_speaking(upper: Token, cue: Token, opened: bool) -> bool:
    """True when ``cue`` goes on with what ``upper`` tells: "met on Monday, saying".

    Not in "reported on Monday that Putin had said", where the day is the report's. opened: the time stands before
    ``upper``, and so holds for whatever the same subject did.
    """
    node = cue
    while node.i != upper.i:
        reported = node.dep_ == "ccomp" and upper.pos_ in ("VERB", "AUX") and node.i > upper.i
        if reported or node.dep_ in ("relcl", "csubj") or node.head.i == node.i:
            return False
        node = node.head
    if opened and cue.dep_ == "conj" and cue.head.i == upper.i:
        return not any(child.dep_ in ("nsubj", "nsubjpass") for child in cue.children)
    return upper.pos_ not in ("VERB", "AUX") or upper.lemma_.lower() in SPEAKING or cue.pos_ not in ("VERB", "AUX")
