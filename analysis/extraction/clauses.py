"""Reported clauses: who reports what, read off the parse."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.extraction import cues
from analysis.extraction.asides import Aside, aside, in_view, rest
from analysis.extraction.attribution import agent, cue_span, main_verb, naming_span, noun_before, owner_of, subject
from analysis.extraction.extents import DASHES, clause_pieces, said_from, sentence_pieces, without
from analysis.extraction.phrases import noun_content, phrase_content, words_in_marks
from analysis.extraction.relay import quoter, relay_of
from analysis.extraction.tree import SUBJECTS, Tree
from analysis.schema import Span

_MARKS = frozenset({"”", '"', "''", "“", "``"})
_SUBJECTS = SUBJECTS | {"expl", "attr"}
_TOLD = frozenset({"VBD", "VBZ", "VBN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Report:
    """One act of speaking found in a sentence's structure."""

    content: tuple[Span, ...]  # what was said, in pieces where the attribution stands inside it; may be empty
    speaker: Span | None
    cue: Span
    via: Span | None
    rule: str  # which rule found it; the confidence rests on it


def reports(tree: Tree) -> list[Report]:
    """Every act of speaking the parse shows, in the order of the words of speaking."""
    found: list[Report] = []
    for token, lemma in enumerate(tree.lemmas):
        if tree.lowers[token] == "according":
            report = _according(tree, token)
        elif lemma in cues.VIEW_NOUNS and (view := in_view(tree, token)) is not None:
            cue = tree.span(view.first, token)
            report = Report(_around(tree, view), naming_span(tree, view.speaker), cue, None, "view")
        elif tree.relations[token] in {"pobj", "dobj"} and tree.lowers[token].removesuffix("s") in cues.NOUNS:
            report = _noun(tree, token)  # "Li’s remarks that …", also where it is taken for a verb
        elif tree.parts[token] in {"VERB", "AUX"} and lemma in cues.VERBS:
            report = _verb(tree, token, lemma)
        elif tree.parts[token] == "VERB" and lemma in cues.ASIDE and (found_aside := aside(tree, token)) is not None:
            report = _set_off(tree, token, found_aside)
        elif tree.parts[token] == "ADJ" and lemma in cues.CONVINCED:
            report = _convinced(tree, token)
        elif tree.parts[token] == "NOUN" and lemma in cues.NOUNS:
            report = _noun(tree, token)
        else:
            continue
        if report is not None:
            found.append(_within_paragraph(tree, report, token))
    return found


def _within_paragraph(tree: Tree, report: Report, token: int) -> Report:
    """``report`` without what the parse drew in from other paragraphs."""
    first, last = tree.bounds(token)
    start, end = tree.starts[first], tree.ends[last]
    named = report.speaker is None or start <= report.speaker.start < end
    if named and all(start <= piece.start and piece.end <= end for piece in report.content):
        return report
    clipped = ((max(piece.start, start), min(piece.end, end)) for piece in report.content)
    kept = tuple(Span(low, high) for low, high in clipped if tree.text[low:high].strip())
    return replace(report, content=kept, speaker=report.speaker if named else None)


def _according(tree: Tree, token: int) -> Report | None:
    """ "According to X, …" and "…, according to X"."""
    to = tree.child(token, "prep", "aux", "prt")
    noun = tree.child(to, "pobj") if to is not None else None
    if to is None or noun is None or tree.heads[token] == token:
        return None
    own = (tree.lefts[token], tree.rights[token])
    content = sentence_pieces(tree, token, own)
    if not content:
        clause = tree.heads[token]
        for above in tree.ancestors(clause):
            if tree.parts[clause] in {"VERB", "AUX"} or tree.relations[clause] in {"relcl", "ccomp", "advcl", "acl"}:
                break
            clause = above
        content = without(tree, (tree.lefts[clause], tree.rights[clause]), [own])
    return Report(content, naming_span(tree, noun), tree.span(token, to), None, "according")


