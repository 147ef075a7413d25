"""Which words set groups of texts apart: the log-odds-ratio with an informative Dirichlet prior.

Monroe, Colaresi and Quinn (2008), "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
Content of Political Conflict", Political Analysis 16(4), 372–403: equations 16 (log-odds-ratio), 20 (its variance)
and 22 (z-score), with a prior in proportion to how often each word is used in a larger body of texts.
"""

from __future__ import annotations

import numpy as np


def z_scores(own: np.ndarray, others: np.ndarray, background: np.ndarray, weight: float) -> np.ndarray:
    """How surely each word is used more in one group than in another: (words,) float64, negative where less.

    own, others, background: (words,) counts in the group, in those it is set against, and in the larger body. weight:
    the words that the prior counts for in each group. A word that nothing holds has 0. Swapping ``own`` and ``others``
    changes the sign and nothing else. Raises ValueError when a group uses a word that the larger body lacks.
    """
    if ((own + others > 0) & (background <= 0)).any():
        raise ValueError("a group uses a word that the larger body of texts does not: the prior must cover every word")
    total = float(background.sum())
    scores = np.zeros(len(background))
    held = background > 0
    if weight <= 0 or held.sum() < 2:  # one word alone has nothing to be weighed against
        return scores
    prior = weight * background[held] / total
    log_odds = [_log_odds(counts[held], float(counts.sum()), prior, weight) for counts in (own, others)]
    variance = 1 / (own[held] + prior) + 1 / (others[held] + prior)
    scores[held] = (log_odds[0] - log_odds[1]) / np.sqrt(variance)
    return scores


def _log_odds(counts: np.ndarray, total: float, prior: np.ndarray, weight: float) -> np.ndarray:
    smoothed = counts + prior
    odds: np.ndarray = np.log(smoothed / (total + weight - smoothed))
    return odds
