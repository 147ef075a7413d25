"""Reported clauses: who reports what, read off the parse."""

from __future__ import annotations

from dataclasses import replace

from analysis.extraction import cues
from analysis.extraction.asides import aside, in_view
from analysis.extraction.attribution import naming_span, owner_of, subject
from analysis.extraction.extents import clause_pieces, sentence_pieces, without
from analysis.extraction.phrases import noun_content
from analysis.extraction.report import Report
from analysis.extraction.tree import Tree
from analysis.extraction.verbs import around, verb_report, words_around
from analysis.schema import Span


def reports(tree: Tree) -> list[Report]:
    """Every act of speaking the parse shows, in the order of the words of speaking."""
    found: list[Report] = []
    for token, lemma in enumerate(tree.lemmas):
        if tree.lowers[token] == "according":
            report = _according(tree, token)
        elif lemma in cues.VIEW_NOUNS and (view := in_view(tree, token)) is not None:
            cue = tree.span(view.first, token)
            report = Report(around(tree, view), naming_span(tree, view.speaker), cue, None, "view")
        elif tree.relations[token] in {"pobj", "dobj"} and tree.lowers[token].removesuffix("s") in cues.NOUNS:
            report = _noun(tree, token)  # "Li’s remarks that …", also where it is taken for a verb
        elif tree.parts[token] in {"VERB", "AUX"} and lemma in cues.VERBS:
            report = verb_report(tree, token, lemma)
        elif tree.parts[token] == "VERB" and lemma in cues.ASIDE and (found_aside := aside(tree, token)) is not None:
            report = words_around(tree, token, found_aside)
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
    end = tree.clause_range(token)[-1]
    if own[0] > 2 and own[1] + 1 < end and tree.words[own[0] - 1] == "," and tree.parts[own[0] - 2] == "CCONJ":
        content = without(tree, (own[1] + 1, end), [])  # ", and, according to her, …"
    if not content:
        clause = tree.heads[token]
        for above in tree.ancestors(clause):
            if tree.parts[clause] in {"VERB", "AUX"} or tree.relations[clause] in {"relcl", "ccomp", "advcl", "acl"}:
                break
            clause = above
        content = without(tree, (tree.lefts[clause], tree.rights[clause]), [own])
    return Report(content, naming_span(tree, noun), tree.span(token, to), None, "according")


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