def _set_off(tree: Tree, verb: int, found: Aside) -> Report:
    """What is said around an aside (", Wang told the council,") that the parse has no clause for."""
    return Report(_around(tree, found), naming_span(tree, found.speaker), cue_span(tree, verb), None, "aside")


def _around(tree: Tree, found: Aside) -> tuple[Span, ...]:
    return tuple(span for piece in rest(tree, found) for span in without(tree, piece, []))


def _verb(tree: Tree, verb: int, lemma: str) -> Report | None:
    put = lemma == "ask" and tree.tags[verb] == "VBN" and tree.child(verb, "aux", "nsubj") is None
    passive = put or tree.child(verb, "nsubjpass", "auxpass") is not None
    content: tuple[Span, ...] = ()
    rule = "bare"
    clause = _clause(tree, verb, lemma)
    relay = relay_of(tree, verb)
    if clause is not None:
        content = clause_pieces(tree, clause, verb)
        rule = "thinking" if lemma in cues.THINKING else "clause"
        if rule == "thinking" and not _thinks_aloud(tree, verb):
            content = ()
    elif _interposed(tree, verb):
        main = tree.heads[verb]
        own = (tree.lefts[verb], tree.rights[verb])
        first = said_from(tree, max(tree.lefts[main], tree.clause_range(verb)[0]), verb) if main > verb else None
        whole = (tree.lefts[main] if first is None else first, tree.rights[main])
        content, rule = without(tree, whole, [own]), "interposed"
    elif relay is not None:
        content, rule = _by_words(tree, verb, "say")
    elif not passive:
        content, rule = phrase_content(tree, verb, lemma)
        if not content and lemma in cues.SAYING:
            content, rule = _by_words(tree, verb, lemma)
        if not content and tree.tags[verb] in _TOLD and _is_somebody(tree, subject(tree, verb)):
            content, rule = words_in_marks(tree, verb), "marked"
    if relay is not None:
        cue = tree.span(min(verb, relay.last), relay.last) if relay.last > verb else cue_span(tree, verb)
        via = None if relay.via is None else naming_span(tree, relay.via)
        return Report(content, naming_span(tree, relay.speaker), cue, via, rule)
    who = agent(tree, verb) if passive else subject(tree, verb)
    set_off = None if passive or lemma not in cues.IN_ASIDE else aside(tree, verb)
    if set_off is not None:
        around = _set_off(tree, verb, set_off)
        if _is_fuller(around.content, content):
            return around
    if rule == "by words" and (inverted := _inverted(tree, verb)) is not None:
        who = inverted
    if who is not None and tree.entities[who] in {"DATE", "TIME"}:
        who = None  # "Days before, Li had said …"
    if tree.words[verb - 1] in cues.OUTLET_NAMES and verb and who != verb - 1:
        who = verb - 1  # ", the Hong Kong based Morning Post reported"
    if (who is None or tree.paragraphs[who] != tree.paragraphs[verb]) and not passive:
        who = noun_before(tree, verb if tree.tags[verb] != "VBG" else main_verb(tree, verb))
    if rule == "object" and (who is None or tree.lowers[who] in {"which", "that"}):
        content = ()
    if (lemma == "ask" and who is None) or (lemma in {"respond", "reply"} and tree.child(verb, "neg") is not None):
        content = ()  # a question put to somebody, or no answer, is no statement
    relayer = None if who is None else quoter(tree, who)
    return Report(
        content,
        None if who is None else naming_span(tree, who),
        cue_span(tree, verb),
        None if relayer is None else naming_span(tree, relayer),
        rule,
    )


