"""Scores as tables for people: percentages, with the sample sizes they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evaluation import calibration
from analysis.evaluation.scores import Scores


def lines(scores: Scores) -> Iterator[str]:
    """Every figure that the gold allows, a line each; what the gold does not carry is left out."""
    yield f"{scores.documents} documents, {scores.words} words"
    yield f"{'measure':14}{'kind':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}{'system':>8}"
    for name, tallies in (("exact", scores.exact), ("80 % overlap", scores.overlap), ("attributed", scores.attributed)):
        for kind, tally in tallies.items():
            yield (
                f"{name:14}{kind:10}{100 * tally.precision:7.1f}{100 * tally.recall:7.1f}{100 * tally.f1:7.1f}"
                f"{tally.right + tally.missed:8d}{tally.right + tally.wrong:8d}"
            )
    yield from _speakers(scores)
    for name, tally in (
        ("days right, of those the gold dates", scores.dated),
        ("left undated, of those the gold does", scores.undated),
        ("sides right", scores.sides),
    ):
        if total := tally.right + tally.wrong:
            yield f"{name}: {tally.right} of {total} ({100 * tally.right / total:.1f} %)"
    if scores.negatives:
        yield f"taken for quotes, of what is no statement: {scores.negatives_hit} of {scores.negatives}"
    yield from calibration.lines(scores.judged)


def _speakers(scores: Scores) -> Iterator[str]:
    """Speakers of the quotes that were found, where the gold names them."""
    named = {kind: tally.right + tally.wrong for kind, tally in scores.speaker_span.items()}
    if not named["all"]:
        return
    yield f"{'speakers, %':14}{'kind':10}{'span':>7}{'word':>7}{'name':>7}{'quotes':>8}"
    for kind, total in named.items():
        cells = ""
        for tallies in (scores.speaker_span, scores.speaker_words, scores.speaker_name):
            counted = tallies[kind].right + tallies[kind].wrong
            cells += f"{100 * tallies[kind].right / counted:7.1f}" if counted else f"{'-':>7}"
        yield f"{'':14}{kind:10}{cells}{total:8d}"
