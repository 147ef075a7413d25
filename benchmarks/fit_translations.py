"""Fits the weights by which grouping tells two translations from two sentences, and cross-validates them.

    python benchmarks/fit_translations.py [--encoder base small]

A logistic regression on the seven signs of ``analysis.likeness.signs``. Its pairs: all of the labelled ones but the
unread half of `blind_utterance_pairs.jsonl`; of one speaker, of days that agree, where neither stands word for word
in the other. Prints the scale's row, and precision and recall when each tenth is judged by the other nine. The
shared table's pairs are left out where the table is not there, which gives other weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.embedding import embed, load_encoder
from analysis.likeness import Wording, signs, wording
from benchmarks.grouping_quality import UNREAD, Pair, labelled, may_be_one

ROUNDS = 10  # of cross-validation, each with its own shuffle


def fitting_pairs() -> list[tuple[Pair, Wording, Wording]]:
    """The pairs of the fit, with their wordings."""
    sets = labelled()
    sets.pop(UNREAD)
    found = []
    for pair in chain(*sets.values()):
        one, other = wording(pair["a"]), wording(pair["b"])
        if one.words and other.words and may_be_one(pair) and not _contained(one.words, other.words):
            found.append((pair, one, other))
    return found


def _contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    return f" {short} " in f" {long} "


def fit(name: str) -> None:
    """Print the weights for the encoder ``name`` and how they fare."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pairs = fitting_pairs()
    texts = [pair[side] for pair, *_ in pairs for side in "ab"]
    vectors = embed(texts, load_encoder(name)).reshape(len(pairs), 2, -1)
    known = np.array([signs(one, other, float(a @ b)) for (_, one, other), (a, b) in zip(pairs, vectors, strict=True)])
    same = np.array([pair["same"] for pair, *_ in pairs])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    judged = np.mean(
        [
            cross_val_predict(model, known, same, cv=StratifiedKFold(10, shuffle=True, random_state=seed),
                              method="predict_proba")[:, 1]
            for seed in range(ROUNDS)
        ],
        axis=0,
    )  # fmt: skip
    scaler, fitted = model.fit(known, same).named_steps.values()
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    print(f"{name}: n = {len(pairs)}, {same.sum()} of one utterance")
    print(f"  weights=({', '.join(f'{weight:.2f}' for weight in weights)}), bias={bias:.2f}")
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
        fit(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
