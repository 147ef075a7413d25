"""Looser constructions, which count only where nothing else was found: questions, passives, topics."""

from __future__ import annotations

from analysis.extraction import cues
from analysis.extraction.passives import spoken_of
from analysis.extraction.questions import asked
from analysis.extraction.report import Report
from analysis.extraction.topics import topic_of_noun, topic_of_verb
from analysis.extraction.tree import Tree


def looser_reports(tree: Tree) -> list[Report]:
    """Every looser report, in the order of the words of speaking."""
    found: list[Report] = []
    for token, lemma in enumerate(tree.lemmas):
        report: Report | None = None
        if lemma == "ask" and tree.parts[token] == "VERB":
            report = asked(tree, token)
        elif tree.parts[token] == "VERB" and tree.child(token, "nsubjpass", "auxpass") is not None:
            report = spoken_of(tree, token, lemma)
        elif tree.parts[token] == "VERB":
            report = topic_of_verb(tree, token, lemma)
        elif tree.parts[token] == "NOUN" and (lemma in cues.ABOUT or lemma in cues.NOUNS):
            report = topic_of_noun(tree, token, lemma)
        if report is not None:
            found.append(report)
    return found
