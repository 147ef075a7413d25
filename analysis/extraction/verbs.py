"""Verbs of speaking: what one reports, by its clause, its object or the words around it, and who speaks."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.asides import Aside, aside, rest
from analysis.extraction.attribution import agent, cue_span, main_verb, naming_span, noun_before, subject
from analysis.extraction.by_words import by_words, inverted
from analysis.extraction.extents import clause_pieces, said_from, without
from analysis.extraction.phrases import phrase_content, words_in_marks
from analysis.extraction.relay import quoter, relay_of
from analysis.extraction.report import Report
from analysis.extraction.tails import DASHES
from analysis.extraction.tree import SUBJECTS, Tree
from analysis.schema import Span

_SUBJECTS = SUBJECTS | {"expl", "attr"}
_BETWEEN = frozenset({",", "”", '"', "''", "’’", "»"})
_LONGEST = 200  # tokens of a clause that are looked through
_TOLD = frozenset({"VBD", "VBZ", "VBN"})


def verb_report(tree: Tree, verb: int, lemma: str) -> Report | None:
    """What the verb of speaking ``verb`` reports, perhaps nothing, and who speaks."""
    put = lemma == "ask" and tree.tags[verb] == "VBN" and tree.child(verb, "aux", "nsubj") is None
    passive = put or tree.child(verb, "nsubjpass", "auxpass") is not None
    relay = relay_of(tree, verb)
    content, rule = _content(tree, verb, lemma, passive)
    if relay is not None:
        cue = tree.span(min(verb, relay.last), relay.last) if relay.last > verb else cue_span(tree, verb)
        via = None if relay.via is None else naming_span(tree, relay.via)
        return Report(content, naming_span(tree, relay.speaker), cue, via, rule)
    who = agent(tree, verb) if passive else subject(tree, verb)
    set_off = None if passive or lemma not in cues.IN_ASIDE else aside(tree, verb)
    if set_off is not None:
        outside = words_around(tree, verb, set_off)
        if _is_fuller(outside.content, content):
            return outside
    if rule == "by words" and (speaker := inverted(tree, verb)) is not None:
        who = speaker
    who = _told_by(tree, verb, who, passive)
    if rule in {"naming", "object", "directing"} and who is None and _opens_sentence(tree, verb):
        content = ()  # "Thank you for reading"
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


def _content(tree: Tree, verb: int, lemma: str, passive: bool) -> tuple[tuple[Span, ...], str]:
    """What ``verb`` reports, and the rule that found it."""
    content: tuple[Span, ...] = ()
    rule = "bare"
    clause = _clause(tree, verb, lemma)
    if clause is not None:
        content = tuple(_before_others(tree, piece) for piece in clause_pieces(tree, clause, verb))
        rule = "thinking" if lemma in cues.THINKING else "clause"
        if rule == "thinking" and not _thinks_aloud(tree, verb):
            content = ()
    elif _interposed(tree, verb):
        main = tree.heads[verb]
        own = (tree.lefts[verb], tree.rights[verb])
        first = said_from(tree, max(tree.lefts[main], tree.clause_range(verb)[0]), verb) if main > verb else None
        whole = (tree.lefts[main] if first is None else first, tree.rights[main])
        content, rule = without(tree, whole, [own]), "interposed"
    elif (relay := relay_of(tree, verb)) is not None:
        content, rule = by_words(tree, max(verb, relay.last), "say")
    elif not passive:
        content, rule = phrase_content(tree, verb, lemma)
        if not content and lemma in cues.SAYING:
            content, rule = by_words(tree, verb, lemma)
        if not content and tree.tags[verb] in _TOLD and _is_somebody(tree, subject(tree, verb)):
            content, rule = words_in_marks(tree, verb), "marked"
    return content, rule


def _told_by(tree: Tree, verb: int, who: int | None, passive: bool) -> int | None:
    """``who``, unless it is a day or the words beside the verb name an outlet or, for nobody, somebody."""
    if who is not None and tree.entities[who] in {"DATE", "TIME"}:
        who = None  # "Days before, Li had said …"
    if tree.words[verb - 1] in cues.OUTLET_NAMES and verb and who != verb - 1:
        who = verb - 1  # ", the Hong Kong based Morning Post reported"
    if (who is None or tree.paragraphs[who] != tree.paragraphs[verb]) and not passive:
        who = noun_before(tree, verb if tree.tags[verb] != "VBG" else main_verb(tree, verb))
    return who


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


def _before_others(tree: Tree, piece: Span) -> Span:
    """``piece`` without what others say at its end: "according to …", ", and, according to …", ", but Li hinted …"."""
    first = tree.token_at(piece.start)
    end = min(tree.token_at(piece.end), first + _LONGEST)  # longer ones are an accident of the parse
    for token in range(first + 2, end - 1):
        if tree.lowers[token] == "according" and tree.lowers[token + 1] == "to":
            at = token - 1
            while at > first and (tree.words[at] in _BETWEEN or tree.parts[at] == "CCONJ"):
                at -= 1
            goes_on = any(tree.words[after] == "," for after in range(token, end))
            if at < token - 1 and (at < token - 2 or not goes_on):
                return Span(piece.start, tree.ends[at])
        elif tree.relations[token] == "conj" and tree.lemmas[token] in cues.SAYING and token > first + 3:
            own = tree.child(token, "nsubj")
            before = -1 if own is None else tree.lefts[own] - 1
            if (
                before > first + 1
                and tree.lowers[before] in {"and", "but"}
                and tree.parts[own or 0] in {"PROPN", "NOUN"}
            ):
                return Span(piece.start, tree.ends[before - 1 - (tree.words[before - 1] == ",")])
    return piece


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


def _opens_sentence(tree: Tree, verb: int) -> bool:
    """True for the first word of a sentence or a line, as an order is: "Thank you for reading"."""
    return verb == tree.clause_range(verb)[0] or (tree.tags[verb] == "VB" and not tree.words[verb - 1][-1:].isalnum())


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


def words_around(tree: Tree, verb: int, found: Aside) -> Report:
    """What is said around an aside (", Wang told the council,") that the parse has no clause for."""
    return Report(around(tree, found), naming_span(tree, found.speaker), cue_span(tree, verb), None, "aside")


def around(tree: Tree, found: Aside) -> tuple[Span, ...]:
    """What an aside's speaker says before and after it."""
    return tuple(span for piece in rest(tree, found) for span in without(tree, piece, []))
