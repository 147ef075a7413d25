"""How likely a quotation's span and speaker are right, by the rule that found it.

The rates of the frequent rules are shares of quotations whose span (80 % of its words) and speaker's span were
right, counted on PolNeAR's development half (509 articles, en_core_web_md) and rounded. Those of rare rules ("view",
"marked", "alone", "frame dash", "asked", "directing", "passive", "thinking"), of transcripts' turns and the factors
are estimates from fewer than 60 quotations or from reading: they order quotations, and promise no frequency. Topics
("spoke of Taiwan", "criticism of the plan") are right about every second time in PolNeAR, which counts them, and
hardly ever what an analyst of this field calls a statement: their rates are low on purpose. None says that the
speaker's name is resolved right.
"""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.candidates import Candidate
from analysis.extraction.tree import Tree
from analysis.schema import Kind

_RATES = {
    "frame after": 0.97,
    "frame dash": 0.93,
    "frame before": 0.89,
    "frame colon": 0.75,
    "alone carried on": 0.96,
    "alone after report": 0.84,
    "alone after sentence": 0.45,
    "alone next paragraph": 0.68,
    "alone": 0.05,
    "turn": 0.95,
    "letter": 0.93,
    "speech": 0.95,
    "clause": 0.70,
    "interposed": 0.86,
    "aside": 0.68,
    "view": 0.50,
    "thinking": 0.50,
    "marked": 0.40,
    "by words": 0.62,
    "according": 0.74,
    "directing": 0.50,
    "naming": 0.74,
    "noun": 0.45,
    "object": 0.58,
    "preposition": 0.58,
    "asked": 0.45,
    "passive": 0.50,
    "topic": 0.20,
}
_SAY, _PLAIN = 0.87, 0.83  # a clause after "say", and after the other plainest verbs
_UNNAMED = 0.1  # factor where nobody is named beside the words
_RELATIVE = 0.65  # factor where "who", "which" or a thing speaks
_SHORT = 0.7  # factor for a clause of fewer than five words
_CUT = 0.75  # factor for a clause that the sentence goes on after
_FRAGMENT = 0.4  # factor for a few words without a verb: a topic ("spoke of Taiwan"), not what was said of it
_TOPIC_RULES = frozenset({"preposition", "object", "naming", "noun", "marked", "passive", "topic"})
_LONGEST_TOPIC = 4  # tokens
_THINGS = frozenset({"who", "which", "that", "this", "it", "what", "there"})


def confidence(tree: Tree, quote: Candidate, split: bool = False) -> float:
    """Probability in [0, 1] that the quotation's span and its speaker's are right.

    split: the attribution stands inside the sentence, so that this is only one piece of what was said.
    """
    rate = _RATES.get(quote.rule, 0.5)
    if quote.rule == "clause" and quote.cue is not None:
        lemma = tree.lemmas[min(tree.token_at(quote.cue.end - 1), len(tree) - 1)]
        rate = _SAY if lemma == "say" else _PLAIN if lemma in cues.PLAIN else rate
    if not split and _is_fragment(tree, quote):
        rate *= _FRAGMENT
    if quote.speaker is None:
        return round(rate * _UNNAMED, 3)
    last = tree.token_at(quote.speaker.end - 1)
    if tree.lowers[last] in _THINGS:
        rate *= _RELATIVE
    if quote.rule in {"clause", "according", "interposed", "by words"}:
        first, end = tree.token_at(quote.span.start), tree.token_at(quote.span.end - 1)
        rate *= _SHORT if end - first < 4 else 1.0
        following = tree.text[quote.span.end : quote.span.end + 2].strip()[:1]
        rate *= _CUT if following.isalnum() or following in {"-", "—", "–"} else 1.0
    return round(rate, 3)


def _is_fragment(tree: Tree, quote: Candidate) -> bool:
    """True for a few words without a verb, which name a topic or are the stump of a clause."""
    if quote.kind is not Kind.INDIRECT:
        return False
    first, last = tree.token_at(quote.span.start), tree.token_at(quote.span.end - 1)
    longest = _LONGEST_TOPIC if quote.rule in _TOPIC_RULES else 2
    verbless = all(tree.parts[token] not in {"VERB", "AUX"} for token in range(first, last + 1))
    return verbless and last - first < longest