def _clause(tree: Tree, verb: int, lemma: str) -> int | None:
    """The verb of the clause that ``verb`` reports, after it if there is one."""
    if lemma in cues.SAYING or lemma in cues.THINKING or (lemma in cues.SHOWING and _finds(tree, verb)):
        here = tree.paragraphs[verb]
        clauses = [child for child in tree.children(verb, "ccomp") if tree.paragraphs[child] == here]
        after = [child for child in clauses if child > verb and _has_subject(tree, child, verb)]
        if after:
            return after[0]
        for child in [child for child in clauses if child < verb]:
            own = tree.child(verb, "nsubj")
            if own is None or not child < own:
                continue
            before = min(verb, tree.lefts[own]) - 1
            if tree.words[before] not in {";", ":"} and tree.words[before] not in DASHES:
                return child
    if lemma in cues.INTENDING or lemma in cues.DIRECTING:
        return tree.child(verb, "xcomp")
    return None


def _has_subject(tree: Tree, clause: int, verb: int) -> bool:
    """False for a finite verb without a subject, which the parse took for a clause by mistake."""
    if tree.tags[clause] not in {"VBD", "VBZ", "VBP"} or tree.relations[verb] == "relcl":
        return True
    return any(tree.relations[child] in _SUBJECTS for child in tree.children(clause)) or tree.lefts[clause] < clause - 1


def _finds(tree: Tree, verb: int) -> bool:
    own = tree.child(verb, "nsubj")
    return own is not None and tree.lemmas[own] in cues.FINDINGS | cues.CARRIERS


def _interposed(tree: Tree, verb: int) -> bool:
    """True for a bare "he said" inside or after the clause that it reports, and for "as he said"."""
    if tree.relations[verb] not in {"parataxis", "ccomp", "advcl"} or tree.lemmas[verb] not in cues.SAYING:
        return False
    main = tree.heads[verb]
    if tree.child(verb, "nsubj") is None or tree.paragraphs[main] != tree.paragraphs[verb]:
        return False
    if tree.relations[verb] == "parataxis":
        return True
    mark = tree.child(verb, "mark", "advmod")
    if mark is not None and tree.lowers[mark] == "as" and tree.relations[verb] == "advcl":
        return tree.child(verb, "dobj", "ccomp", "xcomp") is None and tree.rights[verb] - verb <= 3
    bare = tree.child(verb, "mark", "dobj", "ccomp") is None
    return bare and main < verb and tree.words[tree.lefts[verb] - 1] == ","


def _by_words(tree: Tree, verb: int, lemma: str) -> tuple[tuple[Span, ...], str]:
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
    if _inverted(tree, verb) is not None and any(tree.tags[token] in _FINITE for token in range(sentence[0], verb)):
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


def _inverted(tree: Tree, verb: int) -> int | None:
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


def _is_fuller(content: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    """True where ``content`` begins before or ends after ``other``, or is all there is."""
    if not content or not other:
        return bool(content)
    return content[0].start < other[0].start or content[-1].end > other[-1].end


def _is_somebody(tree: Tree, who: int | None) -> bool:
    return who is not None and (tree.parts[who] in {"PROPN", "NOUN"} or tree.lowers[who] in {"he", "she", "they", "it"})


def _thinks_aloud(tree: Tree, verb: int) -> bool:
    """True for "Li hoped that …"; False for "many think that …", "I believe …", "seems to expect …"."""
    who = subject(tree, verb)
    finite = tree.tags[verb] in _TOLD or tree.child(verb, "aux") is not None
    if who is None or not finite:
        return False
    return tree.lowers[who] in {"he", "she"} or tree.entities[who] in {"PERSON", "GPE", "ORG"}


def _convinced(tree: Tree, adjective: int) -> Report | None:
    """ "was confident that …"."""
    be, clause = tree.heads[adjective], tree.child(adjective, "ccomp")
    who = subject(tree, be) if tree.lemmas[be] == "be" else None
    if who is None or clause is None or clause < adjective:
        return None
    content = clause_pieces(tree, clause, adjective)
    return Report(content, naming_span(tree, who), tree.span(min(be, adjective), adjective), None, "thinking")


def _noun(tree: Tree, noun: int) -> Report | None:
    content = noun_content(tree, noun)
    if not content:
        return None
    owner = owner_of(tree, noun)
    if owner is None:
        return None
    return Report(content, naming_span(tree, owner), tree.span(noun, noun), None, "noun")
