"""Fits the weights by which grouping tells two translations from two sentences, and cross-validates them.

    python benchmarks/fit_translations.py [--encoder base small]

Two logistic regressions for each encoder. Of the seven ``signs`` of ``analysis.grouping.translations``, on the
labelled pairs but the unread half of `blind_utterance_pairs.jsonl`; and of the ``aligned_signs``, on these and on the
pairs of the occasions that are not kept back. Only pairs of one speaker, of different pages and of days that agree,
which no rule of words decides. Prints the scale's row, and precision and recall when each eighth of the subjects is
judged by the others: an occasion is a subject, and so are pairs that share a text. The shared table's pairs are left
out where the table is not there, which gives other weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import VectorCache, embed, load_encoder
from analysis.grouping import aligner_for
from analysis.grouping.alignment import is_latin
from analysis.grouping.between import Between
from analysis.grouping.likeness import ruled
from analysis.grouping.scales import SCALES
from analysis.grouping.translations import aligned_signs, signs
from analysis.grouping.wordings import wording
from benchmarks.grouping_quality import CACHE
from benchmarks.labelled_prints import UNREAD, Pair, labelled, may_be_one, occasion_pairs, occasions

ROUNDS = 5  # of cross-validation, each with its own shuffle


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of the fit."""

    pair: Pair
    subject: str  # examples of one subject are never on both sides of a cross-validation
    between: Between

    @property
    def same(self) -> bool:
        """Whether it is of one utterance."""
        return bool(self.pair["same"])


def examples(pairs: Sequence[Pair], of: dict[str, str]) -> list[Example]:
    """The pairs that words may join; of: the subject of each text."""
    return [
        Example(pair, of[pair["a"]], Between(wording(pair["a"]), wording(pair["b"])))
        for pair in pairs
        if wording(pair["a"]).words and wording(pair["b"]).words and may_be_one(pair)
    ]


def subjects(pairs: Sequence[Pair]) -> dict[str, str]:
    """The subject of each text: texts of one occasion, and those that a pair brings together, have one."""
    above: dict[str, str] = {}

    def top(text: str) -> str:
        while above.setdefault(text, text) != text:
            text = above[text]
        return text

    for pair in pairs:
        above[top(pair["a"])] = top(pair["b"])
    return {text: top(text) for text in above}


def fit_words(name: str) -> None:
    """Print the weights of the seven signs, for where tokens cannot be compared."""
    sets = labelled()
    sets.pop(UNREAD)
    pairs = list(chain(*sets.values()))
    found = [one for one in examples(pairs, subjects(pairs)) if not one.between.is_run]
    texts = [one.pair[side] for one in found for side in "ab"]
    vectors = embed(texts, load_encoder(name), VectorCache(CACHE)).reshape(len(found), 2, -1)
    known = [signs(one.between, float(a @ b)) for one, (a, b) in zip(found, vectors, strict=True)]
    print(f"{name}, by vectors and words: n = {len(found)}, {sum(one.same for one in found)} of one utterance")
    _fit(found, known)


def fit_tokens(name: str) -> None:
    """Print the weights of the aligned signs."""
    encoder, cache, scale = load_encoder(name), VectorCache(CACHE), SCALES[name]
    sets = labelled()
    sets.pop(UNREAD)
    pairs = [*chain(*sets.values()), *chain(*map(occasion_pairs, occasions(kept=False).values()))]
    every = [one for one in examples(pairs, subjects(pairs)) if is_latin(one.pair["a"])]
    texts = [one.pair[side] for one in every for side in "ab"]
    vectors = embed(texts, encoder, cache).reshape(len(every), 2, -1)
    aligner = aligner_for(encoder, cache)
    assert aligner is not None
    found = []
    refused = joined = 0
    for one, (a, b) in zip(every, vectors, strict=True):
        cosine = float(a @ b)
        decided = ruled(one.between, cosine, 1, scale, is_aligned=True)
        if decided is None and cosine >= scale.aligned_near:
            found.append(one)
        elif one.same:
            joined += bool(decided)
            refused += not decided
    print(f"{name}, by tokens: n = {len(every)}, {sum(one.same for one in every)} of one utterance", end="; ")
    print(f"of the latter rules join {joined} and part {refused}; left {len(found)}, {sum(one.same for one in found)}")
    aligned = aligner.signs([(one.pair["a"], one.pair["b"]) for one in found]).tolist()
    known = [aligned_signs(one.between, row) for one, row in zip(found, aligned, strict=True)]
    _fit(found, known)


def _fit(found: Sequence[Example], known: Sequence[Sequence[float]]) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table, same = np.array(known), np.array([one.same for one in found])
    groups = [one.subject for one in found]
    model: Any = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    folds = [StratifiedGroupKFold(8, shuffle=True, random_state=seed) for seed in range(ROUNDS)]
    rounds = [cross_val_predict(model, table, same, groups=groups, cv=cv, method="predict_proba")[:, 1] for cv in folds]
    judged = np.mean(rounds, axis=0)
    scaler, fitted = model.fit(table, same).named_steps.values()
    weights = fitted.coef_[0] / scaler.scale_
    print(f"  weights: ({', '.join(f'{weight:.2f}' for weight in weights)})", end=", ")
    print(f"bias: {float(fitted.intercept_[0] - weights @ scaler.mean_):.2f}")
    for least in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        joined = judged >= least
        right = int((joined & same).sum())
        print(f"  from {least}: precision {right / max(joined.sum(), 1):.3f} ({right} of {joined.sum()})", end="  ")
        print(f"recall {right / same.sum():.3f} ({right} of {same.sum()})")


def main() -> int:
    """Fit each encoder asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", nargs="+", default=["base", "small"])
    for name in parser.parse_args().encoder:
        fit_words(name)
        fit_tokens(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
