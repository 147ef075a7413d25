"""Whether a phrase that says when belongs to an act of speaking, or to something else in its sentence.

"Xi told Putin during a call on Monday" dates the words; "ahead of the inauguration on January 20", "the treaty
signed on 16 July 2001" and "after Putin invaded on February 24" date other things.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from analysis.schema import Span

# Nouns for gatherings and utterances: their date is the date of the words spoken there.
OCCASIONS = frozenset(
    "call conversation talk talks telephone phone meeting briefing conference interview speech address statement"
    " summit negotiation session forum visit debate hearing testimony remark comment article essay letter message"
    " telegram post tweet readout communique reception ceremony dinner lunch toast lecture event congress dialogue"
    " consultation discussion appearance broadcast video news press report editorial commentary document"
    " declaration stop trip tour webinar panel podcast question evening morning afternoon night day part side"
    " sideline margin opening end eve exchange gathering book autobiography memoir column op-ed paper parade"
    " text gala banquet luncheon roundtable plenary seminar symposium rally signing"
    " reading response reaction reply answer announcement presser".split()
)
# Nouns for those spoken to, which a parser likes to hang a date on: "told reporters on Wednesday".
_AUDIENCE = frozenset(
    "reporter journalist newsman newspaper agency media press lawmaker deputy parliament senator audience student"
    " counterpart minister president leader official diplomat ambassador secretary spokesman spokeswoman"
    " spokesperson delegation delegate colleague correspondent outlet channel television tv radio magazine committee"
    " council assembly capital city university premier chancellor king chief envoy representative guest member crowd"
    " public nation word".split()
)
# Verbs of speaking and of coming together.
SPEAKING = frozenset(
    "say tell speak talk state add note stress emphasize emphasise underline underscore warn claim declare"
    " announce insist reiterate reaffirm affirm comment remark respond reply answer write post tweet publish"
    " release issue quote meet call phone telephone hold host brief address attend visit receive greet welcome"
    " testify appear deliver give interview ask sign agree discuss exchange express urge pledge vow describe"
    " accuse praise criticize criticise denounce condemn deny confirm report explain argue point mark charge"
    " assure acknowledge inform congratulate send read open conclude stop wrap arrive travel chair co-chair gather"
    " put reject dismiss defend support promise thank invite offer propose suggest".split()
)
# What is talked about and has a day of its own: "condemned the attacks in New York on September 11".
HAPPENINGS = frozenset(
    "attack invasion war inauguration election treaty agreement deal coup referendum strike annexation bombing crash"
    " incident explosion earthquake massacre shooting anniversary outbreak killing assassination revolution".split()
)
_ISSUED = frozenset(
    "date release issue publish print post make give deliver carry broadcast air hold sign record send tape film"
    " upload televise write circulate submit".split()
)
# What else has a day of its own; its parts of speech alone do not tell it from a person or a place.
_EVENTS = frozenset(
    "vote raid march victory fall launch death coup drill exercise protest arrest visit arrival departure return start"
    " end collapse opening closure flight test trial defeat strike sale purchase award".split()
)
_EVENT_ENDING = re.compile(r"(?:[ts]ion|ment|ing|ence|ance|ure|ism|sal|val)s?$")
# What precedes something that is talked about, and not when: "was briefed on the talks held on 5 July".
_ON_A_TOPIC = frozenset("about on of over regarding concerning for".split())
# What is planned: "due to meet on Wednesday".
_PLANNING = frozenset(
    "be due set expect plan schedule hope want intend prepare agree invite ready likely slate decide wish seek".split()
)
_UTTERS = frozenset("speak talk address brief write testify deliver tell call phone say".split())
_NOT_SPOKEN_THEN = re.compile(
    r"\b(?:since|until|till|by|before|from|through|between|due|scheduled|slated|planned|expected"
    r"|anniversary|deadline|prior to|ahead of|no later than|as of|starting|beginning|effective|marks?|marking"
    r"|following|will|would|to be held)"
    r"\s+(?:(?:for|on|in|of|the|take place|be|held)\s+){0,3}$",
    re.IGNORECASE,
)
# The day of a print and not of the words: "which a newspaper reprinted online on 3 May", "on 3 May an account was out".
_PRINTED_BEFORE = re.compile(
    r"\b(?:re-?printed|republished|excerpted|syndicated|appeared|came out|(?:was|were) (?:out|reported))"
    r"\s+(?:online\s+|there\s+|in print\s+)?(?:(?:only|first)\s+)?(?:(?:on|in|the)\s+){0,2}$",
    re.IGNORECASE,
)
_PRINTED_AFTER = re.compile(
    r"^,?\s+(?:(?:it|this) was reported\b|(?:(?:the|an?|its|their|his|her)\s[^,.;:\n]{0,60}?\b)?"
    r"(?:account|report|text|translation|version|summary|transcript|excerpts?) (?:was|were|came) out\b)",
    re.IGNORECASE,
)
_OWN_CLAUSE = frozenset({"relcl", "acl"})


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
        _NOT_SPOKEN_THEN.search(before)
        or _PRINTED_BEFORE.search(before)
        or _PRINTED_AFTER.search(text[phrase.end : phrase.end + 100])
    )


def dates_words(parsed: Doc, text: str, phrase: Span, cue: Span) -> bool:
    """True when the time in ``phrase`` is the time of the speaking that ``cue`` names.

    Both are spans of one sentence of ``parsed``, outside quoted words. text: that of ``parsed``, which is slow to ask.
    """
    if dates_something_else(text, phrase):
        return False
    when, said = tokens_of(parsed, phrase), tokens_of(parsed, cue)
    if when is None or said is None:
        return False
    if _beside(when, said):
        return True
    if _happened(when.doc[said.end : when.start]):
        return False
    return _reaches(when, said)


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
        token.pos_ == "NOUN" and token.lemma_.lower() not in OCCASIONS and token.lemma_.lower() not in _AUDIENCE
        for token in between
    )


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
            if occasion and node.pos_ == "ADP" and node.lower_ in _ON_A_TOPIC and _is_topic(node, aside):
                return False
            if node.i in above:
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
        if node.dep_ in _OWN_CLAUSE:
            if is_aside_of_the_speaker(node):
                return True
            if node.tag_ == "VBG" and node.head.lemma_.lower() in _AUDIENCE:
                return True  # "had briefed the press travelling with him on 22 March"
            return lemma in _ISSUED and node.head.lemma_.lower() in OCCASIONS
        if node.dep_ == "advcl":
            finite = any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children)
            return lemma in SPEAKING or (not finite and node.tag_ == "VBG")
        return True
    return node.pos_ != "NOUN" or lemma in OCCASIONS or lemma in _AUDIENCE or not _may_happen(lemma)


def _may_happen(noun: str) -> bool:
    """True for a noun that may have a day of its own; people, places, things and qualities have none."""
    return noun in HAPPENINGS or noun in _EVENTS or _EVENT_ENDING.search(noun) is not None


def is_aside_of_the_speaker(verb: Token) -> bool:
    """True for "Xi, who spoke there on Sunday, said": an aside that tells when its subject spoke."""
    if verb.dep_ != "relcl" or verb.lemma_.lower() not in _UTTERS or verb.head.dep_ != "nsubj":
        return False
    return any(child.lower_ == "who" and child.dep_ == "nsubj" for child in verb.children)


def is_planned(verb: Token) -> bool:
    """True for "will meet", "is due to meet", "plans to meet"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "shall", "would", "’ll", "'ll", "may", "might"}:
        return True
    return "to" in helpers and (verb.dep_ == "ROOT" or verb.head.lemma_.lower() in _PLANNING)


def _is_topic(preposition: Token, aside: bool) -> bool:
    """True where ``preposition`` gives what a verb is about: "asked about remarks", "briefed him on the talks held"."""
    if preposition.head.pos_ != "VERB":
        return False
    return preposition.lower_ in ("about", "regarding", "concerning") or aside


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
